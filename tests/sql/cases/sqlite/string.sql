SELECT 'a;b', 'it''s;', '\';SELECT 2;
