/* SPDX-License-Identifier: MIT */
/* What the page of `plan --html` is put together from. */
#pragma once

#include "review/review.h"

/**
 * mig_html_text:
 *
 * Appends text so that nothing in it is markup, in an element or in an attribute. Characters that
 * change the direction of what follows, and so what a reader takes it for, are shown by number.
 */
void mig_html_text(GString *out, const char *text);

/** (static) the class of who waits: "all", "write" or "none" */
const char *mig_html_class(bool reads, bool writes);

/** mig_html_time_line: for each table of a unit from which statement to which who waits; nothing if
 * nobody does. */
void mig_html_time_line(GString *out, const MigReviewedStep *reviewed, const MigReviewedUnit *unit);
