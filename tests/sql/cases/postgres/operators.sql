SELECT a::text, b @> '{}', c ?| d, e ->> 'x', 1-+1, f #>> '{}', 2 !=- 1;SELECT a<>b;SELECT 5*-- c;
3;SELECT 5*/*;*/3;SELECT @-1;SELECT a @--x;
b;
