/* SPDX-License-Identifier: MIT */
/* Memory that is freed all at once: what a parser makes of one statement lives in one. */
#pragma once

#include <glib.h>

typedef struct MigArena MigArena;

MigArena *mig_arena_new(void);
void mig_arena_free(MigArena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigArena, mig_arena_free)

/* Returns: (borrowed) @size bytes, all 0, aligned for anything */
void *mig_arena_alloc(MigArena *arena, size_t size);

/* Returns: (borrowed) a copy of @size bytes */
void *mig_arena_copy(MigArena *arena, const void *data, size_t size);

/* Returns: (borrowed) a NUL-terminated copy of @length bytes of @text */
char *mig_arena_strndup(MigArena *arena, const char *text, size_t length);

/* Returns: (borrowed) a copy of @text; %NULL of %NULL */
char *mig_arena_strdup(MigArena *arena, const char *text);

char *mig_arena_printf(MigArena *arena, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Returns: (borrowed) a copy of the elements of @array, which is emptied; %NULL if it has none */
void *mig_arena_take_array(MigArena *arena, GArray *array, size_t *out_n);

/* How many bytes it holds, for tests and benchmarks. */
size_t mig_arena_size(const MigArena *arena);

#define mig_arena_new0(arena, type, n) ((type *)mig_arena_alloc((arena), sizeof(type) * (n)))
