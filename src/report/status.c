/* SPDX-License-Identifier: MIT */
/* `status`, for people and as JSON. */
#include "base/duration.h"
#include "base/text.h"
#include "report/style.h"

#include <string.h>

/* Of a terminal. */
#define WIDTH 80

/* Of "2026-03-01 12:00". */
#define TIME_WIDTH 16

#define DETAIL_INDENT "            "

MigStatusCount
mig_status_count(const GArray *pairs)
{
    MigStatusCount count = {0};

    for (guint i = 0; i < pairs->len; i++) {
        switch (g_array_index(pairs, MigPair, i).standing) {
        case MIG_STANDING_APPLIED:
            count.applied++;
            break;
        case MIG_STANDING_LATE:
            count.late++;
            count.pending++;
            break;
        case MIG_STANDING_PENDING:
            count.pending++;
            break;
        case MIG_STANDING_CHANGED:
            count.changed++;
            break;
        case MIG_STANDING_MISSING:
            count.missing++;
            break;
        case MIG_STANDING_NEWER:
            count.newer++;
            break;
        case MIG_STANDING_STOPPED:
        case MIG_STANDING_UNVERIFIED:
            count.failed++;
            break;
        case MIG_STANDING_DOUBT:
            count.doubt++;
            break;
        }
    }
    return count;
}

/* What looks interrupted is running while a runner is at work. */
static const char *
standing_word(const MigStatusView *view, const MigPair *pair)
{
    return pair->standing == MIG_STANDING_DOUBT && view->holder != NULL
               ? "running"
               : mig_standing_name(pair->standing);
}

static MigStyle
style_of(MigStanding standing)
{
    if (standing == MIG_STANDING_APPLIED)
        return MIG_STYLE_GOOD;
    if (standing == MIG_STANDING_PENDING || standing == MIG_STANDING_LATE ||
        standing == MIG_STANDING_NEWER)
        return MIG_STYLE_CAUTION;
    return MIG_STYLE_BAD;
}

static const MigFailure *
failure_of(const MigStatusView *view, const char *version)
{
    for (guint i = 0; view->failures != NULL && i < view->failures->len; i++) {
        const MigFailure *failure = g_ptr_array_index(view->failures, i);
        if (failure->version != NULL && mig_version_compare(failure->version, version) == 0)
            return failure;
    }
    return NULL;
}

/* "2026-03-01T12:00:00.000Z" as people read it, in UTC as the column's title says; the seconds are in
 * the JSON. */
static char *
short_time(const char *iso)
{
    if (iso == NULL || strlen(iso) < TIME_WIDTH)
        return g_strdup("");

    char *text = g_strndup(iso, TIME_WIDTH);
    text[10] = ' ';
    return text;
}

static char *
remark(const MigStatusView *view, const MigPair *pair)
{
    const MigRecord *record = pair->record;

    switch (pair->standing) {
    case MIG_STANDING_APPLIED:
        return record->state == MIG_STATE_BASELINED ? g_strdup("baseline") : NULL;
    case MIG_STANDING_PENDING:
        return NULL;
    case MIG_STANDING_LATE:
        return g_strdup("older than one that is applied");
    case MIG_STANDING_CHANGED:
        return g_strdup("the file was changed after it was applied");
    case MIG_STANDING_MISSING:
        return g_strdup("applied, and there is no file");
    case MIG_STANDING_NEWER:
        return g_strdup("applied; newer than this directory");
    case MIG_STANDING_UNVERIFIED:
        return g_strdup("its VERIFY did not pass");
    case MIG_STANDING_STOPPED:
        if (record->state == MIG_STATE_REVERT_FAILED || record->state == MIG_STATE_REVERTING)
            return g_strdup_printf("reverting stopped %s statement %d of DOWN",
                                   record->doing != 0 ? "at" : "after",
                                   record->doing != 0 ? record->doing : record->done);
        if (record->doing == 0)
            return g_strdup_printf("stopped after %d/%d", record->done, record->total);
        return g_strdup_printf("failed at %d/%d", record->doing, record->total);
    case MIG_STANDING_DOUBT:
        if (view->holder != NULL)
            return g_strdup_printf("statement %d is being executed now", record->doing);
        return g_strdup_printf("interrupted in statement %d: needs `migrate repair`",
                               record->doing);
    }
    return NULL;
}

/* The known keys of a header that say something about what is ahead. */
static char *
about(const MigMigration *migration)
{
    static const char *const keys[] = {"Author", "Ticket", "Risk", "Estimated time"};
    GString *out = g_string_new(NULL);

    if (migration == NULL || !migration->parsed)
        return g_string_free(out, FALSE);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *value = mig_migration_header(migration, keys[i]);
        if (value != NULL)
            g_string_append_printf(out, "%s%s: %s", out->len > 0 ? " - " : "", keys[i], value);
    }
    return g_string_free(out, FALSE);
}

static void
print_detail(const MigReport *report, MigStyle style, const char *text)
{
    g_autofree char *indented = g_strconcat(DETAIL_INDENT, text, NULL);
    g_autofree char *wrapped = mig_text_wrap(indented, WIDTH, DETAIL_INDENT);

    fprintf(report->out, "%s%s%s\n", mig_style_on(report->color_out, style), wrapped,
            mig_style_off(report->color_out));
}

static void
print_details(const MigReport *report, const MigStatusView *view, const MigPair *pair)
{
    const char *version = pair->record != NULL ? pair->record->version : pair->migration->version;
    g_autofree char *what = remark(view, pair);
    g_autofree char *headers = about(pair->migration);
    const MigFailure *failure = failure_of(view, version);
    bool settled = pair->record != NULL && mig_record_is_applied(pair->record);

    if (what != NULL)
        print_detail(report, style_of(pair->standing), what);
    if (failure != NULL && !settled && failure->message != NULL) {
        g_autofree char *at = short_time(failure->at);
        g_autofree char *first = g_strndup(failure->message, strcspn(failure->message, "\n"));
        g_autofree char *line = g_strdup_printf("last try failed (%s): %s", at, first);
        print_detail(report, MIG_STYLE_BAD, line);
    }
    if (*headers != '\0' && (report->verbose || !settled))
        print_detail(report, MIG_STYLE_DIM, headers);
    if (report->verbose && pair->record != NULL) {
        const MigRecord *record = pair->record;
        g_autofree char *took = mig_duration_format(record->duration_ms);
        g_autofree char *who = g_strdup_printf(
            "by %s%s%s on %s with migrate %s, took %s",
            record->os_user != NULL ? record->os_user : "?", record->db_user != NULL ? " as " : "",
            record->db_user != NULL ? record->db_user : "",
            record->host != NULL ? record->host : "?",
            record->tool_version != NULL ? record->tool_version : "?", took);
        print_detail(report, MIG_STYLE_DIM, who);
    }
    const char *diff = view->diffs != NULL && pair->record != NULL
                           ? g_hash_table_lookup(view->diffs, pair->record->version)
                           : NULL;
    if (diff != NULL)
        fprintf(report->out, "%s", diff);
}

static void
print_row(const MigReport *report, const MigStatusView *view, const MigPair *pair,
          unsigned version_width, unsigned name_width)
{
    const char *version = pair->record != NULL ? pair->record->version : pair->migration->version;
    const char *name = pair->migration != NULL ? pair->migration->name : pair->record->name;
    g_autoptr(GString) line = g_string_new("  ");

    g_string_append(line, mig_style_on(report->color_out, style_of(pair->standing)));
    mig_text_pad(line, standing_word(view, pair), 8);
    g_string_append(line, mig_style_off(report->color_out));
    g_string_append(line, "  ");
    mig_text_pad(line, version, version_width);
    g_string_append(line, "  ");
    if (pair->record != NULL && mig_record_is_applied(pair->record)) {
        g_autofree char *at = short_time(pair->record->applied_at);
        mig_text_pad(line, name, name_width);
        g_string_append_printf(line, "  %s", at);
    } else {
        g_string_append(line, name);
    }
    fprintf(report->out, "%s\n", line->str);
    print_details(report, view, pair);
}

/* Of the first that stopped: there is hardly ever a second. */
static const char *
next_of_failed(const GArray *pairs)
{
    for (guint i = 0; i < pairs->len; i++) {
        const MigPair *pair = &g_array_index(pairs, MigPair, i);
        if (pair->standing == MIG_STANDING_UNVERIFIED)
            return "migrate down; or mend its VERIFY or the data, then migrate up";
        if (pair->standing == MIG_STANDING_STOPPED)
            return pair->record->state == MIG_STATE_REVERT_FAILED ||
                           pair->record->state == MIG_STATE_REVERTING
                       ? "mend it, then migrate down"
                       : "mend it, then migrate up";
    }
    return NULL;
}

static const char *
next_step(const MigStatusCount *count, const GArray *pairs)
{
    if (count->doubt > 0)
        return "migrate repair VERSION --done or --retry";
    if (count->changed > 0)
        return "migrate status -v, for what was changed";
    if (count->missing > 0)
        return "put the missing files back";
    if (count->failed > 0)
        return next_of_failed(pairs);
    if (count->late > 0)
        return "migrate up --out-of-order allow, or rename what came late";
    return count->pending > 0 ? "migrate up" : NULL;
}

static void
print_text(const MigReport *report, const MigStatusView *view)
{
    MigStatusCount count = mig_status_count(view->pairs);
    g_autofree char *server = mig_style_server(view->server);
    g_autoptr(GString) summary = g_string_new(NULL);
    unsigned version_width = 7;
    unsigned name_width = 4;

    for (guint i = 0; i < view->pairs->len; i++) {
        const MigPair *pair = &g_array_index(view->pairs, MigPair, i);
        const char *version =
            pair->record != NULL ? pair->record->version : pair->migration->version;
        const char *name = pair->migration != NULL ? pair->migration->name : pair->record->name;
        version_width = MAX(version_width, mig_text_width(version));
        name_width = MAX(name_width, mig_text_width(name));
    }
    /* What is longer pushes the rest out rather than being cut: it is copied from here. */
    version_width = MIN(version_width, 20);
    unsigned others = (unsigned)strlen("  applied   ") + version_width + 2 + 2 + TIME_WIDTH;
    name_width = MIN(name_width, others + 12 < WIDTH ? WIDTH - others : 12);

    fprintf(report->out, "%s (%s)\n", view->database, server);
    if (view->holder != NULL)
        fprintf(report->out, "a runner is at work: %s\n", view->holder);
    if (view->pairs->len > 0) {
        g_autoptr(GString) title = g_string_new("  Status    ");
        mig_text_pad(title, "Version", version_width);
        g_string_append(title, "  ");
        mig_text_pad(title, "Name", name_width);
        fprintf(report->out, "\n%s%s  Applied (UTC)%s\n",
                mig_style_on(report->color_out, MIG_STYLE_STRONG), title->str,
                mig_style_off(report->color_out));
    }
    for (guint i = 0; i < view->pairs->len; i++)
        print_row(report, view, &g_array_index(view->pairs, MigPair, i), version_width, name_width);

    mig_style_count(summary, count.applied, "applied");
    mig_style_count(summary, count.pending, "pending");
    mig_style_count(summary, count.failed, "failed");
    mig_style_count(summary, count.doubt, "in doubt");
    mig_style_count(summary, count.changed, "changed");
    mig_style_count(summary, count.missing, "missing");
    mig_style_count(summary, count.newer, "newer than the directory");
    if (summary->len == 0)
        g_string_append_printf(summary, "no migrations in %s; make one with: migrate new NAME",
                               view->directory);
    fprintf(report->out, "\n%s\n", summary->str);
    const char *next =
        view->holder != NULL && count.doubt > 0 ? NULL : next_step(&count, view->pairs);
    if (next != NULL)
        fprintf(report->out, "next: %s\n", next);
}

static json_t *
record_json(const MigRecord *record)
{
    json_t *object = json_object();

    json_object_set_new(object, "state", json_string(mig_state_name(record->state)));
    json_object_set_new(object, "done", json_integer(record->done));
    json_object_set_new(object, "total", json_integer(record->total));
    json_object_set_new(object, "at",
                        record->doing != 0 ? json_integer(record->doing) : json_null());
    json_object_set_new(object, "appliedAt", mig_json_text(record->applied_at));
    json_object_set_new(object, "durationMs", json_integer(record->duration_ms));
    json_object_set_new(object, "checksum", mig_json_text(record->checksum));
    json_object_set_new(object, "rawChecksum", mig_json_text(record->checksum_raw));
    json_object_set_new(object, "databaseUser", mig_json_text(record->db_user));
    json_object_set_new(object, "osUser", mig_json_text(record->os_user));
    json_object_set_new(object, "host", mig_json_text(record->host));
    json_object_set_new(object, "toolVersion", mig_json_text(record->tool_version));
    return object;
}

/* The header: of the file where it was read, else as it was recorded. */
static json_t *
header_json(const MigPair *pair)
{
    if (pair->migration != NULL && pair->migration->parsed)
        return mig_json_headers(pair->migration);
    if (pair->record != NULL && pair->record->header != NULL) {
        json_t *recorded = json_loads(pair->record->header, 0, NULL);
        if (recorded != NULL)
            return recorded;
    }
    return json_object();
}

static json_t *
pair_json(const MigStatusView *view, const MigPair *pair)
{
    json_t *object = json_object();
    const char *version = pair->record != NULL ? pair->record->version : pair->migration->version;
    g_autofree char *what = remark(view, pair);
    const MigFailure *failure = failure_of(view, version);

    json_object_set_new(object, "version", mig_json_text(version));
    json_object_set_new(
        object, "name",
        mig_json_text(pair->migration != NULL ? pair->migration->name : pair->record->name));
    json_object_set_new(object, "file",
                        mig_json_text(pair->migration != NULL ? pair->migration->path : NULL));
    json_object_set_new(object, "status", json_string(standing_word(view, pair)));
    json_object_set_new(object, "outOfOrder", json_boolean(pair->standing == MIG_STANDING_LATE));
    json_object_set_new(object, "remark", mig_json_text(what));
    json_object_set_new(object, "header", header_json(pair));
    json_object_set_new(object, "record",
                        pair->record != NULL ? record_json(pair->record) : json_null());
    if (failure != NULL && (pair->record == NULL || !mig_record_is_applied(pair->record)))
        json_object_set_new(object, "lastFailure",
                            json_pack("{s:o, s:i, s:o}", "at", mig_json_text(failure->at),
                                      "statement", failure->statement, "message",
                                      mig_json_text(failure->message)));
    const char *diff = view->diffs != NULL && pair->record != NULL
                           ? g_hash_table_lookup(view->diffs, pair->record->version)
                           : NULL;
    if (diff != NULL)
        json_object_set_new(object, "diff", mig_json_text(diff));
    return object;
}

static void
print_json(const MigReport *report, const MigStatusView *view)
{
    MigStatusCount count = mig_status_count(view->pairs);
    json_t *document = mig_json_document(view->database, view->server);
    json_t *migrations = json_array();

    json_object_set_new(document, "directory", mig_json_text(view->directory));
    json_object_set_new(document, "history",
                        json_pack("{s:o, s:b}", "table", mig_json_text(view->table), "exists",
                                  view->history->exists ? 1 : 0));
    for (guint i = 0; i < view->pairs->len; i++)
        json_array_append_new(migrations, pair_json(view, &g_array_index(view->pairs, MigPair, i)));
    json_object_set_new(document, "runner", mig_json_text(view->holder));
    json_object_set_new(document, "migrations", migrations);
    json_object_set_new(
        document, "summary",
        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "applied", (json_int_t)count.applied,
                  "pending", (json_int_t)count.pending, "outOfOrder", (json_int_t)count.late,
                  "failed", (json_int_t)count.failed, "inDoubt", (json_int_t)count.doubt, "changed",
                  (json_int_t)count.changed, "missing", (json_int_t)(count.missing + count.newer)));
    mig_json_add_error(document, view->error, view->exit_status);
    mig_json_print(report->out, document);
}

void
mig_report_status(const MigReport *report, const MigStatusView *view)
{
    if (report->json)
        print_json(report, view);
    else
        print_text(report, view);
}
