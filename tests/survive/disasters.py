#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The best-known disasters of other migration runners, and what happens here instead.

    disasters.py PROGRAM TARGET

Each case is named for the disaster, and runs on every engine to which it applies. Prints TAP.
"""
import re
import sys
import time

sys.dont_write_bytecode = True
import common  # noqa: E402

EVERY = ("sqlite", "postgres", "mysql")


def has_table(project, name):
    catalog = {"sqlite": "sqlite_master WHERE name", "mysql": "information_schema.tables"
               " WHERE table_schema = database() AND table_name",
               "postgres": "information_schema.tables WHERE table_name"}[project.database.engine]
    return project.database.run(f"SELECT count(*) FROM {catalog} = '{name}'") == "1"


def index_state(project, name):
    """Returns: "t" for a valid index, "f" for an invalid one, "" where there is none."""
    return project.database.run("SELECT i.indisvalid FROM pg_index i JOIN pg_class c"
                                f" ON c.oid = i.indexrelid WHERE c.relname = '{name}'")


def dirty_after_a_rolled_back_failure(project):
    """The database undid all of it; a runner that calls it dirty wants a hand where none is needed."""
    # Of MySQL's own accord only what the author has put into a transaction is undone as a whole.
    form = ("CREATE TABLE second (n int);\nINSERT INTO first VALUES (1);\n{}"
            if project.database.engine != "mysql" else
            "BEGIN;\nINSERT INTO first VALUES (1);\n{}COMMIT;\n")
    project.write({"1_first.sql": "CREATE TABLE first (n int);\n",
                   "2_second.sql": form.format("INSERT INTO missing VALUES (1);\n")})
    text = project.run("up", status=1)
    common.require("rolled back; nothing of this migration is left" in text, text)
    common.require(project.database.run("SELECT count(*) FROM first") == "0", "rows are left")
    common.require(not has_table(project, "second"), "a table is left")

    text = project.run("status", "--check", status=3)
    common.require("dirty" not in text, text)
    project.run("up", status=1)
    project.write({"2_second.sql": form.format("")})
    project.run("up")
    project.run("status", "--check")
    common.require(project.database.run("SELECT count(*) FROM first") == "1", "not executed once")


def late_lower_version_silently_skipped(project):
    """A branch that was merged late brings an older number than what is applied."""
    project.write({"1_a.sql": "CREATE TABLE a (n int);\n",
                   "3_c.sql": "CREATE TABLE c (n int);\nINSERT INTO a VALUES (3);\n"})
    project.run("up")
    project.write({"2_b.sql": "ALTER TABLE a ADD COLUMN late int;\n"})

    text = project.run("up", status=6)
    common.require(re.search(r"\b2 b\b", text) and "--out-of-order" in text, text)
    text = project.run("status", "--check", status=3)
    common.require(re.search(r"(?m)^.*\bpending\b.*\b2\b|^.*\b2\b.*\bpending\b", text), text)
    project.run("up", "--out-of-order", "allow")
    project.run("status", "--check")
    project.database.run("SELECT late FROM a")


def lock_left_by_a_killed_process(project):
    """A lock in a table stays when its owner dies, and somebody has to be called to delete it."""
    slow = {"postgres": "SELECT pg_sleep(20);", "mysql": "DO sleep(20);",
            "sqlite": "INSERT INTO a WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c"
                      " WHERE n < 100000000) SELECT count(*) FROM c;"}[project.database.engine]
    project.write({"1_a.sql": "CREATE TABLE a (n int);\n", "2_slow.sql": f"{slow}\n"})
    with project.start("up") as run:
        run.wait_for("applied +1 ")
        time.sleep(0.3)
        common.require(run.is_running(), f"it has ended: {run.text()}")
    # It was killed.
    project.write({"2_slow.sql": "INSERT INTO a VALUES (1);\n"})
    begun = time.monotonic()
    project.run("up", "--lock-wait", "30s")
    common.note(f"the next run ended {time.monotonic() - begun:.1f} s after the kill")
    common.require(project.database.run("SELECT count(*) FROM a") == "1", "not executed once")
    project.run("status", "--check")


def wrong_migration_reverted_because_a_file_is_missing(project):
    """Rolled back to an older checkout: the newest file isn't the newest migration applied."""
    table = "CREATE TABLE {0} (n int);\n-- ===== DOWN =====\nDROP TABLE {0};\n"
    files = {f"{i}_{name}.sql": "-- ===== UP =====\n" + table.format(name)
             for i, name in enumerate(("one", "two", "three"), 1)}
    project.write(files)
    project.write({"4_four.sql": "CREATE TABLE four (n int);\n"})
    project.run("up")
    project.remove("4_four.sql")
    project.remove("3_three.sql")

    # What the newest one has made can't be undone: so nothing is, and least of all another.
    text = project.run("down", status=1)
    common.require("4 four can't be reverted" in text, text)
    for name in ("one", "two", "three", "four"):
        common.require(has_table(project, name), f"{name} is gone: {text}")

    project.write({"4_four.sql": "-- ===== UP =====\n" + table.format("four")})
    project.run("down")
    project.remove("4_four.sql")
    # The file is gone; what it said when it was applied is in the history.
    project.run("down")
    common.require(not has_table(project, "three"), "three is still there")
    common.require(has_table(project, "two"), "two was reverted")


def waiter_deadlocks_a_concurrent_index_build(project):
    """The build waits for all snapshots, and a runner that waits for the lock may have one."""
    project.write({"1_t.sql": "CREATE TABLE t (n int);\n",
                   "2_i.sql": "CREATE INDEX CONCURRENTLY i ON t (n);\n"})
    project.run("up", "1")
    with project.database.client() as reader:
        # The build can't end before this transaction does, so all the others have to wait for it.
        reader.ask("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.ask("SELECT count(*) FROM t")
        runs = [project.start("up", "--lock-timeout", "0") for _ in range(4)]
        try:
            time.sleep(2)
            common.require(all(run.is_running() for run in runs), "somebody did not wait")
            reader.ask("COMMIT")
            begun = time.monotonic()
            for run in runs:
                status = run.finish(20)
                common.require(status == 0, f"one ended with {status}: {run.text()}")
            common.note(f"all ended {time.monotonic() - begun:.1f} s after the transaction")
        finally:
            for run in runs:
                run.kill()
    common.require(index_state(project, "i") == "t", "the index isn't valid")


def invalid_index_hidden_by_if_not_exists(project):
    """A failed build leaves an index that nothing uses, and IF NOT EXISTS is content with it."""
    database = project.database
    build = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (n);\n"
    project.write({"1_t.sql": "CREATE TABLE t (n int);\nINSERT INTO t VALUES (1), (1);\n",
                   "2_i.sql": build})
    project.run("up", status=1)
    common.require(index_state(project, "i") == "", "the failed build's index is left")
    project.run("up", status=1)
    database.run("DELETE FROM t")
    project.run("up")
    common.require(index_state(project, "i") == "t", "the index isn't valid")

    # One that somebody else has left isn't ours to drop; nor is it what was asked for.
    database.run("DROP INDEX i")
    database.run("INSERT INTO t VALUES (1), (1)")
    try:
        database.run("CREATE UNIQUE INDEX CONCURRENTLY j ON t (n)")
    except common.Failure:
        pass
    common.require(index_state(project, "j") == "f", "there is no invalid index to try it with")
    project.write({"3_j.sql": build.replace(" i ", " j ")})
    text = project.run("up", status=1)
    common.require("invalid" in text, text)
    database.run("DELETE FROM t")
    database.run("DROP INDEX j")
    project.run("up")
    common.require(index_state(project, "j") == "t", "the index isn't valid")


def index_left_invalid_by_a_killed_process(project):
    """The same, left by a run that could not clean up: the next one does."""
    project.write({"1_t.sql": "CREATE TABLE t (n int);\n",
                   "2_i.sql": "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (n);\n"})
    project.run("up", "1")
    with project.database.client() as reader:
        reader.ask("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.ask("SELECT count(*) FROM t")
        with project.start("up", "--lock-timeout", "0") as run:
            for _ in range(500):
                if index_state(project, "i") == "f":
                    break
                time.sleep(0.01)
            common.require(index_state(project, "i") == "f", f"no build: {run.text()}")
        # It was killed. The server notices when it looks after its client, or goes to answer.
        time.sleep(3)
        reader.ask("COMMIT")
    project.run("up")
    common.require(index_state(project, "i") == "t", "the index isn't valid")


def half_applied_and_the_retry_fails_differently(project):
    """Each DDL commits by itself: what came before the failure is there when it is tried again."""
    good = "CREATE TABLE one (n int);\nALTER TABLE one ADD COLUMN x int;\n"
    bad = "ALTER TABLE one ADD COLUMN y nonsense;\n"
    last = "CREATE TABLE two (n int);\n"
    project.write({"1_first.sql": good + bad + last})

    first = project.run("up", status=1)
    common.require("1_first.sql:3:" in first and "statements 1 and 2 are committed" in first, first)
    second = project.run("up", status=1)
    common.require("1_first.sql:3:" in second and "already exists" not in second, second)

    # What is done can't be changed any more, and it is shown what was.
    project.write({"1_first.sql": good.replace("x int", "x bigint") + last})
    text = project.run("up", status=6)
    common.require("1 and 2 are done already" in text, text)
    common.require(re.search(r"(?m)^\s*-.*x int\b", text)
                   and re.search(r"(?m)^\s*\+.*x bigint", text), text)
    common.require(not has_table(project, "two"), "executed all the same")

    project.write({"1_first.sql": good + bad.replace("nonsense", "int") + last})
    project.run("up")
    project.run("status", "--check")
    common.require(has_table(project, "two"), "not executed to its end")
    project.database.run("SELECT n, x, y FROM one")


DISASTERS = [
    (dirty_after_a_rolled_back_failure, EVERY),
    (late_lower_version_silently_skipped, EVERY),
    (waiter_deadlocks_a_concurrent_index_build, ("postgres", "pgbouncer")),
    (invalid_index_hidden_by_if_not_exists, ("postgres",)),
    (index_left_invalid_by_a_killed_process, ("postgres",)),
    (half_applied_and_the_retry_fails_differently, ("mysql",)),
    (lock_left_by_a_killed_process, EVERY + ("pgbouncer",)),
    (wrong_migration_reverted_because_a_file_is_missing, EVERY),
]


def main():
    program, target = common.arguments()

    def run(disaster):
        def case(scratch):
            with common.Database(target, scratch) as database:
                disaster(common.Project(program, database, scratch / "migrations"))

        return disaster.__name__.replace("_", "-"), case

    return common.tell([run(disaster) for disaster, targets in DISASTERS if target in targets],
                       target)


if __name__ == "__main__":
    sys.exit(main())
