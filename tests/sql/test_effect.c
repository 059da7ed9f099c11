/* SPDX-License-Identifier: MIT */
/* What to look for in the catalog after a statement, and which types are the same. */
#include "sql/effect.h"

#include "sql/effect_cases.h"

typedef struct {
    const EffectCase *effect;
    MigEngine engine;
} Test;

static void
check_effect(gconstpointer data)
{
    const Test *test = data;
    g_autofree char *found = mig_effect_text(test->effect, test->engine);

    g_assert_cmpstr(found, ==, test->effect->expected);
}

typedef struct {
    const char *written;
    const char *server;
    bool same;
} TypeCase;

static const TypeCase postgres_types[] = {
    {"int", "integer", true},
    {"INT4", "integer", true},
    {"serial", "integer", true},
    {"BigSerial", "bigint", true},
    {"int8", "bigint", true},
    {"int8", "integer", false},
    {"smallserial", "smallint", true},
    {"bool", "boolean", true},
    {"varchar(20)", "character varying(20)", true},
    {"varchar (20)", "character varying(20)", true},
    {"varchar(20)", "character varying(30)", false},
    {"varchar", "character varying", true},
    {"varchar(20)", "character varying", false},
    {"character varying(20)", "character varying(20)", true},
    {"varchar(20)", "text", false},
    {"char", "character(1)", true},
    {"\"char\"", "\"char\"", true},
    {"\"char\"", "character(1)", false},
    {"char(3)", "character(3)", true},
    {"decimal", "numeric", true},
    {"decimal(10)", "numeric(10,0)", true},
    {"numeric(10, 2)", "numeric(10,2)", true},
    {"numeric(10,2)", "numeric(12,2)", false},
    {"float", "double precision", true},
    {"float(10)", "real", true},
    {"float(30)", "double precision", true},
    {"float8", "double precision", true},
    {"timestamptz", "timestamp with time zone", true},
    {"timestamptz(3)", "timestamp(3) with time zone", true},
    {"timestamp", "timestamp without time zone", true},
    {"timestamp(0)", "timestamp(0) without time zone", true},
    {"timestamp", "timestamp with time zone", false},
    {"timetz", "time with time zone", true},
    {"interval year to month", "interval year to month", true},
    {"int[]", "integer[]", true},
    {"int[3][3]", "integer[]", true},
    {"int ARRAY", "integer[]", true},
    {"int[]", "integer", false},
    {"varchar(5)[]", "character varying(5)[]", true},
    {"bit", "bit(1)", true},
    {"varbit(8)", "bit varying(8)", true},
    {"mood", "mood", true},
    {"public.mood", "mood", true},
    {"mood", "public.mood", true},
    {"\"mood\"", "mood", true},
    {"\"Mood\"", "\"Mood\"", true},
    {"Mood", "\"Mood\"", false},
    {"pg_catalog.int4", "integer", true},
    {"mood", "integer", false},
    {"jsonb", "jsonb", true},
    {"json", "jsonb", false},
};

static const TypeCase mysql_types[] = {
    {"int", "int(11)", true},
    {"int(11)", "int", true},
    {"INTEGER", "int(11)", true},
    {"int unsigned", "int(10) unsigned", true},
    {"int", "int(10) unsigned", false},
    {"int signed", "int(11)", true},
    {"int zerofill", "int(10) unsigned zerofill", true},
    {"bigint(20)", "bigint(20)", true},
    {"int", "bigint(20)", false},
    {"bool", "tinyint(1)", true},
    {"boolean", "tinyint(1)", true},
    {"bool", "tinyint(4)", false},
    {"tinyint", "tinyint(4)", true},
    {"serial", "bigint(20) unsigned", true},
    {"varchar(20)", "varchar(20)", true},
    {"varchar(20)", "varchar(30)", false},
    {"character varying(20)", "varchar(20)", true},
    {"nvarchar(20)", "varchar(20)", true},
    {"char", "char(1)", true},
    {"decimal", "decimal(10,0)", true},
    {"numeric(5)", "decimal(5,0)", true},
    {"DECIMAL(10, 2) UNSIGNED", "decimal(10,2) unsigned", true},
    {"decimal(10,2)", "decimal(10,3)", false},
    {"double precision", "double", true},
    {"real", "double", true},
    {"float(53)", "double", true},
    {"float(7,3)", "float(7,3)", true},
    {"datetime", "datetime", true},
    {"datetime(6)", "datetime(6)", true},
    {"datetime(0)", "datetime", true},
    {"datetime", "datetime(6)", false},
    {"timestamp", "datetime", false},
    {"year", "year(4)", true},
    {"text(100)", "tinytext", true},
    {"text", "longtext", false},
    {"blob(70000)", "mediumblob", true},
    {"json", "longtext", true},
    {"json", "json", true},
    {"enum('a','b')", "enum('a','b')", true},
    {"enum('a', 'b')", "enum('a','b')", true},
    {"enum('a','b')", "enum('a','B')", false},
    {"enum('a','b')", "enum('a','b','c')", false},
    {"enum('it\\'s')", "enum('it''s')", true},
    {"long varchar", "mediumtext", true},
    {"binary", "binary(1)", true},
    {"char(3) byte", "binary(3)", true},
    {"bit", "bit(1)", true},
    {"varchar(20)", "varchar(20) /*M!100301 COMPRESSED*/", true},
};

static const TypeCase sqlite_types[] = {
    {"INTEGER", "integer", true},
    {"varchar(20)", "VARCHAR (20)", true},
    {"int", "integer", false},
    {"unsigned big int", "UNSIGNED BIG INT", true},
};

static void
check_types(const TypeCase *cases, size_t n, MigEngine engine)
{
    for (size_t i = 0; i < n; i++) {
        if (mig_effect_type_matches(cases[i].written, cases[i].server, engine) != cases[i].same)
            g_error("%s and %s are %s", cases[i].written, cases[i].server,
                    cases[i].same ? "the same" : "different");
    }
}

static void
test_types(void)
{
    check_types(postgres_types, G_N_ELEMENTS(postgres_types), MIG_ENGINE_POSTGRES);
    check_types(mysql_types, G_N_ELEMENTS(mysql_types), MIG_ENGINE_MYSQL);
    check_types(mysql_types, G_N_ELEMENTS(mysql_types), MIG_ENGINE_MARIADB);
    check_types(sqlite_types, G_N_ELEMENTS(sqlite_types), MIG_ENGINE_SQLITE);
}

/* A statement may have any number of actions. */
static void
test_many_actions(void)
{
    const size_t n = 20000;
    g_autoptr(GString) sql = g_string_new("ALTER TABLE t ");

    for (size_t i = 0; i < n; i++)
        g_string_append_printf(sql, "%sADD COLUMN c%zu int", i > 0 ? ", " : "", i);
    g_autoptr(MigEffects) effects = mig_effects_of(sql->str, sql->len, MIG_ENGINE_MYSQL, 0);
    g_assert_cmpint(effects->by, ==, MIG_SETTLE_BY_CATALOG);
    g_assert_cmpuint(effects->effects->len, ==, n);
}

static void
add_tests(const char *name, const EffectCase *cases, MigEngine engine)
{
    for (size_t i = 0; cases[i].sql != NULL; i++) {
        g_autofree char *path = g_strdup_printf("/effect/%s/%zu", name, i);
        Test *test = g_new(Test, 1);
        *test = (Test){&cases[i], engine};
        g_test_add_data_func_full(path, test, check_effect, g_free);
    }
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    add_tests("postgres", mig_effect_cases_postgres, MIG_ENGINE_POSTGRES);
    add_tests("mysql", mig_effect_cases_mysql, MIG_ENGINE_MYSQL);
    add_tests("mysql-as-mariadb", mig_effect_cases_mysql, MIG_ENGINE_MARIADB);
    add_tests("mariadb", mig_effect_cases_mariadb, MIG_ENGINE_MARIADB);
    add_tests("sqlite", mig_effect_cases_sqlite, MIG_ENGINE_SQLITE);
    g_test_add_func("/effect/types", test_types);
    g_test_add_func("/effect/many-actions", test_many_actions);
    return g_test_run();
}
