/* SPDX-License-Identifier: MIT */
/* What the files that read MySQL's and MariaDB's own statements share. */
#pragma once

#include "sql/parser.h"

/* Versions, as mig_engine_version_parse() numbers them: where a feature began on each of the two. 0:
 * it has always been there; NEVER: the engine doesn't have it. */
#define MIG_MYSQL_NEVER (-1)

static inline bool
mig_mysql_is_mariadb(const MigParser *p)
{
    return p->engine == MIG_ENGINE_MARIADB;
}

/* parse_mysql_word.c */

/* Notes what @what needs; of an engine that doesn't have it, that it isn't supported there. */
void mig_mysql_since(MigParser *p, int mysql, int mariadb, const char *what, MigSpan where);
/* The same, of what stands between @from and here. */
void mig_mysql_since_from(MigParser *p, int mysql, int mariadb, const char *what, size_t from);

/* Adds a copy of @change, whose span is from @from to here. Returns: (borrowed) until the next one */
MigChange *mig_mysql_push(MigParser *p, const MigChange *change, size_t from);

bool mig_mysql_at_semicolon(const MigParser *p);
/* Whether the statement ends here: its text, or within a program at ";". */
bool mig_mysql_at_statement_end(const MigParser *p);
/* Passes over the rest of the statement. */
void mig_mysql_skip_statement(MigParser *p);

bool mig_mysql_take_if_exists(MigParser *p);
bool mig_mysql_take_if_not_exists(MigParser *p);
/* IF EXISTS or IF NOT EXISTS of what only MariaDB has it for: "columns". */
bool mig_mysql_take_maria_if_exists(MigParser *p, const char *what);
bool mig_mysql_take_maria_if_not_exists(MigParser *p, const char *what);
/* OR REPLACE, which MySQL has only for views. */
bool mig_mysql_take_or_replace(MigParser *p, const char *what);

/* The current token as it stands, and goes on. */
const char *mig_mysql_token_text(MigParser *p);
/* The same in lower case. */
const char *mig_mysql_word(MigParser *p);
/* A name, or a string in its place: engines, character sets. */
const char *mig_mysql_name_or_string(MigParser *p);
/* One of these words, or fails; the last is %NULL. Returns: the word, or "" */
const char *mig_mysql_one_of(MigParser *p, const char *const *words);
/* "=", which may be left out. */
void mig_mysql_take_equals(MigParser *p);
/* [DEFAULT] CHARACTER SET, CHAR SET or CHARSET, without what follows. */
bool mig_mysql_take_charset_words(MigParser *p);

/* Passes over a program in Oracle's language, which begins with AS or IS: MariaDB, sql_mode=ORACLE.
 * Returns: false if none begins here */
bool mig_mysql_oracle_body(MigParser *p);
/* Whether a query begins here, in parentheses or not. */
bool mig_mysql_at_query(const MigParser *p);
/* A number without a sign, or fails. */
long long mig_mysql_size(MigParser *p);

void mig_mysql_add_option(MigParser *p, GArray *options, const char *name, const char *value,
                          size_t from);
void mig_mysql_take_options(MigParser *p, GArray *options, MigChange *change);
/* An account or a role: "name@host", "current_user". */
const char *mig_mysql_account(MigParser *p);
/* DEFINER = account, if it is there. */
const char *mig_mysql_definer(MigParser *p);
/* WAIT n or NOWAIT of MariaDB. */
void mig_mysql_wait(MigParser *p);

/* parse_mysql_type.c: CHARACTER SET x, ASCII, UNICODE, BYTE, BINARY, behind a type. */
void mig_mysql_type_charset(MigParser *p, MigType *type);

/* parse_mysql_column.c: what follows a column's name. */
void mig_mysql_column(MigParser *p, MigColumn *column);
/* [FIRST | AFTER name] into @change. */
void mig_mysql_place(MigParser *p, MigChange *change);

/* parse_mysql_key.c */

typedef enum {
    MIG_MYSQL_KEY_NONE, /* it is something else */
    MIG_MYSQL_KEY_INDEX,
    MIG_MYSQL_KEY_CONSTRAINT,
    MIG_MYSQL_KEY_PERIOD, /* MariaDB's PERIOD FOR name (a, b) */
} MigMysqlKeyKind;

typedef struct {
    MigMysqlKeyKind kind;
    MigIndex index;
    MigConstraint constraint;
    const char *period; /* its name */
    const char **period_columns;
    size_t n_period_columns;
    bool if_not_exists;
} MigMysqlKey;

/* A key, index or constraint as CREATE TABLE and ALTER TABLE ... ADD have it. */
MigMysqlKeyKind mig_mysql_key(MigParser *p, MigMysqlKey *out_key);
/* (key part, ...) */
MigKeyPart *mig_mysql_key_parts(MigParser *p, size_t *out_n);
/* USING method, before or behind the key parts. */
void mig_mysql_index_method(MigParser *p, const char **method);
void mig_mysql_index_options(MigParser *p, MigIndex *index);
/* REFERENCES ..., into a foreign key */
void mig_mysql_references(MigParser *p, MigConstraint *constraint);
/* (condition) [[NOT] ENFORCED], behind CHECK */
void mig_mysql_check(MigParser *p, MigConstraint *constraint);
const char **mig_mysql_part_columns(MigParser *p, const MigKeyPart *parts, size_t n, size_t *out_n);

/* parse_mysql_option.c: one table option, if there is one. */
bool mig_mysql_table_option(MigParser *p, GArray *options);
/* Whether a word of its own begins an option here, which then isn't an engine's. */
bool mig_mysql_at_table_option(const MigParser *p);

/* parse_mysql_partition.c */
bool mig_mysql_at_partition_by(const MigParser *p);
void mig_mysql_partition_by(MigParser *p, MigPartitionBy *by);
/* (PARTITION ..., ...) */
MigPartition *mig_mysql_partitions(MigParser *p, size_t *out_n);
/* MariaDB: PARTITION name VALUES ..., without parentheses. */
void mig_mysql_partition(MigParser *p, MigPartition *partition);
/* parse_mysql_alter_partition.c: ALTER TABLE's actions on partitions. Returns: false if it is none of
 * them */
bool mig_mysql_alter_partition(MigParser *p, const MigChange *base);

/* parse_mysql_alter.c, parse_mysql_table.c, ...: statements, behind their first words. */
void mig_mysql_create_table(MigParser *p, size_t from, bool or_replace, bool temporary);
void mig_mysql_alter_table(MigParser *p, size_t from);
bool mig_mysql_alter_clause(MigParser *p); /* ALGORITHM, LOCK: of the whole statement */
bool mig_mysql_alter_add(MigParser *p, const MigChange *base);
bool mig_mysql_alter_drop(MigParser *p, const MigChange *base);
bool mig_mysql_alter_column(MigParser *p, const MigChange *base);
void mig_mysql_create_index(MigParser *p, size_t from, bool or_replace);
void mig_mysql_drop_index(MigParser *p, size_t from);
void mig_mysql_drop_tables(MigParser *p, size_t from, bool temporary);
void mig_mysql_rename(MigParser *p, size_t from);
void mig_mysql_truncate(MigParser *p, size_t from);

/* parse_mysql_view.c */
void mig_mysql_create_view(MigParser *p, size_t from, const char *definer, bool or_replace);

/* parse_mysql_routine.c */
void mig_mysql_create_routine(MigParser *p, size_t from, const char *definer, bool or_replace);
void mig_mysql_alter_routine(MigParser *p, size_t from);
/* [CONTAINS SQL, COMMENT, ...]*: what is said of a routine. */
void mig_mysql_characteristics(MigParser *p, MigRoutine *routine, GArray *options);
/* The body that begins here, whose statements become changes. */
void mig_mysql_routine_body(MigParser *p, MigRoutine *routine);

/* parse_mysql_body.c: a parameter's or a variable's type. */
void mig_mysql_program_type(MigParser *p);
/* SIGNAL and RESIGNAL [condition] [SET item = value, ...]. Returns: false if it is neither */
bool mig_mysql_signal(MigParser *p);
/* Whether a compound statement begins here that MariaDB also takes outside of programs. */
bool mig_mysql_at_compound(const MigParser *p);

/* parse_mysql_trigger.c */
void mig_mysql_create_trigger(MigParser *p, size_t from, const char *definer, bool or_replace);
void mig_mysql_create_event(MigParser *p, size_t from, const char *definer, bool or_replace);
void mig_mysql_alter_event(MigParser *p, size_t from, const char *definer);
/* MariaDB's CREATE PACKAGE [BODY]. */
void mig_mysql_create_package(MigParser *p, size_t from, const char *definer, bool or_replace);

/* parse_mysql_object.c: databases, sequences, servers and the rest, behind CREATE or ALTER. Return:
 * false if it is none of them */
bool mig_mysql_create_object(MigParser *p, size_t from, bool or_replace, bool temporary);
bool mig_mysql_alter_object(MigParser *p, size_t from);
/* parse_mysql_drop.c */
void mig_mysql_drop(MigParser *p, size_t from);

/* parse_mysql_account.c */
void mig_mysql_create_user(MigParser *p, size_t from, bool or_replace);
void mig_mysql_create_role(MigParser *p, size_t from, bool or_replace);
void mig_mysql_alter_user(MigParser *p, size_t from);
void mig_mysql_drop_accounts(MigParser *p, size_t from);
/* IDENTIFIED ..., of an account. */
bool mig_mysql_identified(MigParser *p, GArray *options);
/* REQUIRE, WITH and what else is said of accounts. */
void mig_mysql_account_options(MigParser *p, GArray *options);
/* parse_mysql_grant.c */
void mig_mysql_grant(MigParser *p, size_t from, MigChangeKind kind);

/* parse_mysql_set.c */
void mig_mysql_set(MigParser *p, size_t from);

/* parse_mysql_session.c: transactions, locks, USE, prepared statements. parse_mysql_admin.c: tables'
 * upkeep and the server. parse_mysql_load.c: CALL, DO, LOAD DATA, HANDLER. Return: false if it is none
 * of them */
bool mig_mysql_session(MigParser *p, size_t from);
bool mig_mysql_admin(MigParser *p, size_t from);
bool mig_mysql_load(MigParser *p, size_t from);
/* A MIG_CHANGE_UNKNOWN that is called @text, of the statement up to its end. */
void mig_mysql_unknown(MigParser *p, const char *text, size_t from);

/* parse_mysql.c: one statement, to its end, which in a program is ";". */
void mig_mysql_statement(MigParser *p);
