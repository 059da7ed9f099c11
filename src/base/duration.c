/* SPDX-License-Identifier: MIT */
/* "250ms", "5s", "10min" to milliseconds and back. */
#include "base/duration.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name;
    double ms;
} units[] = {
    {"ms", 1},          {"milliseconds", 1}, {"s", 1000},        {"sec", 1000},
    {"seconds", 1000},  {"second", 1000},    {"min", 60000},     {"m", 60000},
    {"minutes", 60000}, {"minute", 60000},   {"h", 3600000},     {"hours", 3600000},
    {"hour", 3600000},  {"d", 86400000},     {"days", 86400000}, {"day", 86400000},
};

static bool
unit_ms(const char *name, size_t length, double *out_ms)
{
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (strlen(units[i].name) == length &&
            g_ascii_strncasecmp(units[i].name, name, length) == 0) {
            *out_ms = units[i].ms;
            return true;
        }
    }
    return false;
}

bool
mig_duration_parse(const char *text, int64_t *out_ms)
{
    const char *at = text;
    double total = 0;
    bool any = false;

    while (*at != '\0') {
        if (!g_ascii_isdigit(*at))
            return false;

        char *end = NULL;
        double number = g_ascii_strtod(at, &end);
        /* strtod also takes "1e3" and "0x10", which nobody means here. */
        for (const char *c = at; c < end; c++) {
            if (!g_ascii_isdigit(*c) && *c != '.')
                return false;
        }
        at = end + strspn(end, " ");

        size_t length = 0;
        while (g_ascii_isalpha(at[length]))
            length++;
        double ms = 1000;
        if (length == 0 && (any || *at != '\0'))
            return false;
        if (length > 0 && !unit_ms(at, length, &ms))
            return false;
        at += length;
        at += strspn(at, " ");
        total += number * ms;
        any = true;
    }
    if (!any || total > (double)INT32_MAX)
        return false;

    *out_ms = (int64_t)llround(total);
    return true;
}

char *
mig_duration_format(int64_t ms)
{
    if (ms < 1000)
        return g_strdup_printf("%" G_GINT64_FORMAT " ms", ms);
    if (ms < 10000)
        return g_strdup_printf("%.2f s", (double)ms / 1000);
    if (ms < 60000)
        return g_strdup_printf("%.1f s", (double)ms / 1000);

    int64_t seconds = (ms + 500) / 1000;
    if (seconds < 3600)
        return g_strdup_printf("%" G_GINT64_FORMAT " min %" G_GINT64_FORMAT " s", seconds / 60,
                               seconds % 60);
    return g_strdup_printf("%" G_GINT64_FORMAT " h %" G_GINT64_FORMAT " min", seconds / 3600,
                           seconds / 60 % 60);
}
