-- engine: postgres
-- version: 15

-- case: a table in use
-- given:
CREATE TABLE bookings (room int, during tsrange);
-- migration:
ALTER TABLE bookings ADD EXCLUDE USING gist (room WITH =, during WITH &&);

-- case: a part of the rows, by name
-- given:
CREATE TABLE bookings (room int, during tsrange, kept boolean);
-- migration:
ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&) WHERE (kept);
