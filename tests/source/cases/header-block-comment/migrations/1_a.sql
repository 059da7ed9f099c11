/*
 * License: whatever
 * -- == UP ==
 */
-- Author: me
-- == UP ==
SELECT 1;
