-- engine: postgres
-- version: 15

-- case: with its table
-- migration:
CREATE TABLE bookings (room int, during tsrange, EXCLUDE USING gist (room WITH =, during WITH &&));

-- case: a table that this migration makes
-- migration:
CREATE TABLE bookings (room int, during tsrange);
ALTER TABLE bookings ADD EXCLUDE USING gist (during WITH &&);
