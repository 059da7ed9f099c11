/* SPDX-License-Identifier: MIT */
/* In which order migrations can run: versions, and what Requires says. */
#include "plan/order.h"

#include <migrate/error.h>
#include <string.h>

/* One of the wanted migrations. */
typedef struct {
    MigMigration *migration; /* (borrowed) */
    size_t open;             /* requirements that are not placed yet */
    GArray *waiting;         /* (owned) guint: who requires this one; NULL if nobody does */
} Node;

typedef struct {
    const MigSource *source;
    const MigHistory *history;
    GArray *nodes;       /* (owned) Node */
    GHashTable *indices; /* (owned) MigMigration to index + 1 */
} Graph;

static void
clear_node(gpointer data)
{
    Node *node = data;

    if (node->waiting != NULL)
        g_array_unref(node->waiting);
}

static bool
is_digits(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

static const MigRecord *
find_record(const MigHistory *history, const char *required)
{
    if (is_digits(required))
        return mig_history_find(history, required);
    for (guint i = 0; i < history->records->len; i++) {
        const MigRecord *record = g_ptr_array_index(history->records, i);
        if (strcmp(record->name, required) == 0)
            return record;
    }
    return NULL;
}

static unsigned
requires_line(const MigMigration *migration)
{
    for (guint i = 0; migration->headers != NULL && i < migration->headers->len; i++) {
        const MigHeader *header = g_ptr_array_index(migration->headers, i);
        if (g_ascii_strcasecmp(header->key, "Requires") == 0)
            return header->line;
    }
    return 1;
}

static bool
link_requirement(Graph *graph, guint index, const char *required, GError **error)
{
    Node *node = &g_array_index(graph->nodes, Node, index);
    const MigRecord *record = find_record(graph->history, required);

    if (record != NULL && mig_record_is_applied(record))
        return true;

    MigMigration *migration = mig_source_find(graph->source, required);
    guint found =
        migration == NULL ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(graph->indices, migration));
    if (found == 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FILE, "%s:%u: requires %s, which %s",
                    node->migration->path, requires_line(node->migration), required,
                    migration == NULL ? "is neither applied nor in the directory"
                                      : "is not applied and not part of this run: apply it, too");
        return false;
    }

    Node *other = &g_array_index(graph->nodes, Node, found - 1);
    if (other->waiting == NULL)
        other->waiting = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(other->waiting, index);
    node->open++;
    return true;
}

static bool
link_all(Graph *graph, GError **error)
{
    for (guint i = 0; i < graph->nodes->len; i++) {
        const MigMigration *migration = g_array_index(graph->nodes, Node, i).migration;
        for (guint j = 0; migration->requires != NULL && j < migration->requires->len; j++) {
            if (!link_requirement(graph, i, g_ptr_array_index(migration->requires, j), error))
                return false;
        }
    }
    return true;
}

static gint
compare_indices(gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
    guint left = GPOINTER_TO_UINT(a);
    guint right = GPOINTER_TO_UINT(b);

    return left < right ? -1 : left > right ? 1 : 0;
}

/* The first requirement of a node that could not be placed. */
static guint
blocked_by(const Graph *graph, guint index, const GArray *placed)
{
    const MigMigration *migration = g_array_index(graph->nodes, Node, index).migration;

    for (guint i = 0; i < migration->requires->len; i++) {
        MigMigration *required =
            mig_source_find(graph->source, g_ptr_array_index(migration->requires, i));
        guint found = GPOINTER_TO_UINT(g_hash_table_lookup(graph->indices, required));
        if (found != 0 && !g_array_index(placed, bool, found - 1))
            return found - 1;
    }
    return index;
}

/* Whoever could not be placed is in a circle, or waits for one: walk until a place comes twice. */
static void
set_cycle(const Graph *graph, const GArray *placed, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
    guint at = 0;

    while (g_array_index(placed, bool, at))
        at++;
    while (g_hash_table_add(seen, GUINT_TO_POINTER(at)))
        at = blocked_by(graph, at, placed);

    const MigMigration *first = g_array_index(graph->nodes, Node, at).migration;
    g_autoptr(GString) circle = g_string_new(first->version);
    guint next = at;
    do {
        next = blocked_by(graph, next, placed);
        g_string_append_printf(circle, " -> %s",
                               g_array_index(graph->nodes, Node, next).migration->version);
    } while (next != at);
    g_set_error(error, MIG_ERROR, MIG_ERROR_FILE, "%s:%u: Requires leads in a circle: %s",
                first->path, requires_line(first), circle->str);
}

static GPtrArray *
place_all(Graph *graph, GError **error)
{
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    g_autoptr(GSequence) ready = g_sequence_new(NULL);
    g_autoptr(GArray) placed = g_array_sized_new(FALSE, TRUE, sizeof(bool), graph->nodes->len);

    g_array_set_size(placed, graph->nodes->len);
    for (guint i = 0; i < graph->nodes->len; i++) {
        if (g_array_index(graph->nodes, Node, i).open == 0)
            g_sequence_append(ready, GUINT_TO_POINTER(i));
    }
    while (!g_sequence_is_empty(ready)) {
        GSequenceIter *first = g_sequence_get_begin_iter(ready);
        guint index = GPOINTER_TO_UINT(g_sequence_get(first));
        Node *node = &g_array_index(graph->nodes, Node, index);

        g_sequence_remove(first);
        g_ptr_array_add(order, node->migration);
        g_array_index(placed, bool, index) = true;
        for (guint i = 0; node->waiting != NULL && i < node->waiting->len; i++) {
            guint waiting = g_array_index(node->waiting, guint, i);
            if (--g_array_index(graph->nodes, Node, waiting).open == 0)
                g_sequence_insert_sorted(ready, GUINT_TO_POINTER(waiting), compare_indices, NULL);
        }
    }
    if (order->len < graph->nodes->len) {
        set_cycle(graph, placed, error);
        return NULL;
    }
    return g_steal_pointer(&order);
}

GPtrArray *
mig_order_up(const GPtrArray *wanted, const MigSource *source, const MigHistory *history,
             GError **error)
{
    g_autoptr(GArray) nodes = g_array_sized_new(FALSE, TRUE, sizeof(Node), wanted->len);
    g_autoptr(GHashTable) indices = g_hash_table_new(g_direct_hash, g_direct_equal);
    Graph graph = {source, history, nodes, indices};

    g_array_set_clear_func(nodes, clear_node);
    for (guint i = 0; i < wanted->len; i++) {
        const Node node = {.migration = g_ptr_array_index(wanted, i)};
        g_array_append_val(nodes, node);
        g_hash_table_insert(indices, node.migration, GUINT_TO_POINTER(i + 1));
    }
    if (!link_all(&graph, error))
        return NULL;
    return place_all(&graph, error);
}

const MigMigration *
mig_order_dependent(const MigSource *source, const MigHistory *history, const GPtrArray *leaving,
                    const char **out_required)
{
    g_autoptr(GHashTable) gone = g_hash_table_new(g_direct_hash, g_direct_equal);

    for (guint i = 0; i < leaving->len; i++)
        g_hash_table_add(gone, g_ptr_array_index(leaving, i));
    for (guint i = 0; i < source->migrations->len; i++) {
        const MigMigration *migration = g_ptr_array_index(source->migrations, i);
        const MigRecord *record = mig_history_find(history, migration->version);
        if (record == NULL || !mig_record_is_applied(record) || migration->requires == NULL ||
            g_hash_table_contains(gone, record))
            continue;
        for (guint j = 0; j < migration->requires->len; j++) {
            const char *required = g_ptr_array_index(migration->requires, j);
            if (g_hash_table_contains(gone, find_record(history, required))) {
                *out_required = required;
                return migration;
            }
        }
    }
    return NULL;
}
