CREATE TABLE parent (id int PRIMARY KEY, code int UNIQUE);
CREATE TABLE child (id int PRIMARY KEY, parent_id int);
ALTER TABLE child ADD CONSTRAINT child_fk FOREIGN KEY (parent_id) REFERENCES parent (id);
-- measured:
ALTER TABLE child ALTER CONSTRAINT child_fk DEFERRABLE;
