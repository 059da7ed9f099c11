/* SPDX-License-Identifier: MIT */
/* Text of others in Markdown, so that it is shown as it is and does nothing. */
#pragma once

#include <glib.h>

/** mig_markdown_text: appends text: what would be markup is escaped, a line end or the like is a space. */
void mig_markdown_text(GString *out, const char *text);

/** mig_markdown_code: appends code, also into a table's cell: as HTML, as no code span holds every text. */
void mig_markdown_code(GString *out, const char *text);

/** mig_markdown_block: appends a block of SQL, fenced so that nothing in it can end it. */
void mig_markdown_block(GString *out, const char *sql);
