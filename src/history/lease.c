/* SPDX-License-Identifier: MIT */
/* The runners' lock as a row with a lease, for where sessions are shared. */
#include "history/lease.h"

#include "history/private.h"

#include <string.h>
#include <unistd.h>

/* How long a dead runner keeps the others waiting, and how often a living one shows that it lives.
 * Several renewals may fail before the lease is out. */
#define LEASE_MS 15000
#define RENEW_MS 3000

struct MigLease {
    MigHistoryTable *table; /* (borrowed) */
    char *token;            /* (owned) tells our lease from any other */
    char *holder;           /* (owned) who we are, for people */
    bool taken;
    MigTarget *second; /* (owned) used by the thread alone */
    GThread *thread;   /* (owned) NULL until kept */
    GMutex mutex;      /* over what follows */
    GCond closed;
    bool closing;
    bool lost;
    int64_t until_us; /* monotonic, by our own clock: when the lease is out if nothing renews it */
};

MigLease *
mig_lease_new(MigHistoryTable *table, GError **error)
{
    const char *create = mig_history_table_sql(table, MIG_HISTORY_CREATE_LOCK_TABLE);
    if (create == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_LOCKED,
                    "this connection is shared by a pooling proxy, which makes a session's lock "
                    "worthless, and there is no other lock for this engine: connect to the server "
                    "directly");
        return NULL;
    }
    if (!mig_target_exec_text(table->target, create, error))
        return NULL;

    MigLease *lease = g_new0(MigLease, 1);
    lease->table = table;
    lease->token = g_uuid_string_random();
    lease->holder = g_strdup_printf("%s on %s, process %ld", mig_history_table_os_user(table),
                                    g_get_host_name(), (long)getpid());
    g_mutex_init(&lease->mutex);
    g_cond_init(&lease->closed);
    return lease;
}

typedef struct {
    char *token;
    char *holder;
    int64_t remaining_ms;
} LeaseRow;

static bool
read_row(const MigRow *row, gpointer data)
{
    LeaseRow *lease = data;

    lease->token = g_strdup(row->values[0]);
    lease->holder = g_strdup(row->values[1]);
    lease->remaining_ms = row->values[2] == NULL ? 0 : g_ascii_strtoll(row->values[2], NULL, 10);
    return false;
}

/* Whether the lease is ours, as the server has it. */
static bool
read_lease(MigLease *lease, MigTarget *target, bool *out_ours, char **out_holder, GError **error)
{
    LeaseRow row = {NULL, NULL, 0};
    const MigCall call = {.sql = mig_history_table_sql(lease->table, MIG_HISTORY_LEASE_READ)};

    if (!mig_target_query(target, &call, read_row, &row, error))
        return false;
    *out_ours = g_strcmp0(row.token, lease->token) == 0 && row.remaining_ms > 0;
    if (out_holder != NULL)
        *out_holder = g_steal_pointer(&row.holder);
    g_free(row.token);
    g_free(row.holder);
    return true;
}

static void
extend(MigLease *lease, int64_t asked_us)
{
    lease->until_us = asked_us + LEASE_MS * G_TIME_SPAN_MILLISECOND;
}

bool
mig_lease_try(MigLease *lease, bool *out_taken, char **out_holder, GError **error)
{
    g_autofree char *length = g_strdup_printf("%d", LEASE_MS);
    const char *const params[] = {lease->token, lease->holder, length};
    const MigCall call = {mig_history_table_sql(lease->table, MIG_HISTORY_LEASE_TAKE), params, 3};
    int64_t asked = g_get_monotonic_time();

    if (!mig_target_query(lease->table->target, &call, NULL, NULL, error) ||
        !read_lease(lease, lease->table->target, out_taken, out_holder, error))
        return false;
    lease->taken = *out_taken;
    extend(lease, asked);
    return true;
}

static bool
renew(MigLease *lease)
{
    g_autofree char *length = g_strdup_printf("%d", LEASE_MS);
    const char *const params[] = {lease->token, length};
    const MigCall call = {mig_history_table_sql(lease->table, MIG_HISTORY_LEASE_RENEW), params, 2};
    bool ours = false;

    if (lease->second == NULL)
        lease->second = mig_target_open_second(lease->table->target, NULL);
    if (lease->second == NULL)
        return false;
    if (mig_target_query(lease->second, &call, NULL, NULL, NULL) &&
        read_lease(lease, lease->second, &ours, NULL, NULL))
        return ours;
    g_clear_pointer(&lease->second, mig_target_close);
    return false;
}

static gpointer
keep_renewing(gpointer data)
{
    MigLease *lease = data;

    g_mutex_lock(&lease->mutex);
    while (!lease->closing) {
        g_cond_wait_until(&lease->closed, &lease->mutex,
                          g_get_monotonic_time() + RENEW_MS * G_TIME_SPAN_MILLISECOND);
        if (lease->closing)
            break;
        g_mutex_unlock(&lease->mutex);
        int64_t asked = g_get_monotonic_time();
        bool renewed = renew(lease);
        g_mutex_lock(&lease->mutex);
        if (renewed)
            extend(lease, asked);
        else if (g_get_monotonic_time() >= lease->until_us)
            lease->lost = true;
    }
    g_mutex_unlock(&lease->mutex);
    return NULL;
}

bool
mig_lease_keep(MigLease *lease, GError **error)
{
    /* The driver writes its SQL now, and not in two threads at once. */
    mig_history_table_sql(lease->table, MIG_HISTORY_LEASE_RENEW);
    mig_history_table_sql(lease->table, MIG_HISTORY_LEASE_READ);
    lease->thread = g_thread_try_new("lease", keep_renewing, lease, error);
    return lease->thread != NULL;
}

bool
mig_lease_is_lost(const MigLease *lease)
{
    /* Logically const: nothing but the lock is touched. */
    GMutex *mutex = (GMutex *)(uintptr_t)&lease->mutex;

    g_mutex_lock(mutex);
    bool lost = lease->lost || g_get_monotonic_time() >= lease->until_us;
    g_mutex_unlock(mutex);
    return lost;
}

void
mig_lease_free(MigLease *lease)
{
    if (lease == NULL)
        return;

    if (lease->thread != NULL) {
        g_mutex_lock(&lease->mutex);
        lease->closing = true;
        g_cond_signal(&lease->closed);
        g_mutex_unlock(&lease->mutex);
        g_thread_join(lease->thread);
    }
    if (lease->taken) {
        const char *const params[] = {lease->token};
        const MigCall call = {mig_history_table_sql(lease->table, MIG_HISTORY_LEASE_RELEASE),
                              params, 1};
        mig_target_query(lease->table->target, &call, NULL, NULL, NULL);
    }
    mig_target_close(lease->second);
    g_mutex_clear(&lease->mutex);
    g_cond_clear(&lease->closed);
    g_free(lease->token);
    g_free(lease->holder);
    g_free(lease);
}

bool
mig_lease_holder(MigHistoryTable *table, char **out_holder, GError **error)
{
    LeaseRow row = {NULL, NULL, 0};
    g_autoptr(GError) failure = NULL;
    const MigCall call = {.sql = mig_history_table_sql(table, MIG_HISTORY_LEASE_READ)};

    *out_holder = NULL;
    if (!mig_target_query(table->target, &call, read_row, &row, &failure)) {
        /* Nobody has ever taken one. */
        if (mig_error_sql_class(failure) == MIG_SQL_UNDEFINED_TABLE)
            return true;
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    if (row.remaining_ms > 0)
        *out_holder = g_steal_pointer(&row.holder);
    g_free(row.token);
    g_free(row.holder);
    return true;
}
