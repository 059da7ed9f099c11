/* SPDX-License-Identifier: MIT */
/* What commands that use a database begin with: the target, its history, the files. */
#pragma once

#include "apply/watch.h"
#include "cli/command.h"
#include "driver/target.h"
#include "history/compare.h"
#include "history/lock.h"
#include "history/table.h"
#include "report/report.h"

#include <migrate/plan.h>

typedef enum {
    MIG_SESSION_READS,  /* changes nothing: an SQLite file that isn't there counts as empty */
    MIG_SESSION_WRITES, /* makes the SQLite file */
} MigSessionKind;

/**
 * MigSession:
 *
 * An open database and what is known of it. Everything is (owned); close with mig_session_close().
 */
typedef struct {
    const MigInvocation *invocation; /* (borrowed) */
    MigReport report;
    MigTarget *target;
    MigWatch *watch;   /* who keeps the history from being read */
    int64_t waited_ms; /* for that, in tries that failed */
    MigHistoryTable *table;
    MigHistory *history;
    GPtrArray *past; /* MigHistory that was read before, as plans may point into it */
    MigSource *source;
    char *password;
    char *database; /* the URL for people */
} MigSession;

MigReport mig_session_report(const MigInvocation *invocation);

/**
 * mig_session_connect:
 * @error: from settings, driver and server
 *
 * Opens the database and settles where its history stands; reads nothing yet.
 */
MigSession *mig_session_connect(MigInvocation *invocation, MigSessionKind kind, GError **error);

/**
 * mig_session_read:
 *
 * Reads the history, again when called again; and the files, once: a run is what was there when it
 * began.
 */
bool mig_session_read(MigSession *session, GError **error);
void mig_session_close(MigSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigSession, mig_session_close)

const MigServer *mig_session_server(const MigSession *session);

/** mig_session_compare: (owned) MigPair of what was read. */
GArray *mig_session_compare(const MigSession *session, GError **error);

/** mig_session_plan: the plan for a goal; completes @goal from settings and server. */
MigPlan *mig_session_plan(MigSession *session, MigGoal *goal, GError **error);

/** mig_session_begun: whether a migration is half done: by a run that died, or by one at work now. */
bool mig_session_begun(const MigSession *session);

/** mig_session_prepare: takes the lock, makes the tables and reads the history again. */
bool mig_session_prepare(MigSession *session, MigLock **out_lock, GError **error);

/**
 * mig_session_settle:
 *
 * Under the lock: lets the catalog say where interrupted migrations stand.
 */
bool mig_session_settle(MigSession *session, GError **error);

/**
 * mig_session_count:
 * @text: (borrowed) an argument, or %NULL
 *
 * Returns: whether @text is a number of migrations, from 1
 */
bool mig_session_count(const char *text, int *out_count, GError **error);
