/* SPDX-License-Identifier: MIT */
/* In which order migrations can run: versions, and what Requires says. */
#include "plan/order.h"

#include <migrate/error.h>
#include <string.h>

/* How many of a circle are named. */
#define LISTED 20

/* One of those that are to be put in order. */
typedef struct {
    MigMigration *migration; /* (borrowed) NULL: no file, so that nobody knows what it requires */
    const MigRecord *record; /* (borrowed) of one that is to be reverted; NULL on the way up */
    size_t open;             /* requirements that are not placed yet */
    GArray *waiting;         /* (owned) guint: who requires this one; NULL if nobody does */
} Node;

typedef struct {
    const MigSource *source;
    const MigHistory *history;
    GArray *nodes;       /* (owned) Node */
    GHashTable *indices; /* (owned) MigMigration, or MigRecord on the way down, to index + 1 */
    GHashTable *leaving; /* (owned) MigRecord: what won't be applied any more */
    bool down;
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

static void
graph_clear(Graph *graph)
{
    g_clear_pointer(&graph->nodes, g_array_unref);
    g_clear_pointer(&graph->indices, g_hash_table_unref);
    g_clear_pointer(&graph->leaving, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Graph, graph_clear)

static void
graph_init(Graph *graph, const MigSource *source, const MigHistory *history)
{
    *graph = (Graph){
        .source = source,
        .history = history,
        .nodes = g_array_new(FALSE, TRUE, sizeof(Node)),
        .indices = g_hash_table_new(g_direct_hash, g_direct_equal),
        .leaving = g_hash_table_new(g_direct_hash, g_direct_equal),
    };
    g_array_set_clear_func(graph->nodes, clear_node);
}

static void
leave(Graph *graph, const GPtrArray *leaving)
{
    for (guint i = 0; leaving != NULL && i < leaving->len; i++)
        g_hash_table_add(graph->leaving, g_ptr_array_index(leaving, i));
}

static void
add_node(Graph *graph, MigMigration *migration, const MigRecord *record)
{
    const Node node = {.migration = migration, .record = record};

    g_array_append_val(graph->nodes, node);
    g_hash_table_insert(graph->indices, graph->down ? (gpointer)(uintptr_t)record : migration,
                        GUINT_TO_POINTER(graph->nodes->len));
}

/* Returns: the place of what is required + 1, 0 if it isn't among the nodes. */
static guint
find_node(const Graph *graph, const char *required)
{
    gconstpointer key = graph->down ? (gconstpointer)find_record(graph->history, required)
                                    : mig_source_find(graph->source, required);

    return key == NULL ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(graph->indices, key));
}

static bool
is_there(const Graph *graph, const char *required)
{
    const MigRecord *record = find_record(graph->history, required);

    return record != NULL && mig_record_is_applied(record) &&
           !g_hash_table_contains(graph->leaving, record);
}

static bool
link_requirement(Graph *graph, guint index, const char *required, GError **error)
{
    Node *node = &g_array_index(graph->nodes, Node, index);
    guint found = 0;

    if (!graph->down && is_there(graph, required))
        return true;
    found = find_node(graph, required);
    if (found == 0 && graph->down)
        return true;
    if (found == 0) {
        const MigMigration *migration = mig_source_find(graph->source, required);
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
        const GPtrArray *requires = migration != NULL ? migration->requires : NULL;
        for (guint j = 0; requires != NULL && j < requires->len; j++) {
            if (!link_requirement(graph, i, g_ptr_array_index(requires, j), error))
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
        guint found = find_node(graph, g_ptr_array_index(migration->requires, i));
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
    guint length = 0;
    do {
        next = blocked_by(graph, next, placed);
        if (++length < LISTED)
            g_string_append_printf(circle, " -> %s",
                                   g_array_index(graph->nodes, Node, next).migration->version);
    } while (next != at);
    if (length >= LISTED)
        g_string_append_printf(circle, " -> ... -> %s (%u of them)", first->version, length);
    g_set_error(error, MIG_ERROR, MIG_ERROR_FILE, "%s:%u: Requires leads in a circle: %s",
                first->path, requires_line(first), circle->str);
}

/* Indices of nodes in an order in which each stands behind what it requires. */
static GArray *
place_all(Graph *graph, GError **error)
{
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
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
        const Node *node = &g_array_index(graph->nodes, Node, index);

        g_sequence_remove(first);
        g_array_append_val(order, index);
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
             const GPtrArray *leaving, GError **error)
{
    g_auto(Graph) graph = {0};

    graph_init(&graph, source, history);
    leave(&graph, leaving);
    for (guint i = 0; i < wanted->len; i++)
        add_node(&graph, g_ptr_array_index(wanted, i), NULL);
    if (!link_all(&graph, error))
        return NULL;

    g_autoptr(GArray) indices = place_all(&graph, error);
    if (indices == NULL)
        return NULL;
    GPtrArray *order = g_ptr_array_new();
    for (guint i = 0; i < indices->len; i++)
        g_ptr_array_add(order, g_ptr_array_index(wanted, g_array_index(indices, guint, i)));
    return order;
}

GPtrArray *
mig_order_down(const GPtrArray *leaving, const MigSource *source, const MigHistory *history,
               GError **error)
{
    g_auto(Graph) graph = {0};

    graph_init(&graph, source, history);
    graph.down = true;
    for (guint i = leaving->len; i-- > 0;) {
        const MigRecord *record = g_ptr_array_index(leaving, i);
        add_node(&graph, mig_source_find(source, record->version), record);
    }
    if (!link_all(&graph, error))
        return NULL;

    g_autoptr(GArray) indices = place_all(&graph, error);
    if (indices == NULL)
        return NULL;
    GPtrArray *order = g_ptr_array_new();
    for (guint i = indices->len; i-- > 0;) {
        const Node *node = &g_array_index(graph.nodes, Node, g_array_index(indices, guint, i));
        g_ptr_array_add(order, (gpointer)(uintptr_t)node->record);
    }
    return order;
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
