-- engine: postgres
-- version: 15

-- case: in batches
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
DO $$
BEGIN
    LOOP
        UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t WHERE a IS NULL LIMIT 1000);
        EXIT WHEN NOT FOUND;
        COMMIT;
    END LOOP;
END
$$;

-- case: before 11
-- version: 10
-- migration:
-- migrate:no-transaction
DO $$ BEGIN ROLLBACK; END $$;
