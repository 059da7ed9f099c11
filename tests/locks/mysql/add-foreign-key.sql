CREATE TABLE parent (id int NOT NULL PRIMARY KEY) ENGINE=InnoDB;
CREATE TABLE child (id int NOT NULL PRIMARY KEY, parent_id int, KEY parent_k (parent_id)) ENGINE=InnoDB;
-- measured:
ALTER TABLE child ADD CONSTRAINT f FOREIGN KEY (parent_id) REFERENCES parent (id);
