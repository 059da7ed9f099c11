/* SPDX-License-Identifier: MIT */
/* Durations as people write them, and as they are shown. */
#include "base/duration.h"

static const struct {
    const char *text;
    int64_t ms; /* -1: refused */
} readings[] = {
    {"0", 0},
    {"5", 5000},
    {"5s", 5000},
    {"5 s", 5000},
    {"5S", 5000},
    {"250ms", 250},
    {"0.5s", 500},
    {"1.5min", 90000},
    {"10min", 600000},
    {"2m", 120000},
    {"1h", 3600000},
    {"1h30min", 5400000},
    {"1h 30min 5s", 5405000},
    {"1d", 86400000},
    {"2 days", 172800000},
    {"1 hour", 3600000},
    {"0.4ms", 0},
    {"0.6ms", 1},
    {"24d", 2073600000},
    {"5s ", 5000},
    {"", -1},
    {" ", -1},
    {" 5s", -1},
    {"s", -1},
    {"-5s", -1},
    {"+5s", -1},
    {".5s", -1},
    {"5x", -1},
    {"5ss", -1},
    {"5s5", -1},
    {"1h30", -1},
    {"5,5s", -1},
    {"1e3", -1},
    {"0x10", -1},
    {"1.5.5s", -1},
    {"inf", -1},
    {"nan", -1},
    {"25d", -1},
    {"99999999999999999999999999999999999999s", -1},
    {"5\ns", -1},
    {"five", -1},
    {"5s\xff", -1},
};

static const struct {
    int64_t ms;
    const char *text;
} showings[] = {
    {0, "0 ms"},
    {3, "3 ms"},
    {999, "999 ms"},
    {1000, "1.00 s"},
    {1250, "1.25 s"},
    {10000, "10.0 s"},
    {12345, "12.3 s"},
    {60000, "1 min 0 s"},
    {125000, "2 min 5 s"},
    {3600000, "1 h 0 min"},
    {12000000, "3 h 20 min"},
};

static void
test_reading(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(readings); i++) {
        int64_t ms = -1;
        bool read = mig_duration_parse(readings[i].text, &ms);

        if (read != (readings[i].ms >= 0) || ms != readings[i].ms)
            g_error("\"%s\" is %" G_GINT64_FORMAT, readings[i].text, ms);
    }
}

static void
test_showing(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(showings); i++) {
        g_autofree char *text = mig_duration_format(showings[i].ms);
        g_assert_cmpstr(text, ==, showings[i].text);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/duration/reading", test_reading);
    g_test_add_func("/base/duration/showing", test_showing);
    return g_test_run();
}
