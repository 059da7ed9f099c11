/* SPDX-License-Identifier: MIT */
/* A database's URL: its scheme, and how to show it without its password. */
#include "driver/url.h"

#include <string.h>

static const char hidden[] = "***";

/* Parameters of client libraries that hold a secret. */
static const char *const secret_parameters[] = {"password", "sslpassword", "passwd", "pwd", "pass"};

/* A span of the URL; `length` 0 is an empty password. */
typedef struct {
    size_t offset;
    size_t length;
} Span;

char *
mig_url_scheme(const char *url)
{
    size_t length = 0;

    if (!g_ascii_isalpha(url[0]))
        return NULL;
    while (g_ascii_isalnum(url[length]) || strchr("+-.", url[length]) != NULL) {
        if (url[length] == '\0')
            return NULL;
        length++;
    }
    if (url[length] != ':')
        return NULL;
    return g_ascii_strdown(url, (gssize)length);
}

MigEngine
mig_url_engine(const char *url)
{
    g_autofree char *scheme = mig_url_scheme(url);

    if (scheme == NULL)
        return MIG_ENGINE_NONE;

    /* "faulty+sqlite" is SQLite behind something. */
    const char *last = strrchr(scheme, '+');
    return mig_engine_from_name(last != NULL ? last + 1 : scheme);
}

/* Where "//user:password@host" starts, behind the slashes; NULL for a URL without an authority. */
static const char *
authority(const char *url)
{
    const char *colon = strchr(url, ':');

    if (colon == NULL || strncmp(colon, "://", 3) != 0)
        return NULL;
    return colon + 3;
}

/* Whether this is "host:5432,[::1]:5432/database?...": an '@' behind it is a parameter's. */
static bool
is_host_list(const char *start, const char *at)
{
    const char *p = start;

    for (;;) {
        p += *p == '[' ? strcspn(p, "]") : strcspn(p, ":,/?#@");
        p += *p == ']' ? 1 : 0;
        if (*p == ':')
            p += 1 + strspn(p + 1, "0123456789");
        if (*p != ',')
            break;
        p++;
    }
    const char *question = *p == '/' || *p == '?' ? strpbrk(p, "?=#@") : NULL;
    if (question == NULL || *question != '?')
        return false;
    size_t name = strspn(question + 1, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-.%");
    return name > 0 && question[1 + name] == '=' && question + 1 + name < at;
}

/* The '@' that ends the user's part. A password with a raw '/', '?' or '#' in it makes client
 * libraries see the end of the authority there; the '@' behind it shows what was meant. */
static const char *
userinfo_end(const char *start)
{
    size_t clean = strcspn(start, "/?#");
    const char *at = g_strrstr_len(start, (gssize)clean, "@");

    if (at != NULL) {
        /* "u:p@ss/w@host": one more '@', and not that of a parameter. */
        const char *more = strrchr(at, '@');
        return more == at || is_host_list(at + 1, more) ? at : more;
    }
    at = strrchr(start, '@');
    if (at == NULL || memchr(start, ':', clean) == NULL || memchr(start, '=', (size_t)(at - start)))
        return NULL;
    return at;
}

/* Where a user's part would start, whatever is wrong with the rest: behind "scheme://", behind one of
 * our schemes, or at the start. */
static const char *
credentials(const char *url)
{
    const char *slashes = strstr(url, "://");
    const char *scheme = slashes;

    while (scheme != NULL && scheme > url && g_ascii_isalnum(scheme[-1]))
        scheme--;
    /* "dbname=postgres://..." is one, too; "me:secret://" is none. */
    if (slashes != NULL && scheme < slashes && (scheme == url || strchr("=+'\" ", scheme[-1])))
        return slashes + 3;
    if (mig_url_engine(url) == MIG_ENGINE_NONE)
        return url;
    const char *rest = strchr(url, ':') + 1;
    return rest + strspn(rest, "/");
}

/* What stands where a port would, and is none: "postgres://me:secret", with the host forgotten. */
static const char *
wrong_port(const char *start)
{
    const char *p = start;

    for (;;) {
        p += *p == '[' ? strcspn(p, "]") : 0;
        p += strcspn(p, ":,/?#");
        const char *port = *p == ':' ? p + 1 : NULL;
        if (port != NULL)
            p = port + strspn(port, "0123456789");
        if (port != NULL && *p != '\0' && strchr(",/?#", *p) == NULL)
            return port;
        if (*p != ',')
            return NULL;
        p++;
    }
}

/* From the first ':' to the last '@' that can end a user's part. */
static bool
find_password(const char *url, Span *out_span)
{
    if (mig_url_engine(url) == MIG_ENGINE_SQLITE && strstr(url, "://") == NULL)
        return false;

    const char *start = credentials(url);
    const char *at = strrchr(start, '@');
    const char *end = authority(url) == start ? userinfo_end(start) : NULL;
    if (end == NULL && at != NULL && !is_host_list(start, at))
        end = at;
    const char *port = end == NULL && start != url ? wrong_port(start) : NULL;
    if (port != NULL) {
        *out_span = (Span){.offset = (size_t)(port - url), .length = strlen(port)};
        return true;
    }
    const char *colon = end == NULL ? NULL : memchr(start, ':', (size_t)(end - start));
    if (colon == NULL)
        return false;
    *out_span = (Span){.offset = (size_t)(colon + 1 - url), .length = (size_t)(end - colon - 1)};
    return true;
}

static bool
is_secret(const char *name, size_t length)
{
    g_autofree char *raw = g_strndup(name, length);
    g_autofree char *decoded = g_uri_unescape_string(raw, NULL);
    const char *plain = decoded != NULL ? decoded : raw;

    for (size_t i = 0; i < G_N_ELEMENTS(secret_parameters); i++) {
        if (g_ascii_strcasecmp(plain, secret_parameters[i]) == 0)
            return true;
    }
    return false;
}

/* The length of a value as libpq's "key = 'value'" has it; one that isn't closed goes to the end. */
static size_t
bare_value_length(const char *value)
{
    bool quoted = *value == '\'' || *value == '"';
    char quote = *value;
    size_t i = quoted ? 1 : 0;

    for (; value[i] != '\0'; i++) {
        if (value[i] == '\\' && value[i + 1] != '\0')
            i++;
        else if (quoted && value[i] == quote)
            return i + 1;
        else if (!quoted && g_ascii_isspace(value[i]))
            break;
    }
    return i;
}

/* The next secret parameter's value at or after `from`: of a URL's query, or of a string such as
 * "host=x password=y". */
static bool
find_parameter(const char *url, size_t from, Span *out_span)
{
    static const char before[] = "?&;, \t\r\n";

    for (size_t i = from; url[i] != '\0'; i++) {
        if (strchr(before, url[i]) != NULL || (i > 0 && strchr(before, url[i - 1]) == NULL))
            continue;
        size_t n = strcspn(url + i, "=?&;, \t\r\n");
        size_t equal = i + n + strspn(url + i + n, " \t\r\n");
        if (url[equal] != '=' || !is_secret(url + i, n))
            continue;

        bool query = i > 0 && (url[i - 1] == '?' || url[i - 1] == '&');
        size_t value = equal + 1 + (query ? 0 : strspn(url + equal + 1, " \t\r\n"));
        size_t length = query ? strcspn(url + value, "&") : bare_value_length(url + value);
        *out_span = (Span){.offset = value, .length = length};
        return true;
    }
    return false;
}

static gint
compare_spans(gconstpointer a, gconstpointer b)
{
    const Span *left = a;
    const Span *right = b;

    return left->offset < right->offset ? -1 : left->offset > right->offset ? 1 : 0;
}

/* Everything that is to be hidden, in order. What overlaps is hidden as one. */
static GArray *
find_secrets(const char *url)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Span));
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(Span));
    Span span;

    if (find_password(url, &span))
        g_array_append_val(found, span);
    for (size_t from = 0; find_parameter(url, from, &span); from = span.offset + span.length)
        g_array_append_val(found, span);
    g_array_sort(found, compare_spans);

    for (guint i = 0; i < found->len; i++) {
        span = g_array_index(found, Span, i);
        Span *last = spans->len > 0 ? &g_array_index(spans, Span, spans->len - 1) : NULL;
        if (last == NULL || span.offset > last->offset + last->length)
            g_array_append_val(spans, span);
        else
            last->length = MAX(last->length, span.offset + span.length - last->offset);
    }
    return spans;
}

char *
mig_url_redact(const char *url)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GArray) spans = find_secrets(url);
    size_t shown = 0;

    for (guint i = 0; i < spans->len; i++) {
        const Span *span = &g_array_index(spans, Span, i);
        g_string_append_len(out, url + shown, (gssize)(span->offset - shown));
        g_string_append(out, hidden);
        shown = span->offset + span->length;
    }
    g_string_append(out, url + shown);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
refuse_character(const char *url, const char *part, char c, GError **error)
{
    g_autofree char *shown = mig_url_redact(url);

    if (c == '%')
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "the %s in the database URL has a '%%' that no two hexadecimal digits follow: "
                    "write a literal '%%' as %%25\n  in %s",
                    part, shown);
    else
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "the %s in the database URL has a '%c' that must be escaped: write it as "
                    "%%%02X, or leave the password out of the URL and give it by "
                    "--password-file\n  in %s",
                    part, c, (unsigned)(unsigned char)c, shown);
    return false;
}

static bool
check_userinfo(const char *url, const char *part, const char *text, size_t length, GError **error)
{
    for (size_t i = 0; i < length; i++) {
        if (strchr("/?#@[] ", text[i]) != NULL)
            return refuse_character(url, part, text[i], error);
        if (text[i] == '%' &&
            (i + 2 >= length || !g_ascii_isxdigit(text[i + 1]) || !g_ascii_isxdigit(text[i + 2])))
            return refuse_character(url, part, '%', error);
    }
    return true;
}

bool
mig_url_check(const char *url, GError **error)
{
    g_autofree char *scheme = mig_url_scheme(url);

    /* "me:secret@host/db" begins with a user, not with a scheme. */
    bool user = scheme != NULL && authority(url) == NULL &&
                mig_url_engine(url) == MIG_ENGINE_NONE && strchr(url, '@') != NULL;
    if (scheme == NULL || user) {
        g_autofree char *shown = mig_url_redact(url);
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "\"%s\" is not a database URL: it has no scheme\n"
                    "  write sqlite:FILE, postgres://USER@HOST/DATABASE or "
                    "mysql://USER@HOST/DATABASE",
                    shown);
        return false;
    }
    if (mig_url_engine(url) == MIG_ENGINE_SQLITE)
        return true;

    const char *start = authority(url);
    if (start == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "the database URL lacks \"//\" after \"%s:\"\n  write %s://USER@HOST/DATABASE",
                    scheme, scheme);
        return false;
    }
    const char *end = userinfo_end(start);
    if (end == NULL)
        return true;

    const char *colon = memchr(start, ':', (size_t)(end - start));
    const char *user_end = colon != NULL ? colon : end;
    if (!check_userinfo(url, "user name", start, (size_t)(user_end - start), error))
        return false;
    return colon == NULL ||
           check_userinfo(url, "password", colon + 1, (size_t)(end - colon - 1), error);
}

static void
replace(GString *message, const char *secret)
{
    /* Shorter ones would turn the rest of the message into stars; they are not secret either. */
    if (secret != NULL && strlen(secret) >= 3)
        g_string_replace(message, secret, hidden, 0);
}

static void
replace_span(GString *message, const char *url, Span span)
{
    g_autofree char *raw = g_strndup(url + span.offset, span.length);
    g_autofree char *decoded = g_uri_unescape_string(raw, NULL);

    replace(message, raw);
    replace(message, decoded);
}

void
mig_url_scrub(GError **error, const char *url, const char *password)
{
    if (error == NULL || *error == NULL)
        return;

    g_autoptr(GString) message = g_string_new((*error)->message);
    g_autoptr(GArray) spans = find_secrets(url);
    for (guint i = 0; i < spans->len; i++)
        replace_span(message, url, g_array_index(spans, Span, i));
    replace(message, password);

    if (strcmp(message->str, (*error)->message) == 0)
        return;
    g_free((*error)->message);
    (*error)->message = g_string_free(g_steal_pointer(&message), FALSE);
}

/* Takes a span out of a URL, and so many bytes before and after it. */
static char *
cut_span(const char *url, Span span, size_t before, size_t after, char **out_password)
{
    g_autofree char *raw = g_strndup(url + span.offset, span.length);
    GString *out = g_string_new_len(url, (gssize)(span.offset - before));

    g_string_append(out, url + span.offset + span.length + after);
    g_free(*out_password);
    *out_password = g_uri_unescape_string(raw, NULL);
    return g_string_free(out, FALSE);
}

char *
mig_url_take_password(const char *url, char **out_password)
{
    *out_password = NULL;
    g_autofree char *left = g_strdup(url);

    Span span;
    if (find_password(left, &span)) {
        char *shorter = cut_span(left, span, 1, 0, out_password);
        g_free(left);
        left = shorter;
    }
    while (find_parameter(left, 0, &span)) {
        /* "password=...", and the "&" behind it, or else the mark before it. */
        size_t name = span.offset;
        while (name > 0 && left[name - 1] != '?' && left[name - 1] != '&')
            name--;
        if (name == 0)
            break;
        bool more = left[span.offset + span.length] == '&';
        /* A key's password is no account's. */
        g_autofree char *key = NULL;
        bool ssl = g_ascii_strncasecmp(left + name, "ssl", 3) == 0;
        char *shorter = cut_span(left, span, span.offset - name + (more ? 0 : 1), more ? 1 : 0,
                                 ssl ? &key : out_password);
        g_free(left);
        left = shorter;
    }
    return g_steal_pointer(&left);
}
