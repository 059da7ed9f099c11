/* SPDX-License-Identifier: MIT */
/* MIG_ERROR, an extended error that carries what the database said. */
#include "base/error.h"

typedef struct {
    bool said;
    MigSqlError sql;
} MigErrorPrivate;

static void
mig_error_private_init(MigErrorPrivate *priv)
{
    priv->said = false;
    priv->sql = (MigSqlError){.offset = -1};
}

static char *
valid_copy(const char *text)
{
    return text == NULL ? NULL : g_utf8_make_valid(text, -1);
}

static void
copy_sql(MigErrorPrivate *priv, const MigSqlError *sql)
{
    priv->said = true;
    priv->sql = (MigSqlError){
        .class = sql->class,
        .code = valid_copy(sql->code),
        .message = valid_copy(sql->message),
        .detail = valid_copy(sql->detail),
        .hint = valid_copy(sql->hint),
        .offset = sql->offset,
    };
}

static void
mig_error_private_copy(const MigErrorPrivate *source, MigErrorPrivate *copy)
{
    if (source->said)
        copy_sql(copy, &source->sql);
}

static void
mig_error_private_clear(MigErrorPrivate *priv)
{
    g_free(priv->sql.code);
    g_free(priv->sql.message);
    g_free(priv->sql.detail);
    g_free(priv->sql.hint);
}

G_DEFINE_EXTENDED_ERROR(MigError, mig_error)

void
mig_error_set_sql(GError **error, MigErrorCode code, const MigSqlError *sql)
{
    if (error == NULL)
        return;

    g_autofree char *message = valid_copy(sql->message);
    GError *made = g_error_new_literal(MIG_ERROR, (gint)code, message != NULL ? message : "");
    copy_sql(mig_error_get_private(made), sql);
    g_propagate_error(error, made);
}

const MigSqlError *
mig_error_get_sql(const GError *error)
{
    if (error == NULL || error->domain != MIG_ERROR)
        return NULL;

    const MigErrorPrivate *priv = mig_error_get_private(error);
    return priv->said ? &priv->sql : NULL;
}

MigSqlClass
mig_error_sql_class(const GError *error)
{
    const MigSqlError *sql = mig_error_get_sql(error);
    return sql == NULL ? MIG_SQL_OTHER : sql->class;
}

void
mig_error_adopt(GError **error, MigErrorCode code)
{
    if (error == NULL || *error == NULL || (*error)->domain == MIG_ERROR)
        return;

    GError *ours = g_error_new_literal(MIG_ERROR, (gint)code, (*error)->message);
    g_clear_error(error);
    g_propagate_error(error, ours);
}

void
mig_error_take_sql(GError **error, MigErrorCode code, GError *cause, const char *format, ...)
{
    g_autoptr(GError) taken = cause;

    if (error == NULL)
        return;

    va_list args;
    va_start(args, format);
    GError *made = g_error_new_valist(MIG_ERROR, (gint)code, format, args);
    va_end(args);

    const MigSqlError *sql = mig_error_get_sql(taken);
    if (sql != NULL)
        copy_sql(mig_error_get_private(made), sql);
    g_propagate_error(error, made);
}
