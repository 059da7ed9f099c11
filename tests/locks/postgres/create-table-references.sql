CREATE TABLE parent (id int PRIMARY KEY, code int UNIQUE);
-- measured:
CREATE TABLE n (id int REFERENCES parent);
