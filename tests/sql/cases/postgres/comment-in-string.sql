SELECT '--', '/*'; SELECT "--", "/*";SELECT 2;
