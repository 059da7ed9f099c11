-- only replayed
CREATE TABLE old (id int PRIMARY KEY, a text NOT NULL);
CREATE TABLE gone (id int);
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'maybe') THEN
        CREATE TABLE maybe (id int);
        ALTER TABLE old ADD COLUMN b int NOT NULL DEFAULT 0;
        ALTER TABLE old ALTER COLUMN a DROP NOT NULL;
        DROP TABLE gone;
    END IF;
END $$;
