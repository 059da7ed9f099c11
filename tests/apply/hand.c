/* SPDX-License-Identifier: MIT */
/* What somebody does by hand while the walks over all faults go on. */
#include "apply/hand.h"

#include "apply/truth.h"
#include "apply/walk_files.h"

#include <string.h>

void
mig_hand_act(MigWalk *walk, const char *what)
{
    if (strcmp(what, "(doubt)") == 0) {
        mig_walk_doubt(walk, "4");
    } else if (strcmp(what, "(not done)") == 0) {
        mig_walk_exec(walk, "UPDATE tally SET n = 0 WHERE name = 'u4.4'");
    } else if (strcmp(what, "(undo)") == 0) {
        mig_walk_exec(walk, "DROP TABLE d");
        mig_walk_exec(walk, "UPDATE tally SET n = 1 WHERE name = 'd4.1'");
    } else if (strcmp(what, "(edit)") == 0) {
        g_autoptr(GString) text = g_string_new(mig_walk_files()->files[0].text);
        g_string_replace(text, "(id int)", "(id integer)", 0);
        mig_walk_write(walk, "1_a.sql", text->str);
    } else if (strcmp(what, "(mend)") == 0) {
        g_autofree char *text = mig_walk_read(walk, "8_h.sql");
        g_autofree char *mended = mig_walk_mend(text);
        mig_walk_write(walk, "8_h.sql", mended);
    } else {
        g_autofree char *kind = g_strndup(what + 1, strlen(what) - 2);
        mig_walk_write(walk, "8_h.sql", mig_walk_broken(kind));
    }
}

bool
mig_hand_settle(MigWalk *walk)
{
    g_autoptr(MigHistory) history = mig_walk_history(walk);
    MigTallies tallies = mig_walk_tallies(walk);

    for (guint i = 0; i < history->records->len; i++) {
        const MigRecord *record = g_ptr_array_index(history->records, i);
        if (!mig_record_in_doubt(record))
            continue;
        g_autofree char *named = g_strdup_printf("repair %s --done", record->version);
        if (strstr(walk->output, named) == NULL)
            return false;
        if (mig_truth_is_locked(record)) {
            mig_walk_exec(walk, "UPDATE tally AS u JOIN tally AS d ON d.name = 'd6.1' SET u.n = d.n"
                                " WHERE u.name LIKE 'u6.%'");
            return mig_walk_run(walk, "repair 6 --retry", 0, NULL) == 0;
        }
        int times = mig_truth_of_doubt(record, &tallies);
        /* Of statements that aren't counted the catalog knows. */
        if (times < 0)
            return false;
        g_autofree char *command =
            g_strdup_printf("repair %s --%s", record->version, times > 0 ? "done" : "retry");
        return mig_walk_run(walk, command, 0, NULL) == 0;
    }
    return false;
}
