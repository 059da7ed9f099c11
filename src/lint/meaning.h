/* SPDX-License-Identifier: MIT */
/* What a column's or a table's name says of it, and how it is written. */
#pragma once

#include "lint/context.h"

/** Whether the name begins, or ends, with one of the words; @words: in lower case, separated by
 * blanks.
 * Words of a name are told apart by "_" and by capitals: "dueDate" is due and date. */
bool mig_name_begins(const char *name, const char *words);
bool mig_name_ends(const char *name, const char *words);
/** Whether all of the name is one of the words. */
bool mig_name_is(const char *name, const char *words);
/** (owned) the name in snake_case. */
char *mig_name_to_snake(const char *name);

/** Whether it is an amount of money. */
bool mig_name_means_money(const char *name);
/** Whether it is a question that is answered by yes or no. */
bool mig_name_means_flag(const char *name);

/** Lower-case letters, digits and single "_"; letters of other scripts pass. */
bool mig_name_is_snake(const char *name);
/** Whether it is known to be a singular noun: of what ends on "s", and of words without a plural,
 * nothing is said. */
bool mig_name_is_singular(const char *name);
/** (owned) the singular of a table's name, its last word that is: "order_items", "order_item". */
char *mig_name_singular(const char *name);
/** (owned) its plural. */
char *mig_name_plural(const char *name);
