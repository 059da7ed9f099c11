--no space; but a line of its own
SELECT 1;
  --x;
SELECT 2;
