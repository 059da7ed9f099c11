/* SPDX-License-Identifier: MIT */
/* Text of others in Markdown, so that it is shown as it is and does nothing. */
#include "report/markdown.h"

#include <string.h>

void
mig_markdown_text(GString *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (g_ascii_iscntrl(*c)) {
            g_string_append_c(out, ' ');
            continue;
        }
        if (strchr("\\`*_{}[]<>|#~!&", *c) != NULL)
            g_string_append_c(out, '\\');
        g_string_append_c(out, *c);
        /* A name behind it would call somebody to the pull request. */
        if (*c == '@' && g_ascii_isalnum(c[1]))
            g_string_append(out, "<!-- -->");
    }
}

void
mig_markdown_code(GString *out, const char *text)
{
    g_string_append(out, "<code>");
    for (const char *c = text; *c != '\0'; c++) {
        if (strchr("&<>|`*_[]\\~#!{}", *c) != NULL)
            g_string_append_printf(out, "&#%d;", *c);
        else
            g_string_append_c(out, g_ascii_iscntrl(*c) ? ' ' : *c);
    }
    g_string_append(out, "</code>");
}

void
mig_markdown_block(GString *out, const char *sql)
{
    size_t longest = 2;

    for (const char *at = strchr(sql, '`'); at != NULL; at = strchr(at, '`')) {
        size_t run = strspn(at, "`");
        longest = MAX(longest, run);
        at += run;
    }
    g_autofree char *fence = g_strnfill(longest + 1, '`');
    g_string_append_printf(out, "%ssql\n%s\n%s\n", fence, sql, fence);
}
