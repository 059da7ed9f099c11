-- migrate:no-transaction
CREATE INDEX CONCURRENTLY i ON t (a);

--migrate:lock-timeout 5s  
  -- migrate:allow x -- reason; why
ALTER TABLE t ADD b int;
-- migrate:at-the-end
