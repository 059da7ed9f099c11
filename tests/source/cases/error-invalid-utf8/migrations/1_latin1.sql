-- == UP ==
SELECT 'Ã© café';
