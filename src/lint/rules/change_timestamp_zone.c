/* SPDX-License-Identifier: MIT */
/* timestamp to timestamptz, or back: what it means depends on the session's time zone. */
#include "lint/action.h"
#include "lint/retype.h"
#include "lint/rule.h"

static bool
is_utc(const char *zone)
{
    static const char *const names[] = {"utc",  "etc/utc", "gmt", "etc/gmt",
                                        "zulu", "0",       "+00", "+00:00"};

    for (size_t i = 0; zone != NULL && i < G_N_ELEMENTS(names); i++) {
        if (g_ascii_strcasecmp(zone, names[i]) == 0)
            return true;
    }
    return false;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigType *to = mig_lint_new_type(change);
    const MigType *from = mig_lint_old_type(ctx, change);
    bool old = mig_lint_is_before(ctx, 120000);
    const char *zone = mig_catalog_setting(ctx->catalog, "timezone");

    if (to == NULL || from == NULL || !mig_lint_changes_zone(from, to) ||
        !mig_lint_is_plain_using(change->expr, change->name.name) || (!old && is_utc(zone)))
        return;
    const char *table = mig_lint_name(ctx, &change->table);
    mig_lint_report_as(ctx, old ? MIG_SEVERITY_ERROR : mig_lint_severity(ctx), change,
                       "values of %s are taken as of the session's time zone%s%s%s, and all of %s "
                       "is written anew%s",
                       change->name.name, zone != NULL ? " (" : "", zone != NULL ? zone : "",
                       zone != NULL ? ")" : "", table,
                       old || zone != NULL ? "" : " unless it is UTC");
}

const MigRule mig_rule_change_timestamp_zone = {
    .id = "change-timestamp-zone",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "timestamp to timestamptz, or back, in whatever zone is set",
    .danger = "The meaning of every value depends on the setting TimeZone of whoever runs it. "
              "Unless that "
              "is UTC (and before PostgreSQL 12 in any case) the table is written anew under "
              "AccessExclusiveLock.",
    .steps =
        {"If the stored values are UTC: SET LOCAL timezone = 'UTC' before it.",
         "Otherwise a new column, filled in batches with AT TIME ZONE and the values' own zone."},
    .manual = "PostgreSQL 12, \"Release Notes\", E.1.3.1.6; PostgreSQL 16, \"Date/Time Types\", "
              "Time Zones",
    .check = check,
};
