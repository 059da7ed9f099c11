/* SPDX-License-Identifier: MIT */
/* Memory that is freed all at once. */
#include "sql/arena.h"

#include <stdalign.h>
#include <stddef.h>
#include <string.h>

/* Most statements of a migration fit into the first block. */
#define FIRST_BLOCK ((size_t)2048)
#define LARGEST_BLOCK ((size_t)256 * 1024)

typedef struct Block {
    struct Block *previous;
    alignas(max_align_t) char bytes[];
} Block;

struct MigArena {
    Block *block; /* (owned) the newest, from which memory is given */
    size_t used;  /* of it, in bytes */
    size_t size;  /* of it, in bytes */
    size_t next;  /* size of the one after it, in bytes */
    size_t total; /* of all, in bytes */
};

MigArena *
mig_arena_new(void)
{
    MigArena *arena = g_new0(MigArena, 1);

    arena->next = FIRST_BLOCK;
    return arena;
}

void
mig_arena_free(MigArena *arena)
{
    if (arena == NULL)
        return;
    for (Block *block = arena->block; block != NULL;) {
        Block *previous = block->previous;

        g_free(block);
        block = previous;
    }
    g_free(arena);
}

static void
add_block(MigArena *arena, size_t at_least)
{
    size_t size = MAX(arena->next, at_least);
    Block *block = g_malloc0(sizeof *block + size);

    block->previous = arena->block;
    arena->block = block;
    arena->used = 0;
    arena->size = size;
    arena->total += size;
    arena->next = MIN(arena->next * 2, LARGEST_BLOCK);
}

void *
mig_arena_alloc(MigArena *arena, size_t size)
{
    size_t rounded = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);

    g_assert(rounded >= size);
    if (arena->block == NULL || arena->size - arena->used < rounded)
        add_block(arena, rounded);

    void *bytes = arena->block->bytes + arena->used;

    arena->used += rounded;
    return bytes;
}

void *
mig_arena_copy(MigArena *arena, const void *data, size_t size)
{
    if (size == 0)
        return NULL;
    return memcpy(mig_arena_alloc(arena, size), data, size);
}

char *
mig_arena_strndup(MigArena *arena, const char *text, size_t length)
{
    char *copy = mig_arena_alloc(arena, length + 1);

    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *
mig_arena_strdup(MigArena *arena, const char *text)
{
    return text == NULL ? NULL : mig_arena_strndup(arena, text, strlen(text));
}

char *
mig_arena_printf(MigArena *arena, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    return mig_arena_strdup(arena, text);
}

void *
mig_arena_take_array(MigArena *arena, GArray *array, size_t *out_n)
{
    void *copy =
        mig_arena_copy(arena, array->data, (size_t)array->len * g_array_get_element_size(array));

    *out_n = array->len;
    g_array_set_size(array, 0);
    return copy;
}

size_t
mig_arena_size(const MigArena *arena)
{
    return arena->total;
}
