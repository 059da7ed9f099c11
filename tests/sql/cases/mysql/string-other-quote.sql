SELECT '";', "';", `'";`;SELECT 2;
