/* SPDX-License-Identifier: MIT */
/* `plan` as JSON, as migrate(1) promises it. */
#include "report/plan_found.h"
#include "report/plan_view.h"
#include "report/plan_words.h"
#include "report/style.h"

#include <string.h>

static json_t *
relation_json(const char *schema, const char *name)
{
    g_autofree char *text =
        schema != NULL && *schema != '\0' ? g_strdup_printf("%s.%s", schema, name) : g_strdup(name);

    return mig_json_text(text);
}

static json_t *
blocks_json(bool reads, bool writes)
{
    json_t *blocks = json_array();

    if (reads)
        json_array_append_new(blocks, json_string("read"));
    if (writes)
        json_array_append_new(blocks, json_string("write"));
    return blocks;
}

static json_t *
lock_json(const MigRelationLock *lock)
{
    bool waits = !lock->made_here;
    json_t *mode = lock->mode == MIG_LOCK_MODE_NONE ? json_null()
                                                    : json_string(mig_lock_mode_name(lock->mode));

    return json_pack("{s:o, s:o, s:o, s:b}", "relation", relation_json(lock->schema, lock->name),
                     "mode", mode, "blocks",
                     blocks_json(waits && lock->blocks_reads, waits && lock->blocks_writes), "new",
                     lock->made_here ? 1 : 0);
}

static json_t *
locks_json(const GArray *locks, bool others)
{
    json_t *array = json_array();

    for (guint i = 0; i < locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(locks, MigRelationLock, i);
        if ((lock->index || lock->sequence) == others)
            json_array_append_new(array, lock_json(lock));
    }
    return array;
}

static json_t *
relations_json(const GArray *relations)
{
    json_t *array = json_array();

    for (guint i = 0; i < relations->len; i++) {
        const MigRelationRef *relation = &g_array_index(relations, MigRelationRef, i);
        json_array_append_new(array, relation_json(relation->schema, relation->name));
    }
    return array;
}

static json_t *
number_json(int64_t number)
{
    return number < 0 ? json_null() : json_integer(number);
}

static json_t *
word_json(const char *word)
{
    if (word == NULL)
        return json_null();

    g_autofree char *lower = g_ascii_strdown(word, -1);
    return json_string(lower);
}

/* Each kind once, in the order of the statement. */
static json_t *
kinds_json(const MigChanges *changes)
{
    json_t *kinds = json_array();

    for (size_t i = 0; i < changes->n_changes; i++) {
        const char *kind = mig_change_kind_name(changes->changes[i].kind);
        bool there = false;

        for (size_t j = 0; j < json_array_size(kinds); j++)
            there |= strcmp(json_string_value(json_array_get(kinds, j)), kind) == 0;
        if (!there)
            json_array_append_new(kinds, json_string(kind));
    }
    return kinds;
}

/* The rules that have something to say of it. */
static json_t *
findings_json(const MigPlanFound *found, const MigStep *step, size_t index)
{
    g_autoptr(GPtrArray) findings = mig_plan_found_of(found, step, index);
    json_t *array = json_array();

    for (guint i = 0; i < findings->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings, i);
        json_array_append_new(array, mig_json_text(finding->rule));
    }
    return array;
}

static void
add_review(json_t *object, const MigReviewedStatement *statement)
{
    const MigImpact *impact = statement->impact;
    const MigChanges *changes = statement->changes;
    g_autofree char *problem = mig_plan_problem(changes);

    json_object_set_new(object, "kind",
                        changes->n_changes == 0
                            ? json_null()
                            : json_string(mig_change_kind_name(changes->changes[0].kind)));
    json_object_set_new(object, "kinds", kinds_json(changes));
    json_object_set_new(object, "locks", locks_json(impact->locks, false));
    json_object_set_new(object, "indexLocks", locks_json(impact->locks, true));
    json_object_set_new(object, "rewrites", relations_json(impact->rewrites));
    json_object_set_new(object, "scans", relations_json(impact->scans));
    json_object_set_new(object, "rebuilds", relations_json(impact->rebuilds));
    json_object_set_new(object, "algorithm", word_json(mig_plan_algorithm(impact->algorithm)));
    json_object_set_new(object, "lock", word_json(mig_plan_lock_clause(impact->lock)));
    json_object_set_new(object, "rebuildsTable", json_boolean(impact->rebuilds_table));
    json_object_set_new(object, "concurrentDml", json_boolean(impact->concurrent_dml));
    json_object_set_new(object, "waitsForTransactions", json_boolean(impact->waits_for_others));
    json_object_set_new(object, "refused",
                        impact->refused == NULL
                            ? json_null()
                            : json_pack("{s:o, s:o}", "code", mig_json_text(impact->refused_code),
                                        "message", mig_json_text(impact->refused)));
    json_object_set_new(object, "because", mig_json_text(impact->because));
    json_object_set_new(object, "problem", mig_json_text(problem));
    json_object_set_new(object, "rows", number_json(statement->rows));
    json_object_set_new(object, "bytes", number_json(statement->bytes));
    json_object_set_new(object, "durationMs", number_json(statement->duration_ms));
}

static json_t *
statement_json(const MigPlanFound *found, const MigStep *step, const MigReviewedStep *reviewed,
               size_t index)
{
    const MigStatement *statement = mig_script_statement(step->script, index);
    const MigReviewedStatement *review = mig_plan_reviewed(reviewed, index);
    g_autofree char *sql = g_strndup(step->script->text + statement->offset, statement->length);
    json_t *object = json_pack("{s:I, s:i, s:i, s:o}", "statement", (json_int_t)index + 1, "line",
                               (int)statement->line, "column", (int)statement->column, "sql",
                               mig_json_text(sql));

    if (review != NULL) {
        add_review(object, review);
        json_object_set_new(object, "findings", findings_json(found, step, index));
    }
    return object;
}

static json_t *
reads_from_json(const MigReviewedStep *reviewed, const MigHold *hold)
{
    const MigReviewedStatement *from = g_ptr_array_index(reviewed->statements, hold->reads_from);

    return hold->lock.blocks_reads ? json_integer((json_int_t)from->index + 1) : json_null();
}

static json_t *
holds_json(const MigReviewedStep *reviewed, const MigReviewedUnit *unit)
{
    json_t *holds = json_array();

    for (guint i = 0; i < unit->holds->len; i++) {
        const MigHold *hold = &g_array_index(unit->holds, MigHold, i);
        const MigReviewedStatement *from = g_ptr_array_index(reviewed->statements, hold->from);
        const MigReviewedStatement *to = g_ptr_array_index(reviewed->statements, hold->to);

        if (hold->lock.index)
            continue;
        json_array_append_new(
            holds, json_pack("{s:o, s:o, s:I, s:o, s:I, s:o}", "relation",
                             relation_json(hold->lock.schema, hold->lock.name), "blocks",
                             blocks_json(hold->lock.blocks_reads, hold->lock.blocks_writes), "from",
                             (json_int_t)from->index + 1, "readsFrom",
                             reads_from_json(reviewed, hold), "to", (json_int_t)to->index + 1,
                             "durationMs", number_json(hold->duration_ms)));
    }
    return holds;
}

static json_t *
unit_json(const MigPlanFound *found, const MigStep *step, const MigReviewedStep *reviewed,
          guint number)
{
    static const char *const kinds[] = {
        [MIG_UNIT_TRANSACTION] = "transaction",
        [MIG_UNIT_AUTHOR] = "author",
        [MIG_UNIT_SINGLE] = "single",
        [MIG_UNIT_SESSION] = "session",
    };
    const MigUnit *unit = mig_step_unit(step, number);
    bool transaction = unit->kind == MIG_UNIT_TRANSACTION || unit->kind == MIG_UNIT_AUTHOR;
    json_t *statements = json_array();

    for (size_t i = unit->first; i < unit->first + unit->n; i++)
        json_array_append_new(statements, statement_json(found, step, reviewed, i));
    json_t *object = json_pack("{s:b, s:s, s:o}", "transaction", transaction ? 1 : 0, "kind",
                               kinds[unit->kind], "statements", statements);
    if (reviewed != NULL) {
        const MigReviewedUnit *review = g_ptr_array_index(reviewed->units, number);
        json_object_set_new(object, "holds", holds_json(reviewed, review));
        json_object_set_new(object, "durationMs", number_json(review->duration_ms));
    }
    return object;
}

static json_t *
step_json(const MigPlanFound *found, const MigStep *step, const MigReviewedStep *reviewed)
{
    json_t *object = json_object();
    json_t *units = json_array();
    json_t *again = json_array();

    for (guint i = 0; i < step->units->len; i++)
        json_array_append_new(units, unit_json(found, step, reviewed, i));
    for (guint i = 0; step->replay != NULL && i < step->replay->len; i++)
        json_array_append_new(
            again, statement_json(found, step, NULL, g_array_index(step->replay, size_t, i)));
    json_object_set_new(object, "version", mig_json_text(step->version));
    json_object_set_new(object, "name", mig_json_text(step->name));
    json_object_set_new(object, "file", mig_json_text(step->migration != NULL ? step->path : NULL));
    json_object_set_new(object, "direction",
                        json_string(step->direction == MIG_DIRECTION_UP ? "up" : "down"));
    json_object_set_new(object, "header",
                        step->migration != NULL ? mig_json_headers(step->migration)
                                                : json_object());
    json_object_set_new(object, "atomic", json_boolean(step->atomic));
    json_object_set_new(object, "outOfOrder", json_boolean(step->late));
    json_object_set_new(object, "done", json_integer((json_int_t)step->done));
    json_object_set_new(object, "again", again);
    json_object_set_new(object, "units", units);
    json_object_set_new(
        object, "verify",
        json_integer(step->verify != NULL ? (json_int_t)step->verify->statements->len : 0));
    return object;
}

void
mig_plan_print_json(const MigReport *report, const MigPlanView *view)
{
    json_t *document = mig_json_document(view->database, view->server);
    json_t *migrations = json_array();
    json_t *notices = json_array();
    g_autoptr(MigPlanFound) found = mig_plan_found_new(view->findings);
    g_autofree char *summary = mig_plan_summary(view);

    if (view->server == NULL) {
        json_object_set_new(document, "engine", json_string(mig_engine_name(view->plan->engine)));
        if (view->server_version != NULL)
            json_object_set_new(document, "serverVersion", mig_json_text(view->server_version));
    }
    for (guint i = 0; i < view->plan->steps->len; i++)
        json_array_append_new(
            migrations, step_json(found, g_ptr_array_index(view->plan->steps, i),
                                  view->review != NULL ? mig_review_step(view->review, i) : NULL));
    for (guint i = 0; i < view->plan->notices->len; i++)
        json_array_append_new(notices, mig_json_text(g_ptr_array_index(view->plan->notices, i)));
    json_object_set_new(document, "migrations", migrations);
    json_object_set_new(document, "notices", notices);
    json_object_set_new(document, "summary", mig_json_text(summary));
    if (view->review != NULL && view->review->sizes != NULL)
        json_object_set_new(document, "estimated", mig_json_text(view->review->sizes->how));
    mig_json_add_error(document, view->error, view->exit_status);
    mig_json_print(report->out, document);
}
