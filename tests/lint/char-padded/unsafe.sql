-- engine: postgres
-- version: 15

-- case: its spellings
-- migration:
CREATE TABLE countries (id bigint PRIMARY KEY, code char(2), letter CHARACTER, codes char(3)[], free bpchar);

-- case: a new column
-- given:
CREATE TABLE countries (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE countries ADD COLUMN code character(2) NOT NULL DEFAULT 'de';
