-- See migrate:allow about this.
-- == UP ==
SELECT '
-- MIGRATE:allow
'; /* migrate:x */
