SELECT type'a\';
SELECT like1e'b\';SELECT "E"'c\';
