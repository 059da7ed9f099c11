SELECT 'it\'s;', "\";", 'a\\';SELECT '\\\';';SELECT 2;
