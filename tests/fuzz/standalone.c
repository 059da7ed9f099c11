/* SPDX-License-Identifier: MIT */
/* Runs a fuzzer over a corpus as an ordinary test. Argument: the corpus' directory. */
#include <glib.h>

#include "fuzz.h"

/* A file is also tried cut off at each byte up to this one: what is unterminated is read to its
 * end, and not beyond. */
#define CUT_BYTES 512

static void
run_file(gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    size_t length = 0;

    g_file_get_contents(data, &text, &length, &error);
    g_assert_no_error(error);
    LLVMFuzzerTestOneInput((const uint8_t *)text, length);
    for (size_t cut = 0; cut < MIN(length, CUT_BYTES); cut++)
        LLVMFuzzerTestOneInput((const uint8_t *)text, cut);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(argc, ==, 2);

    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(argv[1], 0, &error);
    g_assert_no_error(error);

    size_t n_files = 0;
    for (const char *name; (name = g_dir_read_name(dir)) != NULL; n_files++) {
        g_autofree char *test = g_strconcat("/fuzz/", name, NULL);
        g_test_add_data_func_full(test, g_build_filename(argv[1], name, NULL), run_file, g_free);
    }
    g_assert_cmpuint(n_files, >, 0);
    return g_test_run();
}
