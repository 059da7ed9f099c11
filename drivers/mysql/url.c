/* SPDX-License-Identifier: MIT */
/* mysql: and mariadb: URLs. */
#include "mysql_driver.h"

#include <string.h>

typedef struct {
    const char *name;
    size_t offset; /* of a char * in MyAddress; SIZE_MAX: taken care of by name */
} Parameter;

static const Parameter parameters[] = {
    {"socket", G_STRUCT_OFFSET(MyAddress, socket)},
    {"ssl-mode", G_STRUCT_OFFSET(MyAddress, ssl_mode)},
    {"ssl-ca", G_STRUCT_OFFSET(MyAddress, ssl_ca)},
    {"ssl-cert", G_STRUCT_OFFSET(MyAddress, ssl_cert)},
    {"ssl-key", G_STRUCT_OFFSET(MyAddress, ssl_key)},
    {"defaults-file", G_STRUCT_OFFSET(MyAddress, defaults_file)},
    {"defaults-group", G_STRUCT_OFFSET(MyAddress, defaults_group)},
    {"charset", SIZE_MAX},
    {"connect-timeout", SIZE_MAX},
};

G_GNUC_PRINTF(2, 3)
static bool
refuse(GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "the database URL is wrong: %s", what);
    return false;
}

void
mig_my_address_free(MyAddress *address)
{
    if (address == NULL)
        return;

    g_free(address->user);
    g_free(address->password);
    g_free(address->host);
    g_free(address->database);
    g_free(address->socket);
    g_free(address->ssl_mode);
    g_free(address->ssl_ca);
    g_free(address->ssl_cert);
    g_free(address->ssl_key);
    g_free(address->defaults_file);
    g_free(address->defaults_group);
    g_free(address);
}

/* Letters that are needed to make one word of the other; words here are short. */
static size_t
distance(const char *a, const char *b)
{
    size_t n = strlen(b);
    g_autofree size_t *row = g_new(size_t, n + 1);

    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t above = row[j];
            size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = MIN(changed, MIN(above, row[j - 1]) + 1);
            diagonal = above;
        }
    }
    return row[n];
}

static bool
refuse_parameter(const char *name, GError **error)
{
    const char *nearest = NULL;
    size_t best = 4;

    for (size_t i = 0; strlen(name) < 64 && i < G_N_ELEMENTS(parameters); i++) {
        size_t d = distance(name, parameters[i].name);
        if (d < best) {
            best = d;
            nearest = parameters[i].name;
        }
    }
    /* A name that resembles nothing may be the rest of a password that has a "?" in it. */
    if (nearest == NULL)
        return refuse(error, "it has an unknown parameter; known are socket, ssl-mode, ssl-ca, "
                             "ssl-cert, ssl-key, defaults-file, defaults-group, charset and "
                             "connect-timeout");
    return refuse(error, "it has an unknown parameter; did you mean \"%s\"?", nearest);
}

static bool
set_charset(const char *value, GError **error)
{
    static const char *const utf8[] = {"utf8mb4", "utf8", "utf8mb3", NULL};

    if (g_strv_contains(utf8, value))
        return true;
    return refuse(error, "charset can only be utf8mb4, since migration files are UTF-8");
}

static bool
set_ssl_mode(MyAddress *address, GError **error)
{
    static const char *const modes[] = {"DISABLED",  "PREFERRED",       "REQUIRED",
                                        "VERIFY_CA", "VERIFY_IDENTITY", NULL};

    if (address->ssl_mode == NULL)
        return true;
    g_autofree char *mode = address->ssl_mode;
    address->ssl_mode = g_strdelimit(g_ascii_strup(mode, -1), "-", '_');
    if (g_strv_contains(modes, address->ssl_mode))
        return true;
    return refuse(error, "ssl-mode must be disabled, preferred, required, verify-ca or "
                         "verify-identity");
}

static bool
set_parameter(MyAddress *address, const char *name, const char *value, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(parameters); i++) {
        if (!g_str_equal(name, parameters[i].name))
            continue;
        if (parameters[i].offset != SIZE_MAX) {
            char **field = G_STRUCT_MEMBER_P(address, parameters[i].offset);
            g_free(*field);
            *field = *value != '\0' ? g_strdup(value) : NULL;
            return true;
        }
        if (g_str_equal(name, "charset"))
            return set_charset(value, error);

        uint64_t seconds = 0;
        if (!g_ascii_string_to_unsigned(value, 10, 1, 86400, &seconds, NULL))
            return refuse(error, "connect-timeout must be a number of seconds");
        address->connect_timeout_s = (unsigned)seconds;
        return true;
    }
    return refuse_parameter(name, error);
}

static bool
read_parameters(MyAddress *address, const char *query, GError **error)
{
    if (query == NULL)
        return true;

    g_auto(GStrv) pairs = g_strsplit(query, "&", -1);
    for (size_t i = 0; pairs[i] != NULL; i++) {
        if (*pairs[i] == '\0')
            continue;

        char *equals = strchr(pairs[i], '=');
        if (equals == NULL)
            return refuse(error, "what follows its \"?\" must be name=value, joined by \"&\"; a "
                                 "\"?\" in a password must be written %%3F");
        *equals = '\0';
        g_autofree char *name = g_strdelimit(g_ascii_strdown(pairs[i], -1), "_", '-');
        g_autofree char *value = g_uri_unescape_string(equals + 1, NULL);
        if (value == NULL)
            return refuse(error, "a \"%%\" in a parameter must be written %%25");
        if (!set_parameter(address, name, value, error))
            return false;
    }
    return set_ssl_mode(address, error);
}

/*
 * A character in a password that means something in a URL moves the rest of the password into the
 * host's or the database's name, where a message would show it.
 */
static bool
check_characters(const char *authority, GError **error)
{
    size_t end = strcspn(authority, "/?#");
    const char *at = memchr(authority, '@', end);
    size_t query = strcspn(authority, "?");

    if (at != NULL && memchr(at + 1, '@', end - (size_t)(at - authority) - 1) != NULL)
        return refuse(error, "an \"@\" in a user's name or a password must be written %%40");

    const char *later = strchr(authority + end, '@');
    const char *colon = memchr(authority, ':', end);
    if (at == NULL && later != NULL && colon != NULL && *authority != '[') {
        size_t digits = strspn(colon + 1, "0123456789");
        if (colon + 1 + digits != authority + end || (size_t)(later - authority) < query)
            return refuse(error, "a \"/\", \"?\" or \"#\" in a password must be written %%2F, "
                                 "%%3F or %%23, and an \"@\" in a database's name %%40");
    }
    if (strchr(authority, '#') != NULL)
        return refuse(error, "a \"#\" must be written %%23");
    for (const char *percent = strchr(authority, '%'); percent != NULL;
         percent = strchr(percent + 1, '%')) {
        if (!g_ascii_isxdigit(percent[1]) || !g_ascii_isxdigit(percent[2]))
            return refuse(error, "a \"%%\" in a user's name or a password must be written %%25");
        if (percent[1] == '0' && percent[2] == '0')
            return refuse(error, "it has a %%00 in it");
    }
    return true;
}

static char *
decode(const char *text)
{
    return text == NULL || *text == '\0' ? NULL : g_uri_unescape_string(text, NULL);
}

static bool
read_database(MyAddress *address, const char *path, GError **error)
{
    if (*path == '/')
        path++;
    if (strchr(path, '/') != NULL)
        return refuse(error, "a database's name can't have a \"/\" in it; write %%2F where it "
                             "belongs to the name");
    address->database = decode(path);
    if (address->database == NULL && address->defaults_file == NULL &&
        address->defaults_group == NULL)
        return refuse(error, "it names no database: mysql://user@host/database");
    return true;
}

MyAddress *
mig_my_address_parse(const char *url, const MigOpenOptions *options, GError **error)
{
    g_autoptr(MyAddress) address = g_new0(MyAddress, 1);
    g_autofree char *user = NULL;
    g_autofree char *password = NULL;
    g_autofree char *host = NULL;
    g_autofree char *path = NULL;
    g_autofree char *query = NULL;
    int port = -1;
    const char *colon = strchr(url, ':');

    if (colon == NULL || !g_str_has_prefix(colon, "://")) {
        refuse(error, "it must begin with mysql:// or mariadb://");
        return NULL;
    }
    if (!check_characters(colon + 3, error))
        return NULL;
    /* GLib's own reasons quote the URL. */
    if (!g_uri_split_with_user(url, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL, &user,
                               &password, NULL, &host, &port, &path, &query, NULL, NULL)) {
        refuse(error, "it isn't mysql://user:password@host:port/database; a \":\" in a password "
                      "must be written %%3A, a space %%20, and an IPv6 address stands in [ ]");
        return NULL;
    }
    if (port == 0) {
        refuse(error, "its port must be a number from 1 to 65535");
        return NULL;
    }

    address->user = decode(user);
    address->password = password != NULL ? g_uri_unescape_string(password, NULL) : NULL;
    address->host = decode(host);
    address->port = port > 0 ? (unsigned)port : 0;
    if (!read_parameters(address, query, error) || !read_database(address, path, error))
        return NULL;
    if (options->password != NULL) {
        g_free(address->password);
        address->password = g_strdup(options->password);
    }
    if (options->connect_timeout_ms > 0)
        address->connect_timeout_s =
            (unsigned)(MIN(options->connect_timeout_ms, INT32_MAX) + 999) / 1000;
    return g_steal_pointer(&address);
}
