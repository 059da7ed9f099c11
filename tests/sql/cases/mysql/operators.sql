SELECT a->'$.x;', b->>'$.y', c <=> d, e != f, g := 1;SELECT 1;
