SELECT 'a;b', "c;d", 'it''s;', "say ""x;""";SELECT '';
