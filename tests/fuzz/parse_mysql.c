/* SPDX-License-Identifier: MIT */
/* Whatever the bytes: a statement of MySQL's or MariaDB's is read in bounds, and to an answer. */
#include <string.h>

#include <glib.h>
#include <migrate/change.h>

#include "fuzz.h"

/* The first byte chooses among them: both engines, the newest server and an old one. */
static const struct {
    MigEngine engine;
    int version;
} servers[] = {
    {MIG_ENGINE_MYSQL, 0},
    {MIG_ENGINE_MARIADB, 0},
    {MIG_ENGINE_MYSQL, 50700},
    {MIG_ENGINE_MARIADB, 100300},
};

static void
check_span(const MigSpan *span, size_t length)
{
    g_assert_cmpuint(span->offset, <=, length);
    g_assert_cmpuint(span->length, <=, length - span->offset);
}

static void
check_column(const MigColumn *column, size_t length)
{
    g_assert_nonnull(column->name);
    g_assert_nonnull(column->type.name);
    check_span(&column->span, length);
    check_span(&column->name_span, length);
    check_span(&column->type.span, length);
    check_span(&column->default_span, length);
    for (size_t i = 0; i < column->n_options; i++) {
        g_assert_nonnull(column->options[i].name);
        check_span(&column->options[i].span, length);
    }
}

static void
check_change(const MigChange *change, size_t length)
{
    check_span(&change->span, length);
    check_span(&change->table.span, length);
    check_span(&change->name.span, length);
    check_span(&change->to.span, length);
    if (change->column != NULL)
        check_column(change->column, length);
    for (size_t i = 0; i < change->n_options; i++) {
        g_assert_nonnull(change->options[i].name);
        check_span(&change->options[i].span, length);
    }
    if (change->create_table == NULL)
        return;
    for (size_t i = 0; i < change->create_table->n_columns; i++)
        check_column(&change->create_table->columns[i], length);
    for (size_t i = 0; i < change->create_table->n_constraints; i++)
        check_span(&change->create_table->constraints[i].span, length);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;

    size_t server = data[0] % G_N_ELEMENTS(servers);
    size_t length = size - 1;
    /* A copy of just these bytes, so that AddressSanitizer sees what is read beyond them. */
    char *text = g_malloc(length > 0 ? length : 1);
    memcpy(text, data + 1, length);

    MigChanges *changes = mig_parse(text, length, servers[server].engine, servers[server].version);
    g_assert_true((changes->status == MIG_PARSE_OK) == (changes->message == NULL));
    g_assert_true((changes->needs_version > 0) == (changes->needs_what != NULL));
    check_span(&changes->where, length);
    check_span(&changes->needs_where, length);
    for (size_t i = 0; i < changes->n_changes; i++)
        check_change(&changes->changes[i], length);
    g_free(mig_changes_dump(changes));
    mig_changes_free(changes);
    g_free(text);
    return 0;
}
