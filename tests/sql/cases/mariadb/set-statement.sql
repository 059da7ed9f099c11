SET STATEMENT max_statement_time = 1 FOR SELECT 1;SELECT 2;
