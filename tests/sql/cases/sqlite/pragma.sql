PRAGMA foreign_keys = OFF;
PRAGMA user_version(3);
