SELECT 'a;'
  'b;';SELECT 'c' -- comment; '
 'd;';