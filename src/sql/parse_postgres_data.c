/* SPDX-License-Identifier: MIT */
/* PostgreSQL's statements that read and write rows. */
#include <string.h>

#include "sql/parse_postgres.h"

void
mig_pg_select_statement(PgReader *r, const PgNode *node)
{
    const PgQuery__SelectStmt *select = node->select_stmt;
    const PgQuery__SelectStmt *first = select;

    while (first->larg != NULL)
        first = first->larg;
    if (first->into_clause != NULL && !r->plpgsql) {
        MigCreateTable *create = mig_pg_create_table_into(r, first->into_clause);
        MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_TABLE);

        change->table = mig_pg_range_name(r, first->into_clause->rel);
        change->temporary = strcmp(first->into_clause->rel->relpersistence, "t") == 0;
        create->with_data = true;

        MigQuery *source = mig_pg_select(r, select);
        source->into = (MigName){0};
        create->query = source;
        change->create_table = create;
        return;
    }

    const MigQuery *query = mig_pg_select(r, select);
    mig_pg_add(r, MIG_CHANGE_SELECT)->query = query;
}

static void
read_conflict(PgReader *r, MigChange *change, const PgQuery__OnConflictClause *conflict)
{
    if (conflict == NULL)
        return;
    change->on = true;
    change->text = conflict->action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE
                       ? "do update"
                       : "do nothing";
    change->items =
        mig_pg_items(r, conflict->target_list, conflict->n_target_list, &change->n_items);
    change->expr = mig_pg_expr(r, conflict->where_clause);
}

void
mig_pg_insert(PgReader *r, const PgNode *node)
{
    const PgQuery__InsertStmt *insert = node->insert_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_INSERT);

    change->table = mig_pg_range_name(r, insert->relation);
    change->columns = mig_pg_names(r, insert->cols, insert->n_cols, &change->n_columns);
    change->ctes = mig_pg_ctes(r, insert->with_clause, &change->n_ctes);
    if (insert->select_stmt != NULL)
        change->query = mig_pg_query(r, insert->select_stmt);
    read_conflict(r, change, insert->on_conflict_clause);
}

void
mig_pg_update(PgReader *r, const PgNode *node)
{
    const PgQuery__UpdateStmt *update = node->update_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_UPDATE);

    change->table = mig_pg_range_name(r, update->relation);
    change->only = !update->relation->inh;
    change->ctes = mig_pg_ctes(r, update->with_clause, &change->n_ctes);
    change->items = mig_pg_items(r, update->target_list, update->n_target_list, &change->n_items);
    change->relations =
        mig_pg_relations(r, update->from_clause, update->n_from_clause, &change->n_relations);
    change->expr = mig_pg_expr(r, update->where_clause);
}

void
mig_pg_delete(PgReader *r, const PgNode *node)
{
    const PgQuery__DeleteStmt *delete = node->delete_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_DELETE);

    change->table = mig_pg_range_name(r, delete->relation);
    change->only = !delete->relation->inh;
    change->ctes = mig_pg_ctes(r, delete->with_clause, &change->n_ctes);
    change->relations =
        mig_pg_relations(r, delete->using_clause, delete->n_using_clause, &change->n_relations);
    change->expr = mig_pg_expr(r, delete->where_clause);
}

static const char *
merge_word(const PgQuery__MergeWhenClause *when)
{
    switch ((int)when->command_type) {
    case PG_QUERY__CMD_TYPE__CMD_INSERT:
        return "insert";
    case PG_QUERY__CMD_TYPE__CMD_UPDATE:
        return "update";
    case PG_QUERY__CMD_TYPE__CMD_DELETE:
        return "delete";
    default:
        return NULL;
    }
}

/* The same words in the same order, whatever order the clauses have. */
static const char *
merge_words(PgReader *r, const PgQuery__MergeStmt *merge)
{
    static const char *const words[] = {"insert", "update", "delete"};
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t k = 0; k < G_N_ELEMENTS(words); k++) {
        for (size_t i = 0; i < merge->n_merge_when_clauses; i++) {
            const PgNode *node = merge->merge_when_clauses[i];
            const char *word = node->node_case == PG_QUERY__NODE__NODE_MERGE_WHEN_CLAUSE
                                   ? merge_word(node->merge_when_clause)
                                   : NULL;

            if (word == NULL || strcmp(word, words[k]) != 0)
                continue;
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", word);
            break;
        }
    }
    return text->len == 0 ? NULL : mig_arena_strndup(r->arena, text->str, text->len);
}

void
mig_pg_merge(PgReader *r, const PgNode *node)
{
    const PgQuery__MergeStmt *merge = node->merge_stmt;
    PgNode *const source[] = {merge->source_relation};
    MigChange *change = mig_pg_add(r, MIG_CHANGE_MERGE);

    mig_pg_needs(r, 150000, "MERGE", mig_pg_span_token(r, mig_pg_find(r, 0, "merge")));
    change->table = mig_pg_range_name(r, merge->relation);
    change->ctes = mig_pg_ctes(r, merge->with_clause, &change->n_ctes);
    change->relations =
        mig_pg_relations(r, source, merge->source_relation != NULL ? 1 : 0, &change->n_relations);
    change->expr = mig_pg_expr(r, merge->join_condition);
    change->text = merge_words(r, merge);

    /* Assignments of all UPDATEs. */
    g_autoptr(GArray) items = g_array_new(FALSE, TRUE, sizeof(MigItem));
    for (size_t i = 0; i < merge->n_merge_when_clauses; i++) {
        const PgNode *clause = merge->merge_when_clauses[i];
        size_t n = 0;

        if (clause->node_case != PG_QUERY__NODE__NODE_MERGE_WHEN_CLAUSE ||
            clause->merge_when_clause->command_type != PG_QUERY__CMD_TYPE__CMD_UPDATE)
            continue;

        MigItem *some = mig_pg_items(r, clause->merge_when_clause->target_list,
                                     clause->merge_when_clause->n_target_list, &n);
        g_array_append_vals(items, some, (guint)n);
    }
    change->items = mig_arena_take_array(r->arena, items, &change->n_items);
}

void
mig_pg_truncate(PgReader *r, const PgNode *node)
{
    const PgQuery__TruncateStmt *truncate = node->truncate_stmt;

    for (size_t i = 0; i < truncate->n_relations; i++) {
        const PgNode *relation = truncate->relations[i];

        if (relation->node_case != PG_QUERY__NODE__NODE_RANGE_VAR)
            continue;

        MigChange *change = mig_pg_add(r, MIG_CHANGE_TRUNCATE);
        change->table = mig_pg_range_name(r, relation->range_var);
        change->only = !relation->range_var->inh;
        change->cascade = truncate->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
        change->restrict_said = mig_pg_ends_with(r, "restrict");
        change->text = truncate->restart_seqs ? "restart identity" : NULL;
    }
}

void
mig_pg_copy(PgReader *r, const PgNode *node)
{
    const PgQuery__CopyStmt *copy = node->copy_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_COPY);

    change->on = copy->is_from;
    if (copy->relation != NULL)
        change->table = mig_pg_range_name(r, copy->relation);
    if (copy->query != NULL)
        change->query = mig_pg_query(r, copy->query);
    change->columns = mig_pg_names(r, copy->attlist, copy->n_attlist, &change->n_columns);
    change->options = mig_pg_options(r, copy->options, copy->n_options, &change->n_options);
    change->expr = mig_pg_expr(r, copy->where_clause);
    if (copy->is_program)
        change->text = mig_arena_printf(r->arena, "program %s", copy->filename);
    else if (copy->filename != NULL && *copy->filename != '\0')
        change->text = mig_arena_strdup(r->arena, copy->filename);
    else
        change->text = copy->is_from ? "stdin" : "stdout";
}

void
mig_pg_call_statement(PgReader *r, const PgNode *node)
{
    const PgQuery__FuncCall *call = node->call_stmt->funccall;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CALL);

    if (call == NULL)
        return;
    change->name = mig_pg_list_name(r, call->funcname, call->n_funcname, 1);
    change->expr = mig_pg_call(r, call);
}

/* EXPLAIN takes the locks of what it explains; what that would change is done with ANALYZE only. */
void
mig_pg_explain(PgReader *r, const PgNode *node)
{
    const PgQuery__ExplainStmt *explain = node->explain_stmt;
    guint first = r->changes->len;

    if (explain->query == NULL)
        return;
    mig_pg_read_node(r, explain->query);
    if (mig_pg_option_is_on(explain->options, explain->n_options, "analyze"))
        return;
    for (guint i = first; i < r->changes->len; i++)
        g_array_index(r->changes, MigChange, i).text = "explain";
}

/* Nothing is done until EXECUTE, which names what was prepared only. */
void
mig_pg_prepare(PgReader *r, const PgNode *node)
{
    const PgQuery__PrepareStmt *prepare = node->prepare_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_DYNAMIC);
    size_t at = mig_pg_find_here(r, 2, "as");
    const MigToken *as = at == PG_NO_TOKEN ? NULL : mig_pg_token(r, at + 1);

    change->name = mig_pg_plain_name(r, prepare->name, 1);
    if (as != NULL)
        change->text = mig_arena_strndup(r->arena, r->text + as->offset, r->length - as->offset);
}

void
mig_pg_execute(PgReader *r, const PgNode *node)
{
    MigChange *change = mig_pg_add(r, MIG_CHANGE_DYNAMIC);

    change->name = mig_pg_plain_name(r, node->execute_stmt->name, 1);
    change->text = mig_arena_printf(r->arena, "execute %s", node->execute_stmt->name);
}

void
mig_pg_declare_cursor(PgReader *r, const PgNode *node)
{
    const MigQuery *query = mig_pg_query(r, node->declare_cursor_stmt->query);
    MigChange *change = mig_pg_add(r, MIG_CHANGE_SELECT);

    change->query = query;
    change->text = "cursor";
}

/* RETURN expression, in a routine with an SQL-standard body. */
void
mig_pg_return(PgReader *r, const PgNode *node)
{
    MigQuery *query = mig_arena_new0(r->arena, MigQuery, 1);

    query->targets = mig_arena_new0(r->arena, MigItem, 1);
    query->targets[0].value = mig_pg_expr(r, node->return_stmt->returnval);
    if (query->targets[0].value == NULL)
        query->targets[0].value = mig_pg_other_expr(r, NULL);
    query->n_targets = 1;
    mig_pg_add(r, MIG_CHANGE_SELECT)->query = query;
}
