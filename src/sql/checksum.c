/* SPDX-License-Identifier: MIT */
/* The two checksums of a migration, each with the name of its algorithm. */
#include "sql/checksum.h"

#include <string.h>

#include "sql/lexer.h"
#include "sql/scan.h"

#define RAW_PREFIX "sha256-raw:1:"
#define TOKENS_PREFIX "sha256-tokens:1:"
/* Tokens are gathered up to this, since hashing one at a time costs more than the hash. */
#define BATCH_BYTES 16384
/* Before each line of COPY data; no token and no line of a text file begins with it. */
#define DATA_MARK '\001'

static char *
finish(const char *prefix, GChecksum *checksum)
{
    return g_strconcat(prefix, g_checksum_get_string(checksum), NULL);
}

char *
mig_checksum_raw(const char *bytes, size_t length)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)bytes, (gssize)length);
    return finish(RAW_PREFIX, checksum);
}

static void
flush(GChecksum *checksum, GString *batch, size_t limit)
{
    if (batch->len <= limit)
        return;
    g_checksum_update(checksum, (const guchar *)batch->str, (gssize)batch->len);
    g_string_truncate(batch, 0);
}

/* A token's bytes, with CRLF as LF, as a checkout may turn one into the other. */
static void
add_bytes(GString *batch, const char *bytes, size_t length)
{
    const char *end = bytes + length;

    for (;;) {
        const char *cr = memchr(bytes, '\r', (size_t)(end - bytes));
        if (cr == NULL)
            break;
        g_string_append_len(batch, bytes, cr - bytes);
        if (cr + 1 == end || cr[1] != '\n')
            g_string_append_c(batch, '\r');
        bytes = cr + 1;
    }
    g_string_append_len(batch, bytes, end - bytes);
    g_string_append_c(batch, '\0');
}

static void
add_data(GChecksum *checksum, GString *batch, const char *data, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t end = mig_scan_line(data, length, at);
        size_t line = end - at;
        if (line > 0 && data[end - 1] == '\r')
            line--;
        g_string_append_c(batch, DATA_MARK);
        add_bytes(batch, data + at, line);
        flush(checksum, batch, BATCH_BYTES);
        at = end + 1;
    }
}

char *
mig_checksum_tokens(const MigScript *script, MigEngine engine, size_t n_statements)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(GString) batch = g_string_sized_new(2 * BATCH_BYTES);

    for (size_t i = 0; i < script->statements->len && i < n_statements; i++) {
        const MigStatement *statement = mig_script_statement(script, i);
        MigLexer lexer;
        MigToken token;

        mig_lexer_init(&lexer, script->text + statement->offset, statement->length, engine);
        while (mig_lexer_next(&lexer, &token)) {
            add_bytes(batch, lexer.text + token.offset, token.length);
            flush(checksum, batch, BATCH_BYTES);
        }
        if (statement->copy_data)
            add_data(checksum, batch, script->text + statement->data_offset,
                     statement->data_length);
        g_string_append_c(batch, '\0');
    }
    flush(checksum, batch, 0);
    return finish(TOKENS_PREFIX, checksum);
}
