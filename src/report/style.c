/* SPDX-License-Identifier: MIT */
/* Colours, numbers with their nouns, and JSON documents: what all reports share. */
#include "report/style.h"

#include <string.h>

static const char *const styles[] = {
    [MIG_STYLE_NONE] = "",        [MIG_STYLE_GOOD] = "\033[32m",
    [MIG_STYLE_BAD] = "\033[31m", [MIG_STYLE_CAUTION] = "\033[33m",
    [MIG_STYLE_DIM] = "\033[2m",  [MIG_STYLE_STRONG] = "\033[1m",
};

const char *
mig_style_on(bool color, MigStyle style)
{
    return color ? styles[style] : "";
}

const char *
mig_style_off(bool color)
{
    return color ? "\033[0m" : "";
}

const char *
mig_style_plural(size_t n)
{
    return n == 1 ? "" : "s";
}

void
mig_style_count(GString *list, size_t n, const char *what)
{
    if (n > 0)
        g_string_append_printf(list, "%s%zu %s", list->len > 0 ? ", " : "", n, what);
}

char *
mig_style_server(const MigServer *server)
{
    /* The number; what distributions add to it is of no use here. */
    g_autofree char *number =
        g_strndup(server->version_text, strspn(server->version_text, "0123456789."));

    return g_strdup_printf("%s %s", mig_engine_title(server->engine),
                           *number != '\0' ? number : server->version_text);
}

json_t *
mig_json_text(const char *text)
{
    if (text == NULL)
        return json_null();

    g_autofree char *valid = g_utf8_make_valid(text, -1);
    return json_string(valid);
}

void
mig_json_print(FILE *out, json_t *document)
{
    json_dumpf(document, out, JSON_INDENT(2));
    putc('\n', out);
    json_decref(document);
}

json_t *
mig_json_document(const char *database, const MigServer *server)
{
    json_t *document = json_object();

    json_object_set_new(document, "version", json_integer(1));
    if (server != NULL) {
        json_object_set_new(document, "engine", json_string(mig_engine_name(server->engine)));
        json_object_set_new(document, "serverVersion", mig_json_text(server->version_text));
    }
    if (database != NULL)
        json_object_set_new(document, "database", mig_json_text(database));
    return document;
}

json_t *
mig_json_headers(const MigMigration *migration)
{
    json_t *object = json_object();

    for (guint i = 0; migration->headers != NULL && i < migration->headers->len; i++) {
        const MigHeader *header = g_ptr_array_index(migration->headers, i);
        if (json_object_get(object, header->key) == NULL)
            json_object_set_new(object, header->key, mig_json_text(header->value));
    }
    return object;
}

static const char *
code_name(const GError *error)
{
    static const char *const names[] = {
        [MIG_ERROR_USAGE] = "usage",
        [MIG_ERROR_FILE] = "file",
        [MIG_ERROR_SQL] = "sql",
        [MIG_ERROR_VERIFY] = "verify",
        [MIG_ERROR_HISTORY] = "history",
        [MIG_ERROR_LOCKED] = "locked",
        [MIG_ERROR_CONNECTION] = "connection",
        [MIG_ERROR_PENDING] = "pending",
        [MIG_ERROR_LINT] = "lint",
        [MIG_ERROR_CANCELLED] = "cancelled",
        [MIG_ERROR_FAILED] = "failed",
    };

    return error->domain == MIG_ERROR ? names[error->code] : "failed";
}

void
mig_json_add_error(json_t *document, const GError *error, int exit_status)
{
    if (error == NULL)
        return;

    const MigSqlError *sql = mig_error_get_sql(error);
    json_t *object = json_object();

    json_object_set_new(object, "code", json_string(code_name(error)));
    json_object_set_new(object, "message", mig_json_text(error->message));
    json_object_set_new(object, "exit", json_integer(exit_status));
    if (sql != NULL)
        json_object_set_new(object, "sql",
                            json_pack("{s:o, s:o, s:o, s:o}", "code", mig_json_text(sql->code),
                                      "message", mig_json_text(sql->message), "detail",
                                      mig_json_text(sql->detail), "hint",
                                      mig_json_text(sql->hint)));
    json_object_set_new(document, "error", object);
}
