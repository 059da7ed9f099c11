SELECT 1;
-- c;
SELECT 'a
b';
