/* SPDX-License-Identifier: MIT */
/* Types, expressions and queries back to text, normalised. */
#pragma once

#include <migrate/expression.h>

/* Appends. Names are quoted where they aren't plain lower-case words, strings by SQL's rules. */
void mig_dump_word(GString *out, const char *name);
void mig_dump_string(GString *out, const char *text);
void mig_dump_name(GString *out, const MigName *name);
void mig_dump_type(GString *out, const MigType *type);
void mig_dump_expr(GString *out, const MigExpr *expr);
void mig_dump_exprs(GString *out, MigExpr *const *exprs, size_t n);
void mig_dump_query(GString *out, const MigQuery *query);
void mig_dump_ctes(GString *out, const MigCte *ctes, size_t n);
void mig_dump_relations(GString *out, const MigRelation *relations, size_t n);

struct MigChange;
/* A change and all of its parts, each line indented by @indent spaces. */
void mig_dump_change(GString *out, const struct MigChange *change, unsigned indent);
