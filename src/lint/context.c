/* SPDX-License-Identifier: MIT */
/* What a rule may ask and say, and where all rules of a kind keep quiet. */
#include "lint/context.h"

#include "lint/private.h"
#include "lint/secret.h"

#include <string.h>

/* Statements of DOWN are others than those of UP with the same numbers. */
#define DOWN_STATEMENTS (SIZE_MAX / 2)

const MigTable *
mig_lint_table(const MigLintContext *ctx, const MigName *name)
{
    const MigTable *table = NULL;

    if (name == NULL || name->name == NULL)
        return NULL;
    return mig_catalog_table(ctx->catalog, name, &table) == MIG_LOOKUP_FOUND ? table : NULL;
}

bool
mig_lint_is_unknown(const MigLintContext *ctx, const MigName *name)
{
    const MigTable *table = NULL;
    MigLookup found = mig_catalog_table(ctx->catalog, name, &table);

    return found == MIG_LOOKUP_UNKNOWN || (found == MIG_LOOKUP_FOUND && table->assumed);
}

bool
mig_lint_is_new_moment(const MigLintContext *ctx, MigMoment made)
{
    if (made.migration == ctx->private->migration)
        return true;
    return ctx->options->one_run && !ctx->down && made.migration > 0 &&
           g_hash_table_contains(ctx->private->fresh, GUINT_TO_POINTER(made.migration));
}

bool
mig_lint_is_new(const MigLintContext *ctx, const MigTable *table)
{
    return table != NULL && !table->assumed && mig_lint_is_new_moment(ctx, table->made);
}

bool
mig_lint_made_here(const MigLintContext *ctx, const MigName *table)
{
    return mig_lint_is_new(ctx, mig_lint_table(ctx, table));
}

const MigTableColumn *
mig_lint_column(const MigLintContext *ctx, const MigName *table, const char *column)
{
    const MigTable *found = mig_lint_table(ctx, table);

    return found != NULL && column != NULL ? mig_table_column(found, column) : NULL;
}

bool
mig_lint_is_new_column(const MigLintContext *ctx, const MigName *table, const char *column)
{
    const MigTableColumn *found = mig_lint_column(ctx, table, column);

    return mig_lint_made_here(ctx, table) ||
           (found != NULL && mig_lint_is_new_moment(ctx, found->made));
}

int64_t
mig_lint_rows(const MigLintContext *ctx, const MigTable *table)
{
    if (ctx->review->sizes == NULL || table == NULL)
        return -1;

    const MigTableSize *size = mig_sizes_find(ctx->review->sizes, table->schema, table->name);
    return size != NULL ? size->rows : -1;
}

bool
mig_lint_is_small(const MigLintContext *ctx, const MigTable *table)
{
    int64_t rows = mig_lint_rows(ctx, table);

    if (rows >= 0)
        return rows < ctx->options->small_table;
    return table != NULL && mig_lint_listed(ctx, "small-tables", table->name);
}

bool
mig_lint_in_transaction(const MigLintContext *ctx)
{
    return ctx->statement != NULL && ctx->statement->moment.transaction != 0;
}

const char *
mig_lint_text(const MigLintContext *ctx, const char *key)
{
    return ctx->options->settings != NULL ? g_hash_table_lookup(ctx->options->settings, key) : NULL;
}

int64_t
mig_lint_number(const MigLintContext *ctx, const char *key, int64_t initial)
{
    const char *text = mig_lint_text(ctx, key);

    return text != NULL ? g_ascii_strtoll(text, NULL, 10) : initial;
}

bool
mig_lint_listed(const MigLintContext *ctx, const char *key, const char *word)
{
    const char *text = mig_lint_text(ctx, key);
    g_auto(GStrv) words = g_strsplit_set(text != NULL ? text : "", ", \t", -1);

    return *word != '\0' && g_strv_contains((const char *const *)words, word);
}

static bool
has_relation(const GArray *relations, const MigTable *table)
{
    for (guint i = 0; i < relations->len; i++) {
        const MigRelationRef *relation = &g_array_index(relations, MigRelationRef, i);

        if (strcmp(relation->name, table->name) == 0 &&
            g_strcmp0(relation->schema, table->schema) == 0)
            return true;
    }
    return false;
}

bool
mig_lint_scans(const MigLintContext *ctx, const MigTable *table)
{
    return ctx->statement != NULL && has_relation(ctx->statement->impact->scans, table);
}

bool
mig_lint_rewrites(const MigLintContext *ctx, const MigTable *table)
{
    return ctx->statement != NULL && has_relation(ctx->statement->impact->rewrites, table);
}

static MigLockMode
find_mode(const GArray *locks, const char *schema, const char *name)
{
    for (guint i = 0; i < locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(locks, MigRelationLock, i);

        if (!lock->index && strcmp(lock->name, name) == 0 &&
            (schema == NULL || g_strcmp0(lock->schema, schema) == 0))
            return lock->mode;
    }
    return MIG_LOCK_MODE_NONE;
}

MigLockMode
mig_lint_lock_on(const MigLintContext *ctx, const MigName *name)
{
    const MigTable *table = mig_lint_table(ctx, name);

    if (ctx->statement == NULL || name->name == NULL)
        return MIG_LOCK_MODE_NONE;
    return find_mode(ctx->statement->impact->locks, table != NULL ? table->schema : name->schema,
                     name->name);
}

MigLockMode
mig_lint_held_on(const MigLintContext *ctx, const MigTable *table)
{
    return table != NULL ? find_mode(ctx->private->held, table->schema, table->name)
                         : MIG_LOCK_MODE_NONE;
}

const GArray *
mig_lint_held(const MigLintContext *ctx)
{
    return ctx->private->held;
}

const MigCatalog *
mig_lint_before_up(const MigLintContext *ctx)
{
    return ctx->down ? ctx->private->before : NULL;
}

const MigReviewedStatement *
mig_lint_statement(const MigLintContext *ctx, size_t n)
{
    return n < ctx->step->statements->len ? g_ptr_array_index(ctx->step->statements, n) : NULL;
}

const char *
mig_lint_source(const MigLintContext *ctx, const MigReviewedStatement *statement, MigSpan span)
{
    const MigScript *script = ctx->step->step->script;
    const MigStatement *found = mig_script_statement(script, statement->index);

    return g_string_chunk_insert_len(
        ctx->private->strings, script->text + found->offset + span.offset, (gssize)span.length);
}

const char *
mig_lint_format(MigLintContext *ctx, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    return g_string_chunk_insert(ctx->private->strings, text);
}

const char *
mig_lint_name(MigLintContext *ctx, const MigName *name)
{
    if (name->name == NULL)
        return "?";
    return name->schema != NULL ? mig_lint_format(ctx, "%s.%s", name->schema, name->name)
                                : name->name;
}

const char *
mig_lint_table_name(MigLintContext *ctx, const MigTable *table)
{
    const MigName name = {.name = table->name};

    /* What the bare name leads to needs no schema. */
    if (mig_lint_table(ctx, &name) == table || table->schema == NULL || *table->schema == '\0')
        return table->name;
    return mig_lint_format(ctx, "%s.%s", table->schema, table->name);
}

const char *
mig_lint_list(MigLintContext *ctx, const char *const *words, size_t n)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < n; i++)
        g_string_append_printf(text, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ", words[i]);
    return g_string_chunk_insert(ctx->private->strings, text->str);
}

bool
mig_lint_configured(const MigLintContext *ctx, const MigRule *rule, MigLintSetting *out_setting)
{
    const MigLintOptions *options = ctx->options;
    gpointer setting = NULL;
    bool found = options->severities != NULL &&
                 g_hash_table_lookup_extended(options->severities, rule->id, NULL, &setting);

    for (guint i = 0; options->paths != NULL && i < options->paths->len; i++) {
        const MigLintPath *path = g_ptr_array_index(options->paths, i);
        if (g_pattern_spec_match_string(path->pattern, ctx->step->step->path))
            found |= g_hash_table_lookup_extended(path->severities, rule->id, NULL, &setting);
    }
    *out_setting = (MigLintSetting)GPOINTER_TO_INT(setting);
    return found;
}

static bool
configured(const MigLintContext *ctx, MigLintSetting *out_setting)
{
    return mig_lint_configured(ctx, ctx->private->rule, out_setting);
}

MigSeverity
mig_lint_severity(const MigLintContext *ctx)
{
    MigLintSetting setting = MIG_LINT_OFF;

    if (configured(ctx, &setting) && setting != MIG_LINT_OFF)
        return (MigSeverity)(setting - MIG_LINT_INFO);
    return ctx->private->rule->severity;
}

static bool
is_about_use(MigRuleKind kind)
{
    return kind == MIG_RULE_LOCK || kind == MIG_RULE_BREAKS || kind == MIG_RULE_DATA;
}

/* Nobody has rows in what this migration made, or queries against it; but its design stays. */
static bool
is_silent(const MigLintContext *ctx, const MigPlace *place)
{
    if (!is_about_use(ctx->private->rule->kind) || place->table == NULL)
        return false;

    const MigTable *table = mig_lint_table(ctx, place->table);
    if (place->table->schema != NULL && g_str_has_prefix(place->table->schema, "pg_temp"))
        return true;
    if (table == NULL)
        return false;
    if (table->temporary || mig_lint_is_new(ctx, table))
        return true;
    /* A column that came just now has no values of its own; but its table is locked and read all
     * the same. */
    return ctx->private->rule->kind != MIG_RULE_LOCK && place->column != NULL &&
           mig_lint_is_new_column(ctx, place->table, place->column);
}

/* The silences that make a finding weaker instead of dropping it. */
static MigSeverity
weaken(const MigLintContext *ctx, MigSeverity severity, const MigPlace *place)
{
    MigRuleKind kind = ctx->private->rule->kind;

    if (kind == MIG_RULE_LOCK && place->table != NULL &&
        mig_lint_is_small(ctx, mig_lint_table(ctx, place->table)))
        return MIG_SEVERITY_INFO;
    if (!ctx->down)
        return severity;
    if (kind == MIG_RULE_LOCK)
        return severity > MIG_SEVERITY_INFO ? severity - 1 : severity;
    return kind == MIG_RULE_DATA ? MIG_SEVERITY_INFO : severity;
}

static GPtrArray *
copy_steps(const MigRule *rule)
{
    GPtrArray *steps = NULL;

    for (size_t i = 0; i < MIG_RULE_MAX_STEPS && rule->steps[i] != NULL; i++) {
        if (steps == NULL)
            steps = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(steps, g_strdup(rule->steps[i]));
    }
    return steps;
}

/* The line in which a range begins, for an excerpt. */
static void
quote(const MigScript *script, size_t from, size_t to, MigFinding *finding)
{
    size_t begin = from;
    size_t end = from;

    while (begin > 0 && script->text[begin - 1] != '\n')
        begin--;
    while (end < script->length && script->text[end] != '\n')
        end++;
    finding->source = g_strndup(script->text + begin, end - begin);
    finding->source_offset = from - begin;
    finding->source_length = MIN(to, end) - MIN(from, end);
    /* Whatever the finding is about: a password that stands beside it is nobody's business. */
    finding->source = mig_lint_mask(finding->source, script->text, begin, &finding->source_offset,
                                    &finding->source_length);
}

static void
locate(const MigLintContext *ctx, MigFinding *finding, const MigPlace *place, MigSpan *out_span)
{
    const MigScript *script = ctx->step->step->script;

    *out_span = place->span;
    if (place->statement == NULL)
        return;

    const MigStatement *statement = mig_script_statement(script, place->statement->index);
    if (place->span.length == 0)
        *out_span = (MigSpan){0, statement->length};
    size_t from = statement->offset + MIN(out_span->offset, statement->length);
    size_t to = statement->offset + MIN(out_span->offset + out_span->length, statement->length);
    mig_script_locate(script, from, &finding->line, &finding->column);
    mig_script_locate(script, to > from ? to - 1 : from, &finding->end_line, &finding->end_column);
    finding->statement = (unsigned)place->statement->index + 1;
    quote(script, from, to, finding);
}

/* What the finding rests upon beside what its rule has seen. */
static const char *
qualify(MigLintContext *ctx, const MigPlace *place, const char *message)
{
    bool lock = ctx->private->rule->kind == MIG_RULE_LOCK;

    if (place->nested)
        message = mig_lint_format(ctx, "%s, if its branch of the DO block is taken", message);
    if (lock && place->table != NULL && place->table->name != NULL &&
        mig_lint_is_unknown(ctx, place->table) && strstr(message, "assuming that") == NULL)
        message = mig_lint_format(ctx, "%s, assuming that %s exists", message,
                                  mig_lint_name(ctx, place->table));
    return message;
}

static MigFinding *
report(MigLintContext *ctx, MigSeverity severity, const MigPlace *place, const char *message)
{
    MigLintPrivate *private = ctx->private;
    const MigRule *rule = private->rule;
    MigLintSetting setting = MIG_LINT_OFF;

    if (is_silent(ctx, place))
        return NULL;
    /* What is configured counts; silences weaken that, too. */
    if (configured(ctx, &setting) && setting != MIG_LINT_OFF)
        severity = (MigSeverity)(setting - MIG_LINT_INFO);

    unsigned line = MAX(place->line, 1);
    MigFinding *finding =
        mig_finding_new(rule->id, weaken(ctx, severity, place), ctx->step->step->path, line, 1,
                        qualify(ctx, place, message));
    MigReported reported = {.finding = finding, .rule = rule, .statement = SIZE_MAX};
    locate(ctx, finding, place, &reported.span);
    finding->danger = g_strdup(rule->danger);
    finding->steps = copy_steps(rule);
    if (place->statement != NULL)
        reported.statement = place->statement->index + (ctx->down ? DOWN_STATEMENTS : 0);

    const MigStatement *statement =
        place->statement != NULL
            ? mig_script_statement(ctx->step->step->script, place->statement->index)
            : NULL;
    const MigAllowance *allowance = mig_allowances_find(private->allowances, rule->id, statement);
    if (allowance != NULL && allowance->reason != NULL)
        finding->allowed = g_strdup(allowance->reason);
    g_array_append_val(private->reported, reported);
    return finding;
}

static MigPlace
place_of(const MigLintContext *ctx, const MigChange *change)
{
    bool of_column =
        change->kind >= MIG_CHANGE_ADD_COLUMN && change->kind <= MIG_CHANGE_COLUMN_VISIBILITY;

    return (MigPlace){
        .statement = ctx->statement,
        .span = change->span,
        .table = &change->table,
        .column = of_column ? change->name.name : NULL,
        .nested = change->nested,
    };
}

MigFinding *
mig_lint_report(MigLintContext *ctx, const MigChange *change, const char *format, ...)
{
    va_list args;
    const MigPlace place = place_of(ctx, change);

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    return report(ctx, mig_lint_severity(ctx), &place, message);
}

MigFinding *
mig_lint_report_as(MigLintContext *ctx, MigSeverity severity, const MigChange *change,
                   const char *format, ...)
{
    va_list args;
    const MigPlace place = place_of(ctx, change);

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    return report(ctx, severity, &place, message);
}

MigFinding *
mig_lint_report_at(MigLintContext *ctx, MigSeverity severity, MigPlace place, const char *format,
                   ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    return report(ctx, severity, &place, message);
}

void
mig_lint_step(MigFinding *finding, const char *format, ...)
{
    va_list args;

    if (finding == NULL)
        return;
    if (finding->steps == NULL)
        finding->steps = g_ptr_array_new_with_free_func(g_free);
    va_start(args, format);
    g_ptr_array_add(finding->steps, g_strdup_vprintf(format, args));
    va_end(args);
}

void
mig_lint_clear_steps(MigFinding *finding)
{
    if (finding != NULL)
        g_clear_pointer(&finding->steps, g_ptr_array_unref);
}

void
mig_lint_danger(MigFinding *finding, const char *format, ...)
{
    va_list args;

    if (finding == NULL)
        return;
    va_start(args, format);
    g_free(finding->danger);
    finding->danger = g_strdup_vprintf(format, args);
    va_end(args);
}

void
mig_lint_fix(MigLintContext *ctx, MigFinding *finding, MigSpan span, const char *text)
{
    if (finding == NULL || ctx->statement == NULL)
        return;

    const MigScript *script = ctx->step->step->script;
    const MigStatement *statement = mig_script_statement(script, ctx->statement->index);
    size_t from = statement->offset + span.offset;

    g_free(finding->fix);
    finding->fix = g_strdup(text);
    mig_script_locate(script, from, &finding->fix_line, &finding->fix_column);
    mig_script_locate(script, from + span.length, &finding->fix_end_line, &finding->fix_end_column);
}
