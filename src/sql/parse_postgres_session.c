/* SPDX-License-Identifier: MIT */
/* PostgreSQL's statements on the session, transactions, locks and maintenance. */
#include <string.h>

#include "sql/parse_postgres.h"

static void
add_setting(PgReader *r, MigChange *change, const PgQuery__VariableSetStmt *stmt)
{
    MigOption *option = mig_arena_new0(r->arena, MigOption, 1);
    g_autofree char *lower = g_ascii_strdown(stmt->name == NULL ? "" : stmt->name, -1);

    option->name = mig_arena_strdup(r->arena, lower);
    option->span = r->whole;
    switch ((int)stmt->kind) {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE:
        option->value = mig_pg_join_values(r, stmt->args, stmt->n_args);
        break;
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT:
        option->value = "current";
        break;
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL:
        option->name = "all";
        break;
    default:
        break;
    }
    change->options = option;
    change->n_options = 1;
}

static void
needs_of_setting(PgReader *r, const char *name)
{
    static const struct {
        const char *name;
        int version;
    } table[] = {
        {"transaction_timeout", 170000},
        {"idle_session_timeout", 140000},
        {"default_toast_compression", 140000},
        {"default_table_access_method", 120000},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        if (name != NULL && strcmp(table[i].name, name) == 0)
            mig_pg_needs(r, table[i].version, table[i].name,
                         mig_pg_span_token(r, mig_pg_find_name(r, 1, name)));
    }
}

/* SET TRANSACTION and SET SESSION CHARACTERISTICS have a list of modes. */
static void
set_many(PgReader *r, MigChange *change, const PgQuery__VariableSetStmt *stmt)
{
    change->options = mig_pg_options(r, stmt->args, stmt->n_args, &change->n_options);
    if (change->n_options == 0) {
        /* SET TRANSACTION SNAPSHOT */
        add_setting(r, change, stmt);
    }
}

void
mig_pg_set(PgReader *r, const PgNode *node)
{
    const PgQuery__VariableSetStmt *stmt = node->variable_set_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_SET);

    change->on = stmt->is_local;
    change->text = stmt->is_local ? "local" : "session";
    if (stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_MULTI)
        set_many(r, change, stmt);
    else
        add_setting(r, change, stmt);
    if (stmt->name != NULL &&
        (strcmp(stmt->name, "role") == 0 || strcmp(stmt->name, "session_authorization") == 0))
        change->text = "role";
    needs_of_setting(r, change->n_options > 0 ? change->options[0].name : NULL);
}

void
mig_pg_set_constraints(PgReader *r, const PgNode *node)
{
    const PgQuery__ConstraintsSetStmt *stmt = node->constraints_set_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_SET);
    MigOption *option = mig_arena_new0(r->arena, MigOption, 1);

    change->on = true;
    change->text = "local";
    option->name = "constraints";
    option->value = stmt->deferred ? "deferred" : "immediate";
    option->span = r->whole;
    change->options = option;
    change->n_options = 1;
    if (stmt->n_constraints > 0) {
        change->values = mig_arena_new0(r->arena, const char *, stmt->n_constraints);
        for (size_t i = 0; i < stmt->n_constraints; i++) {
            MigName name = mig_pg_node_name(r, stmt->constraints[i], 2);

            if (name.name != NULL)
                change->values[change->n_values++] = name.name;
        }
    }
}

/* ALTER SYSTEM, ALTER DATABASE and ALTER ROLE ... SET: for sessions to come. */
void
mig_pg_alter_setting(PgReader *r, const PgNode *node)
{
    const PgQuery__VariableSetStmt *set = NULL;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_ALTER_OBJECT);

    switch ((int)node->node_case) {
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
        change->kind = MIG_CHANGE_SET;
        change->text = "persist";
        set = node->alter_system_stmt->setstmt;
        break;
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_SET_STMT:
        change->object_type = MIG_TYPE_OF_DATABASE;
        change->name = mig_pg_plain_name(r, node->alter_database_set_stmt->dbname, 2);
        set = node->alter_database_set_stmt->setstmt;
        break;
    case PG_QUERY__NODE__NODE_ALTER_ROLE_SET_STMT:
        change->object_type = MIG_TYPE_OF_ROLE;
        change->name = mig_pg_plain_name(r, mig_pg_role(r, node->alter_role_set_stmt->role), 2);
        set = node->alter_role_set_stmt->setstmt;
        break;
    default:
        break;
    }
    if (set != NULL)
        add_setting(r, change, set);
}

static const char *
transaction_word(const PgQuery__TransactionStmt *stmt)
{
    switch ((int)stmt->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
        return "begin";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
        return "commit";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
        return "rollback";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
        return "savepoint";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
        return "release";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
        return "rollback to";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
        return "prepare";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT_PREPARED:
        return "commit prepared";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_PREPARED:
        return "rollback prepared";
    default:
        return NULL;
    }
}

void
mig_pg_transaction(PgReader *r, const PgNode *node)
{
    const PgQuery__TransactionStmt *stmt = node->transaction_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_TRANSACTION);

    change->text = transaction_word(stmt);
    change->name = mig_pg_plain_name(r, stmt->savepoint_name, 1);
    if (change->name.name == NULL)
        change->name.name = mig_pg_dup(r, stmt->gid);
    change->options = mig_pg_options(r, stmt->options, stmt->n_options, &change->n_options);
    change->on = stmt->chain;
}

/* The modes by their numbers in lockdefs.h, which no version has changed. */
static const char *const lock_modes[] = {
    NULL,    "access share",        "row share", "row exclusive",    "share update exclusive",
    "share", "share row exclusive", "exclusive", "access exclusive",
};

void
mig_pg_lock(PgReader *r, const PgNode *node)
{
    const PgQuery__LockStmt *stmt = node->lock_stmt;

    for (size_t i = 0; i < stmt->n_relations; i++) {
        if (stmt->relations[i]->node_case != PG_QUERY__NODE__NODE_RANGE_VAR)
            continue;

        MigChange *change = mig_pg_add(r, MIG_CHANGE_LOCK_TABLE);
        change->table = mig_pg_range_name(r, stmt->relations[i]->range_var);
        change->only = !stmt->relations[i]->range_var->inh;
        change->on = stmt->nowait;
        if (stmt->mode > 0 && (size_t)stmt->mode < G_N_ELEMENTS(lock_modes))
            change->text = lock_modes[stmt->mode];
    }
}

static void
vacuum_one(PgReader *r, const PgQuery__VacuumStmt *stmt, const PgQuery__VacuumRelation *relation)
{
    bool vacuum = stmt->is_vacuumcmd;
    MigChange *change = mig_pg_add(r, vacuum ? MIG_CHANGE_VACUUM : MIG_CHANGE_ANALYZE);

    change->on = vacuum && mig_pg_option_is_on(stmt->options, stmt->n_options, "full");
    change->options = mig_pg_options(r, stmt->options, stmt->n_options, &change->n_options);
    if (relation == NULL)
        return;
    change->table = mig_pg_range_name(r, relation->relation);
    change->columns = mig_pg_names(r, relation->va_cols, relation->n_va_cols, &change->n_columns);
}

void
mig_pg_vacuum(PgReader *r, const PgNode *node)
{
    const PgQuery__VacuumStmt *stmt = node->vacuum_stmt;

    if (stmt->n_rels == 0)
        vacuum_one(r, stmt, NULL);
    for (size_t i = 0; i < stmt->n_rels; i++) {
        if (stmt->rels[i]->node_case == PG_QUERY__NODE__NODE_VACUUM_RELATION)
            vacuum_one(r, stmt, stmt->rels[i]->vacuum_relation);
    }
}

void
mig_pg_cluster(PgReader *r, const PgNode *node)
{
    const PgQuery__ClusterStmt *stmt = node->cluster_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CLUSTER);

    change->table = mig_pg_range_name(r, stmt->relation);
    change->to = mig_pg_plain_name(r, stmt->indexname, 1);
    change->options = mig_pg_options(r, stmt->params, stmt->n_params, &change->n_options);
}

/* What is read, and from where, is not looked at: settings, a cursor. */
void
mig_pg_show(PgReader *r, const PgNode *node)
{
    (void)node;
    mig_pg_add(r, MIG_CHANGE_SELECT)->query = mig_arena_new0(r->arena, MigQuery, 1);
}

/* Settings are part of what DISCARD ALL takes back. */
void
mig_pg_discard(PgReader *r, const PgNode *node)
{
    if (node->discard_stmt->target != PG_QUERY__DISCARD_MODE__DISCARD_ALL) {
        mig_pg_plain(r, node);
        return;
    }

    MigChange *change = mig_pg_add(r, MIG_CHANGE_SET);
    change->text = "session";
    change->options = mig_arena_new0(r->arena, MigOption, 1);
    change->options[0] = (MigOption){.name = "all", .span = r->whole};
    change->n_options = 1;
}

/* The words with which the statement begins, as far as they can't be names. A rule's action is no
 * statement's beginning. */
void
mig_pg_plain(PgReader *r, const PgNode *node)
{
    static const char *const longer[] = {"alter", "create", "drop", "import", "security"};
    size_t end = 1;

    if (node != NULL && node->node_case == PG_QUERY__NODE__NODE_NOTIFY_STMT) {
        mig_pg_add(r, MIG_CHANGE_UNKNOWN)->text = "notify";
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(longer); i++) {
        if (mig_pg_token_is(r, 0, longer[i]))
            end = 2;
    }

    const char *text = mig_pg_text(r, 0, end);
    g_autofree char *lower = g_ascii_strdown(text == NULL ? "" : text, -1);
    g_autofree char *valid = g_utf8_make_valid(lower, -1);
    mig_pg_add(r, MIG_CHANGE_UNKNOWN)->text = mig_arena_strdup(r->arena, valid);
}
