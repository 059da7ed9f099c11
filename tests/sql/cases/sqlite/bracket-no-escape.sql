SELECT [a]];SELECT [b;]x];
