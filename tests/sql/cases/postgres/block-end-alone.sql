SELECT 1;
-- migrate:end
