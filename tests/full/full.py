#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs out of room, at the client and at the server, and loses nothing by it.

    full.py PROGRAM sqlite|postgres|mysql

At the client: a log that can't be written, a reader that has gone, streams that are closed, a terminal
that hangs up. What is done is done, and the exit status tells of what could not be. At the server: the
error has the database's words, the history is right, and once there is room the next run ends well.
Prints TAP.
"""
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

from database import Database, Skip, small_disk

PROGRAM = os.path.abspath(sys.argv[1])
TIMEOUT_S = 60
ROWS = {"sqlite": "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {n}) "
                  "SELECT i, hex(zeroblob(500)) FROM n",
        "postgres": "SELECT i, repeat('x', 1000) FROM generate_series(1, {n}) AS i",
        "mysql": "SELECT seq, repeat('x', 1000) FROM seq_1_to_{n}"}


class Test:
    def __init__(self, scratch, database):
        self.scratch = pathlib.Path(scratch)
        self.database = database
        self.engine = database.engine

    def migrations(self, *texts):
        """Writes migrations 1, 2, 3, … in place of those that are there."""
        folder = self.scratch / "m"
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        for number, text in enumerate(texts, 1):
            (folder / f"{number}_m.sql").write_text(text, "utf-8")

    def command(self, *arguments):
        return [PROGRAM, "-d", self.database.url(), "-m", "m", *arguments]

    def start(self, *arguments, **more):
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith("MIGRATE_") or name == "MIGRATE_DRIVER_PATH"}
        environment["MIGRATE_LINT"] = "off"
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
                   "stderr": subprocess.PIPE} | more
        return subprocess.Popen(self.command(*arguments), cwd=self.scratch, env=environment,
                                **streams)

    def run(self, *arguments, **more):
        process = self.start(*arguments, **more)
        out, err = process.communicate(timeout=TIMEOUT_S)
        return process.returncode, ((out or b"") + (err or b"")).decode("utf-8", "replace")

    def wants(self, status, *arguments, words=(), **more):
        got, output = self.run(*arguments, **more)
        assert got == status, f"{' '.join(arguments)}: ended with {got}, not {status}: {output}"
        for word in words:
            assert word in output, f"{' '.join(arguments)}: does not say {word!r}: {output}"
        return output

    def has(self, *tables):
        """The database has these tables, and the history says that all is as it should be."""
        got = self.database.tables()
        assert got == sorted(tables), f"the tables are {got}, not {sorted(tables)}"

    def finishes(self, *tables):
        self.wants(0, "up")
        self.wants(0, "status", "--check")
        self.has(*tables)


def simple(table):
    return (f"-- ===== UP =====\nCREATE TABLE {table} (id int);\n-- ===== DOWN =====\n"
            f"DROP TABLE {table};\n-- ===== VERIFY =====\nSELECT 1;\n")


# Each with the tables that there are afterwards; all of them have something to say.
COMMANDS = [
    ("status", ""), ("plan", ""), ("script", ""), ("up 1", "a"), ("up", "a b"), ("up", "a b"),
    ("status", "a b"), ("verify", "a b"), ("redo", "a b"), ("down", "a"), ("goto 2", "a b"),
    ("plan --down 1", "a b"), ("script --down 1", "a b"), ("repair 2 --reverted", "a b"),
    ("baseline 2", "a b"), ("wait", "a b"), ("help up", "a b"), ("completion bash", "a b"),
    ("--version", "a b"), ("new thing", "a b"), ("init", "a b"),
]


def check_output_lost(test, stderr_too, format_):
    """Every command writes to a full disk."""
    for command, tables in COMMANDS:
        with open("/dev/full", "wb") as full:
            streams = {"stdout": full} | ({"stderr": full} if stderr_too else {})
            arguments = [command] if command == "--version" else \
                ["--format", format_, *command.split()]
            words = () if stderr_too else ("standard output could not be written",)
            test.wants(1, *arguments, words=words, **streams)
        test.has(*tables.split())
    # What `new` wrote is there, whole, though it could not be told.
    for path in (test.scratch / "m").glob("*thing*"):
        assert "UP" in path.read_text("utf-8"), f"{path} is not whole"
        path.unlink()
    (test.scratch / "migrate.conf").unlink()
    test.wants(0, "status", "--check")


def output_lost(stderr_too, format_):
    def check(test):
        test.migrations(simple("a"), simple("b"))
        check_output_lost(test, stderr_too, format_)
    return check


def check_log_lost(test):
    """Only standard error can't be written."""
    test.migrations(simple("a"), "CREATE TABEL b (id int);")
    with open("/dev/full", "wb") as full:
        test.wants(1, "up", stderr=full)
        test.wants(1, "-v", "status", stderr=full)
    test.has("a")
    test.migrations(simple("a"), simple("b"))
    test.finishes("a", "b")


def limit_files(size):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    return limit


def check_log_limit(test):
    """A log that may not grow any more (ulimit -f)."""
    if test.engine == "sqlite":
        raise Skip("the limit is the database's, too: see file-size-limit")
    test.migrations(*(simple(f"t{i:03}") for i in range(60)))
    with open(test.scratch / "log", "wb") as log:
        test.wants(1, "up", stdout=log, stderr=log, preexec_fn=limit_files(1000))
    test.wants(0, "status", "--check")
    test.has(*(f"t{i:03}" for i in range(60)))


def check_reader_gone(test):
    """`migrate up 2>&1 | head -1`, with a reader that has gone before anything was written."""
    test.migrations(*(simple(f"t{i:03}") for i in range(20)))
    for arguments in (("up", "5"), ("-v", "up", "5"), ("--format", "json", "up", "5"), ("up",)):
        reader, writer = os.pipe()
        os.close(reader)
        test.wants(0, *arguments, stdout=writer, stderr=writer)
        os.close(writer)
    test.wants(0, "status", "--check")


def check_streams_closed(test):
    """What is opened next must not take the place of standard output."""
    for closed in ((1,), (2,), (0, 1), (0, 1, 2)):
        test.database.empty()
        test.migrations(simple("a"), simple("b"))

        def close(closed=closed):
            for fd in closed:
                os.close(fd)
        for command in ("up 1", "up", "status", "verify", "redo"):
            status = 1 if 1 in closed else 0
            test.wants(status, *command.split(), preexec_fn=close)
        test.wants(0, "status", "--check")
        test.has("a", "b")


SLOW = {"sqlite": "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                  "SELECT count(*) FROM n;",
        "postgres": "SELECT pg_sleep(30);",
        "mysql": "SELECT sleep(30) FROM information_schema.schemata;"}


def start_slow(test, **more):
    """A run that is in the middle of its second migration when this returns."""
    test.migrations(simple("a"), f"CREATE TABLE b (id int);\n{SLOW[test.engine]}\n")
    process = test.start("up", **more)
    deadline = time.monotonic() + TIMEOUT_S
    while b"applied" not in process.stdout.readline():
        assert time.monotonic() < deadline and process.poll() is None, "up does not begin"
    time.sleep(0.2)
    return process


def check_hangup(test):
    """The terminal is closed: SIGHUP, and nothing to write to."""
    process = start_slow(test)
    process.stdout.close()
    process.stderr.close()
    begun = time.monotonic()
    process.send_signal(signal.SIGHUP)
    status = process.wait(TIMEOUT_S)
    took = time.monotonic() - begun
    assert status == 128 + signal.SIGHUP, f"ended with {status}"
    assert took < 2, f"it took {took:.1f} s"
    test.has(*("a", "b") if test.engine == "mysql" else ("a",))
    test.migrations(simple("a"), "CREATE TABLE b (id int);\nSELECT 1;\n")
    test.finishes("a", "b")


def check_nohup(test):
    """nohup(1) ignores SIGHUP, and so do we."""
    pause = SLOW[test.engine].replace("30", "1").replace("FROM n)", "FROM n WHERE i < 300000)")
    test.migrations(simple("a"), f"CREATE TABLE b (id int);\n{pause}\n")
    process = test.start("up", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    time.sleep(0.3)
    process.send_signal(signal.SIGHUP)
    out, err = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 0, f"{process.returncode}: {out}{err}"
    test.finishes("a", "b")


def fill(test, n, where=""):
    """A migration that needs room for so many rows of a thousand bytes."""
    rows = ROWS[test.engine].format(n=n)
    return f"CREATE TABLE big (id int, x varchar(2000)) {where};\nINSERT INTO big {rows};\n"


def check_file_limit(test):
    """SQLite under ulimit -f: what everybody may set, and what a full disk looks like to it."""
    test.migrations(simple("a"), fill(test, 2000), simple("c"))
    output = test.wants(1, "up", words=("m/2_m.sql", "make room", "rolled back"),
                        preexec_fn=limit_files(300_000))
    assert "disk I/O error" in output or "full" in output, output
    test.has("a")
    status = test.wants(0, "status", words=("1 applied, 2 pending",))
    assert "in doubt" not in status, status
    assert test.database.ask("PRAGMA integrity_check;") == "ok"
    test.finishes("a", "big", "c")


def check_sqlite_disk(test):
    with small_disk("400k") as disk:
        path = test.database.path
        test.database.path = pathlib.Path(disk.path) / "test.db"
        try:
            test.migrations(simple("a"), fill(test, 2000), simple("c"))
            test.wants(1, "up", words=("database or disk is full", "m/2_m.sql", "make room",
                                       "rolled back"))
            test.has("a")
            test.wants(0, "status", words=("1 applied, 2 pending",))
            disk.grow("20m")
            assert test.database.ask("PRAGMA integrity_check;") == "ok"
            test.finishes("a", "big", "c")
        finally:
            test.database.path = path


def check_sqlite_no_room_at_all(test):
    """Not even the history has room."""
    with small_disk("8k") as disk:
        path = test.database.path
        test.database.path = pathlib.Path(disk.path) / "test.db"
        try:
            test.migrations(simple("a"))
            test.wants(1, "up", words=("database or disk is full",))
            disk.grow("1m")
            test.finishes("a")
        finally:
            test.database.path = path


def check_postgres_disk(test):
    space = f"migrate_full_{os.getpid()}"
    with small_disk("2m", test.database.account()) as disk:
        test.database.ask(f"CREATE TABLESPACE {space} LOCATION '{disk.path}';")
        try:
            test.migrations(simple("a"), fill(test, 5000, f"TABLESPACE {space}"), simple("c"))
            test.wants(1, "up", words=("No space left on device", "53100", "m/2_m.sql:2:",
                                       "make room", "rolled back"))
            test.has("a")
            test.wants(0, "status", words=("1 applied, 2 pending", "No space left"))
            disk.grow("64m")
            test.finishes("a", "big", "c")
        finally:
            test.database.drop()
            test.database.ask(f"DROP TABLESPACE {space};", ours=False)


def check_postgres_limit(test):
    """What everybody's server can do: a limit to temporary files, which a sort runs into."""
    name = test.database.name
    test.database.ask(f"ALTER DATABASE {name} SET temp_file_limit = '100kB';\n"
                      f"ALTER DATABASE {name} SET work_mem = '64kB';")
    test.migrations(simple("a"), f"CREATE TABLE big AS {ROWS['postgres'].format(n=5000)} "
                    "ORDER BY 2, 1 DESC;\n", simple("c"))
    test.wants(1, "up", words=("temporary file size exceeds temp_file_limit", "53400",
                               "m/2_m.sql:1:1", "rolled back"))
    test.has("a")
    test.wants(0, "status", words=("1 applied, 2 pending",))
    test.database.ask(f"ALTER DATABASE {name} RESET temp_file_limit;")
    test.finishes("a", "big", "c")


def check_mysql_limit(test):
    """A table in memory that may not grow. (A disk that is full ends MariaDB 10.11: InnoDB can't roll
    back, and aborts the server.)"""
    if test.database.ask("SELECT @@version LIKE '%MariaDB%';") != "1":
        raise Skip("a statement on a table in memory is not undone when it fails")
    before = test.database.ask("SELECT @@global.max_heap_table_size;")
    test.database.ask("SET GLOBAL max_heap_table_size = 1048576;")
    try:
        test.migrations(simple("a"), fill(test, 3000, "ENGINE = MEMORY"), simple("c"))
        test.wants(1, "up", words=("is full", "1114", "m/2_m.sql:2:1", "statement 1 is committed"))
        test.has("a", "big")
        # MEMORY knows no transactions, so that some rows stay: the file's author undoes that.
        test.database.ask("DROP TABLE big; SET max_heap_table_size = 67108864;"
                          "CREATE TABLE big (id int, x varchar(2000)) ENGINE = MEMORY;")
        test.finishes("a", "big", "c")
    finally:
        test.database.ask(f"SET GLOBAL max_heap_table_size = {before};")


CHECKS = [
    ("standard-output-is-full/text", output_lost(False, "text"), None),
    ("standard-output-is-full/json", output_lost(False, "json"), None),
    ("both-streams-are-full/text", output_lost(True, "text"), None),
    ("both-streams-are-full/json", output_lost(True, "json"), None),
    ("standard-error-is-full", check_log_lost, None),
    ("a-log-that-may-not-grow", check_log_limit, None),
    ("the-reader-has-gone", check_reader_gone, None),
    ("streams-are-closed", check_streams_closed, None),
    ("the-terminal-hangs-up", check_hangup, None),
    ("nohup", check_nohup, None),
    ("file-size-limit", check_file_limit, "sqlite"),
    ("disk-is-full", check_sqlite_disk, "sqlite"),
    ("no-room-at-all", check_sqlite_no_room_at_all, "sqlite"),
    ("tablespace-is-full", check_postgres_disk, "postgres"),
    ("temp-file-limit", check_postgres_limit, "postgres"),
    ("table-is-full", check_mysql_limit, "mysql"),
]


def tell(test):
    failed = False
    checks = [(name, check) for name, check, only in CHECKS if only in (None, test.engine)]
    print(f"TAP version 13\n1..{len(checks)}")
    for number, (name, check) in enumerate(checks, 1):
        title = f"{number} /full/{test.engine}/{name}"
        try:
            test.database.empty()
            check(test)
            print(f"ok {title}", flush=True)
        except Skip as reason:
            print(f"ok {title} # SKIP {reason}", flush=True)
        except (AssertionError, OSError, RuntimeError, subprocess.SubprocessError) as failure:
            failed = True
            print(f"not ok {title}")
            print("\n".join("# " + line for line in str(failure).splitlines()), flush=True)
    return failed


def main():
    engine = sys.argv[2]
    with tempfile.TemporaryDirectory(prefix="migrate-full.") as scratch:
        database = Database(engine, scratch)
        if not database.there:
            required = engine in os.environ.get("MIGRATE_TEST_REQUIRE", "").split(",")
            print(f"1..1\nnot ok 1 {engine}" if required else f"1..0 # SKIP no server: {engine}")
            return required
        try:
            return tell(Test(scratch, database))
        finally:
            database.drop()


if __name__ == "__main__":
    sys.exit(main())
