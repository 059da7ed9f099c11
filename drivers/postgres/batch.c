/* SPDX-License-Identifier: MIT */
/* Several statements in one round trip, by libpq's pipeline mode. */
#include "postgres.h"

/*
 * In a pipeline, statements outside a transaction share an implicit one up to the next sync, and an
 * error in the last would undo the first. Each call is to stand alone as if it were sent by itself,
 * so only what stands inside BEGIN ... COMMIT travels together.
 * Manual: PostgreSQL 15, "Pipeline Mode", Errors and Transactions.
 */
static size_t
find_end(const MigCall *calls, size_t from, size_t n_calls, bool open)
{
    for (size_t i = from; i < n_calls; i++) {
        const char *word = mig_pg_word(calls[i].sql);

        if (g_strcmp0(word, "BEGIN") == 0 || g_strcmp0(word, "START") == 0) {
            open = true;
            continue;
        }
        /* libpq has no COPY in a pipeline. */
        if (g_strcmp0(word, "COPY") == 0)
            return MAX(i, from + 1);
        /* Savepoints are cut off here, too, which costs a round trip and does no harm. */
        if (word != NULL || !open)
            return i + 1;
    }
    return n_calls;
}

/* Reads one call's results up to the NULL that ends them. */
static bool
finish_call(MigConnection *connection, const MigCall *call, bool *out_ran, GError **error)
{
    bool good = true;

    *out_ran = false;
    for (;;) {
        PGresult *result = PQgetResult(connection->pg);
        if (result == NULL)
            break;

        ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_COMMAND_OK) {
            *out_ran = true;
            mig_pg_note_command(connection, result);
            good = mig_pg_check_commit(call->sql, result, error) && good;
        } else if (status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) {
            *out_ran = true;
        } else if (status != PGRES_PIPELINE_ABORTED) {
            if (good)
                mig_pg_error_set_result(error, connection, result, call->sql);
            good = false;
        }
        PQclear(result);
    }
    return good;
}

static bool
send_all(PGconn *pg, const MigCall *calls, size_t n_calls)
{
    for (size_t i = 0; i < n_calls; i++) {
        if (PQsendQueryParams(pg, calls[i].sql, (int)calls[i].n_params, NULL, calls[i].params, NULL,
                              NULL, 0) != 1)
            return false;
    }
    return true;
}

static bool
run_pipeline(MigConnection *connection, const MigCall *calls, size_t n_calls, size_t *done,
             GError **error)
{
    PGconn *pg = connection->pg;
    g_autoptr(GError) first = NULL;

    if (!mig_pg_start(connection, error))
        return false;
    if (PQenterPipelineMode(pg) != 1 || !send_all(pg, calls, n_calls) || PQpipelineSync(pg) != 1) {
        mig_pg_error_set_result(error, connection, NULL, NULL);
        (void)PQexitPipelineMode(pg);
        return false;
    }

    for (size_t i = 0; i < n_calls; i++) {
        bool ran = false;
        bool good = finish_call(connection, &calls[i], &ran, first == NULL ? &first : NULL);
        if (good && ran && first == NULL)
            (*done)++;
    }

    /* The sync's own result, and the end of it. */
    for (PGresult *result = PQgetResult(pg); result != NULL; result = PQgetResult(pg))
        PQclear(result);
    bool left = PQexitPipelineMode(pg) == 1;

    if (first == NULL && (!left || mig_pg_is_lost(connection)))
        mig_pg_error_set_result(&first, connection, NULL, NULL);
    if (first == NULL)
        return true;
    g_propagate_error(error, g_steal_pointer(&first));
    return false;
}

bool
mig_pg_batch(MigConnection *connection, const MigCall *calls, size_t n_calls, size_t *out_done,
             GError **error)
{
    size_t done = 0;
    bool good = true;

    while (good && done < n_calls) {
        if (!mig_pg_prepare(connection, calls[done].sql, error)) {
            good = false;
            break;
        }
        bool open = PQtransactionStatus(connection->pg) != PQTRANS_IDLE;
        size_t end = find_end(calls, done, n_calls, open);
        if (connection->read_only != PG_READ_ONLY_OFF)
            end = done + 1;

        if (end == done + 1) {
            good = mig_pg_query_plain(connection, &calls[done], NULL, NULL, error);
            done += good ? 1 : 0;
        } else {
            good = run_pipeline(connection, &calls[done], end - done, &done, error);
        }
    }
    if (out_done != NULL)
        *out_done = done;
    return good;
}
