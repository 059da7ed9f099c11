CREATE TABLE t (
    a INT CHECK (a > 0),
    b INT,
    c INT REFERENCES t (a),
    KEY ((a + b)),
    KEY ((a + 1)),
    UNIQUE (a),
    CONSTRAINT u UNIQUE KEY k (b),
    CHECK (a < b),
    CONSTRAINT fk FOREIGN KEY (b) REFERENCES t (a),
    FOREIGN KEY idx (c) REFERENCES t (a)
);
ALTER TABLE t ADD CHECK (b > 0);
ALTER TABLE t RENAME TO renamed;
CREATE TABLE like_it LIKE renamed;
