-- Requires: 001, 20260101000000 , add_users,
-- requires: 7_add_phone.sql, 8_x
-- == UP ==
SELECT 1;
