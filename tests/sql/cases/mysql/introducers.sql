SELECT _utf8mb4'a;\'', N'b;', x'1f;', b'01;', X'AB', n'\';';SELECT 2;
