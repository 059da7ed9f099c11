/* SPDX-License-Identifier: MIT */
/* Whatever the bytes: PostgreSQL's statements are read, and what comes of it can be walked and shown. */
#include <migrate/change.h>

#include <string.h>

#include "fuzz.h"

static void
check_span(MigSpan span, size_t length)
{
    g_assert_cmpuint(span.offset, <=, length);
    g_assert_cmpuint(span.length, <=, length - span.offset);
}

typedef struct {
    size_t length;
    size_t n_names;
} Walk;

static bool
check_node(const MigExpr *expr, gpointer data)
{
    const Walk *walk = data;

    check_span(expr->span, walk->length);
    for (size_t i = 0; i < expr->n_args; i++)
        g_assert_nonnull(expr->args[i]);
    if (expr->kind == MIG_EXPR_COLUMN || expr->kind == MIG_EXPR_CALL)
        g_assert_nonnull(expr->name);
    if (expr->kind == MIG_EXPR_AND || expr->kind == MIG_EXPR_OR) {
        for (size_t i = 0; i < expr->n_args; i++)
            g_assert_cmpint(expr->args[i]->kind, !=, expr->kind);
    }
    return true;
}

static void
check_table(const MigName *name, gpointer data)
{
    Walk *walk = data;

    g_assert_nonnull(name->name);
    check_span(name->span, walk->length);
    walk->n_names++;
}

static void
check_change(const MigChange *change, Walk *walk)
{
    check_span(change->span, walk->length);
    check_span(change->table.span, walk->length);
    check_span(change->name.span, walk->length);
    mig_expr_walk(change->expr, check_node, walk);
    mig_expr_tables(change->expr, check_table, walk);
    mig_query_tables(change->query, check_table, walk);
    for (size_t i = 0; i < change->n_items; i++)
        mig_expr_walk(change->items[i].value, check_node, walk);
    if (change->kind == MIG_CHANGE_CREATE_TABLE) {
        g_assert_nonnull(change->create_table);
        g_assert_nonnull(change->table.name);
        mig_query_tables(change->create_table->query, check_table, walk);
    }
    if (change->kind == MIG_CHANGE_ADD_COLUMN || change->kind == MIG_CHANGE_ALTER_TYPE)
        g_assert_nonnull(change->column);
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT)
        g_assert_nonnull(change->constraint);
    if (change->kind == MIG_CHANGE_CREATE_INDEX)
        g_assert_nonnull(change->index);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy of just these bytes, so that AddressSanitizer sees what is read beyond them. */
    size_t length = size;
    g_autofree char *text = g_malloc(length > 0 ? length : 1);
    memcpy(text, data, length);

    g_autoptr(MigChanges) changes = mig_parse(text, length, MIG_ENGINE_POSTGRES, 0);
    Walk walk = {.length = length};

    g_assert_true((changes->status == MIG_PARSE_OK) == (changes->message == NULL));
    g_assert_true(changes->message == NULL || g_utf8_validate(changes->message, -1, NULL));
    check_span(changes->where, length);
    check_span(changes->needs_where, length);
    g_assert_true((changes->needs_version > 0) == (changes->needs_what != NULL));
    for (size_t i = 0; i < changes->n_changes; i++)
        check_change(&changes->changes[i], &walk);
    g_free(mig_changes_dump(changes));
    return 0;
}
