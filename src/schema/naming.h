/* SPDX-License-Identifier: MIT */
/* Names that the engine gives to what has none in the statement. */
#pragma once

#include "schema/store.h"

/**
 * mig_naming_postgres:
 * @label: "pkey", "key", "fkey", "check", "idx", "excl", "seq", "not_null"
 * @constraint: whether constraints of the schema are in the way, too
 *
 * PostgreSQL's rule: name, "_", addition, "_", label, the longer of the first two cut by bytes until all
 * is at most 63, and digits behind the label until nobody has the name.
 *
 * Returns: (owned)
 */
char *mig_naming_postgres(const MigCatalog *catalog, const char *schema, const char *name,
                          const char *addition, const char *label, bool constraint);

/* (owned) the columns' names with "_" between, as far as the server reads them. */
char *mig_naming_join(const char *const *columns, size_t n);

/* (owned) the same of an index's parts: expressions are called after their function, or "expr". */
char *
mig_naming_join_parts(const MigKeyPart *parts, size_t n, const char **include, size_t n_include);

/* (owned) what PostgreSQL calls a query's column that has no alias; %NULL: it has no better idea */
char *mig_naming_figure(const MigExpr *expr);

/* (owned) a name that no index of the table has: MySQL's "email", "email_2". */
char *mig_naming_mysql_index(const MigTable *table, const MigKeyPart *parts, size_t n);

/* (owned) MySQL: prefix and the number after the highest there is: "orders_ibfk_2". */
char *mig_naming_mysql_numbered(const MigTable *table, const char *label);

/* (owned) MariaDB: the first "CONSTRAINT_n" that the table hasn't. */
char *mig_naming_mariadb_check(const MigTable *table);

/* (owned) SQLite: "sqlite_autoindex_users_1". */
char *mig_naming_sqlite_index(const MigTable *table);
