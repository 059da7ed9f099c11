/* SPDX-License-Identifier: MIT */
/* One runner at a time, by a session's named lock. */
#include "mysql_driver.h"

#include <string.h>

/*
 * Named locks are the whole server's, so the database belongs into the name; names have at most 64
 * characters, so both go in as a digest. It is made of what needs no quoting.
 * Manual: MySQL 8.4, "Locking Functions".
 */
static char *
make_name(const MigConnection *connection, const char *name)
{
    g_autofree char *full = g_strdup_printf("%s\n%s", connection->server.database, name);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, full, -1);

    return g_strdup_printf("migrate:%.40s", digest);
}

typedef struct {
    char *first;
    char *second;
} Answer;

static void
answer_clear(Answer *answer)
{
    g_free(answer->first);
    g_free(answer->second);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answer, answer_clear)

static bool
keep_answer(const MigRow *row, gpointer data)
{
    Answer *answer = data;

    answer_clear(answer);
    *answer = (Answer){.first = g_strdup(row->values[0]),
                       .second = row->n_columns > 1 ? g_strdup(row->values[1]) : NULL};
    return true;
}

static bool
ask(MigConnection *connection, const char *sql, Answer *answer, GError **error)
{
    return mig_my_run(connection, sql, strlen(sql), keep_answer, answer, error);
}

/* Without the PROCESS privilege it is only our own user's connections that we see. */
static char *
describe_holder(MigConnection *connection, const char *id)
{
    g_auto(Answer) answer = {NULL, NULL};
    g_autofree char *sql = g_strdup_printf(
        "SELECT CONCAT('connection ', ID, ', user ', USER, IF(HOST = '', '', CONCAT(' from ', "
        "HOST)),"
        " IF(DB IS NULL, '', CONCAT(', database ', DB)), ', ', LOWER(COMMAND), ' for ', TIME, ' s')"
        " FROM information_schema.PROCESSLIST WHERE ID = %s",
        id);

    if (ask(connection, sql, &answer, NULL) && answer.first != NULL)
        return g_steal_pointer(&answer.first);
    return g_strdup_printf("connection %s", id);
}

bool
mig_my_try_lock(MigConnection *connection, const char *name, bool *out_taken, char **out_holder,
                GError **error)
{
    g_autofree char *lock = make_name(connection, name);
    g_auto(Answer) answer = {NULL, NULL};

    /* The lock is counted: taken twice, it would have to be given back twice. */
    g_autofree char *sql =
        g_strdup_printf("SELECT IF(IFNULL(IS_USED_LOCK('%s'), 0) = CONNECTION_ID(), 2,"
                        " GET_LOCK('%s', 0)), IS_USED_LOCK('%s')",
                        lock, lock, lock);
    if (!ask(connection, sql, &answer, error))
        return false;

    bool held = g_strcmp0(answer.first, "2") == 0;
    bool taken = g_strcmp0(answer.first, "1") == 0 ||
                 (held && g_hash_table_contains(connection->locks, name));
    g_autofree char *holder = NULL;
    if (taken)
        g_hash_table_add(connection->locks, g_strdup(name));
    else if (out_holder != NULL && held)
        holder = g_strdup("another client of the same proxy; a proxy must not share connections "
                          "here");
    else if (out_holder != NULL && answer.second != NULL)
        holder = describe_holder(connection, answer.second);

    *out_taken = taken;
    if (out_holder != NULL)
        *out_holder = g_steal_pointer(&holder);
    return true;
}

bool
mig_my_unlock(MigConnection *connection, const char *name, GError **error)
{
    g_autofree char *lock = make_name(connection, name);
    g_autofree char *sql = g_strdup_printf("DO RELEASE_LOCK('%s')", lock);

    if (!g_hash_table_remove(connection->locks, name) || connection->lost)
        return true;
    return mig_my_run_text(connection, sql, error);
}

bool
mig_my_locked(MigConnection *connection, const char *name, bool *out_ours, GError **error)
{
    g_autofree char *lock = make_name(connection, name);
    g_auto(Answer) answer = {NULL, NULL};
    g_autofree char *sql =
        g_strdup_printf("SELECT IFNULL(IS_USED_LOCK('%s'), 0) = CONNECTION_ID()", lock);

    if (!ask(connection, sql, &answer, error))
        return false;
    *out_ours = g_strcmp0(answer.first, "1") == 0 && g_hash_table_contains(connection->locks, name);
    return true;
}

/*
 * Proxies that share sessions keep who takes a named lock on one of them; one that doesn't is found
 * out by the session's number. Asked in an expression, since some answer the bare question themselves.
 */
bool
mig_my_pooled(MigConnection *connection, bool *out_pooled, GError **error)
{
    g_auto(Answer) answer = {NULL, NULL};

    if (!ask(connection, "SELECT CONNECTION_ID() + 0", &answer, error))
        return false;
    *out_pooled =
        answer.first == NULL || g_ascii_strtoull(answer.first, NULL, 10) != connection->behind;
    return true;
}
