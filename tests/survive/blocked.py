#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A long transaction holds a lock that `migrate up` needs: who is seen, who waits, and for how long.

    blocked.py PROGRAM ENGINE

The blocker is shown within two seconds; a probe, which asks the same table every 50 ms as an
application would, is never queued behind us for longer than lock-timeout; and `up` ends well once
the blocker has ended, by itself or by --terminate-blockers-after. Prints TAP.
"""
import os
import re
import signal
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
import common  # noqa: E402

LOCK_TIMEOUT = {"postgres": "500ms", "mysql": "1s"}  # MySQL's are whole seconds
SLACK = 1.0        # for a machine that is busy with other things
SHOWN_WITHIN = 2.0
BLOCKED_FOR = 5.0  # several tries, and the pauses between them

# What MariaDB has to be told for it to tell who holds a metadata lock, and what he did last.
TELLING = ["performance-schema=ON",
           "performance-schema-instrument=wait/lock/metadata/sql/mdl=ON",
           "performance-schema-consumer-events-statements-current=ON"]


class Probe:
    """Asks a table every 50 ms, and remembers the longest that it had to wait."""

    def __init__(self, database):
        self.client = database.client()
        self.closing = threading.Event()
        self.longest = 0.0
        self.asked = 0
        self.failure = None
        self.thread = threading.Thread(target=self.keep_asking)

    def keep_asking(self):
        try:
            while not self.closing.wait(0.05):
                begun = time.monotonic()
                common.require(self.client.ask("SELECT count(*) FROM item") == ["1"],
                               "the probe was refused")
                self.longest = max(self.longest, time.monotonic() - begun)
                self.asked += 1
        except Exception as failure:  # pylint: disable=broad-except
            self.failure = failure

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self.thread.join()
        self.client.close()


def begin(client, engine):
    """Takes a lock as a report that somebody forgot to commit has it. Returns: who the client is."""
    own = {"postgres": "SELECT pg_backend_pid()", "mysql": "SELECT connection_id()"}[engine]
    pid = client.ask(own)[0]
    client.ask("BEGIN")
    client.ask_last("SELECT n FROM item")
    return pid


def is_connected(database, pid):
    sessions = {"postgres": "pg_stat_activity WHERE pid",
                "mysql": "information_schema.processlist WHERE id"}[database.engine]
    return database.run(f"SELECT count(*) FROM {sessions} = {pid}") != "0"


def seconds(timeout):
    number, unit = re.fullmatch(r"(\d+)(m?s)", timeout).groups()
    return int(number) / (1000 if unit == "ms" else 1)


def prepare(program, engine, database, scratch):
    project = common.Project(program, database, scratch / "migrations")
    database.run("CREATE TABLE item (n int)")
    database.run("INSERT INTO item VALUES (1)")
    project.write({"1_item.sql": "ALTER TABLE item ADD COLUMN note varchar(20);\n"})
    return project


def wait_until_shown(run, wanted):
    """Returns: after how long the blocker was named."""
    took = run.wait_for(wanted, SHOWN_WITHIN + SLACK)
    common.require(took <= SHOWN_WITHIN, f"shown after {took:.2f} s only: {run.text()}")
    return took


def finish(run, blocker, took):
    """Lets the blocker go after a while; the run must have waited for that, and succeed."""
    time.sleep(max(0, BLOCKED_FOR - took))
    common.require(run.is_running(), f"it did not wait: {run.text()}")
    blocker.ask("COMMIT")
    status = run.finish()
    common.require(status == 0, f"up ended with {status}: {run.text()}")


def shown(program, engine, base, timeout, wanted):
    """The table's reader is named, nobody else is held up, and it goes on when he has ended."""
    def case(scratch):
        with common.Database(engine, scratch, base) as database:
            project = prepare(program, engine, database, scratch)
            with database.client() as blocker, Probe(database) as probe:
                pid = begin(blocker, engine)
                with project.start("up", "--lock-timeout", timeout, "--lock-retries", "100") as run:
                    took = wait_until_shown(run, wanted.format(pid=pid))
                    finish(run, blocker, took)
            if probe.failure is not None:
                raise probe.failure
            common.note(f"shown after {took:.2f} s; lock-timeout {timeout}: of {probe.asked} queries "
                        f"of the probe the longest took {probe.longest * 1000:.0f} ms")
            common.require(probe.longest <= seconds(timeout) + SLACK,
                           f"a query was queued for {probe.longest:.2f} s")
            database.run("SELECT note FROM item")

    return case


def terminated(program, engine, base):
    def case(scratch):
        with common.Database(engine, scratch, base) as database:
            project = prepare(program, engine, database, scratch)
            with database.client() as blocker, database.client() as bystander:
                pid = begin(blocker, engine)
                bystander.ask("BEGIN")
                bystander.ask("SELECT 1")
                began = time.monotonic()
                text = project.run("up", "--lock-timeout", LOCK_TIMEOUT[engine],
                                   "--terminate-blockers-after", "2s")
                took = time.monotonic() - began
                common.require(re.search(rf"ended the session .*blocked by {pid}\b", text),
                               f"it isn't told: {text}")
                common.require(took >= 2, f"ended after {took:.2f} s already")
                common.require(not is_connected(database, pid), "the blocker is connected still")
                common.require(bystander.ask("SELECT 1") == ["1"], "it ended who did not block")
            common.note(f"done after {took:.2f} s")
            said = database.run("SELECT message FROM migrate_history_event"
                                " WHERE kind = 'terminated'")
            common.require(re.search(rf"blocked by {pid}\b", said), f"the history says: {said}")
            database.run("SELECT note FROM item")

    return case


def given_up(program, engine, base):
    """After lock-retries it fails, nothing is left, and the next run succeeds."""
    def case(scratch):
        with common.Database(engine, scratch, base) as database:
            project = prepare(program, engine, database, scratch)
            with database.client() as blocker:
                pid = begin(blocker, engine)
                text = project.run("up", "--lock-timeout", LOCK_TIMEOUT[engine], "--lock-retries",
                                   "2", status=1)
                common.require(re.search(rf"blocked by {pid}\b", text), f"nobody is named: {text}")
                blocker.ask("COMMIT")
            project.run("up")
            database.run("SELECT note FROM item")

    return case


def file_locked(program, hold, first):
    """Another process, which is this one, has the file's lock: it is named, and waited for."""
    def case(scratch):
        with common.Database("sqlite", scratch) as database:
            project = prepare(program, "sqlite", database, scratch)
            if not first:
                project.write({"0_before.sql": "CREATE TABLE before (n int);\n"})
                project.run("up", "1")
            with database.client() as blocker:
                for sql in hold:
                    blocker.ask(sql)
                with project.start("up", "--lock-timeout", "500ms", "--lock-retries", "100") as run:
                    took = wait_until_shown(run, rf"blocked by {os.getpid()}\b")
                    finish(run, blocker, took)
            common.note(f"shown after {took:.2f} s")
            database.run("SELECT note FROM item")

    return case


def file_unlocked(program):
    """Who only has the file open blocks nobody."""
    def case(scratch):
        with common.Database("sqlite", scratch) as database:
            project = prepare(program, "sqlite", database, scratch)
            project.write({"2_slow.sql": "CREATE TABLE n AS WITH RECURSIVE c(n) AS (SELECT 1 UNION"
                                         " ALL SELECT n + 1 FROM c WHERE n < 6000000)"
                                         " SELECT count(*) FROM c;\n"})
            with database.client() as neighbour:
                neighbour.ask("SELECT * FROM item")
                text = project.run("up")
            common.require("blocked" not in text, text)

    return case


def file_held(program):
    """A signal ends the wait, also where it is the history that can't be read."""
    def case(scratch):
        with common.Database("sqlite", scratch) as database:
            project = prepare(program, "sqlite", database, scratch)
            with database.client() as blocker:
                blocker.ask("BEGIN EXCLUSIVE")
                for command in ("up", "status"):
                    with project.start(command, "--lock-timeout", "60s") as run:
                        run.wait_for("blocked by")
                        began = time.monotonic()
                        run.process.send_signal(signal.SIGINT)
                        status = run.finish()
                        took = time.monotonic() - began
                        common.require(status == 128 + signal.SIGINT,
                                       f"{command} ended with {status}: {run.text()}")
                        common.require(took < 2, f"{command} ended {took:.2f} s after SIGINT")

    return case


def history_locked(program, base):
    """A backup locks the history while a statement runs that can't be repeated: it isn't."""
    def case(scratch):
        with common.Database("mysql", scratch, base) as database:
            project = common.Project(program, database, scratch / "migrations")
            project.write({"1_make.sql": """CREATE TABLE counter (n int);
INSERT INTO counter VALUES (0);
DELIMITER //
CREATE PROCEDURE count_up() BEGIN UPDATE counter SET n = n + 1; DO sleep(1.5); END//
DELIMITER ;
"""})
            project.run("up")
            project.write({"2_call.sql": "CALL count_up();\n"})
            with database.client() as backup, \
                    project.start("up", "--lock-timeout", "1s", "--lock-retries", "5") as run:
                while database.run("SELECT n FROM counter") == "0":
                    time.sleep(0.05)
                backup.ask("LOCK TABLES migrate_history READ, migrate_history_event READ")
                run.wait_for("writing it again")
                backup.ask("UNLOCK TABLES")
                status = run.finish()
                common.require(status == 0, f"up ended with {status}: {run.text()}")
            common.require(database.run("SELECT n FROM counter") == "1", "executed twice")
            project.run("status", "--check")

    return case


def test_files(program):
    return common.tell([
        ("a-writer-of-the-file-is-shown-and-waited-for",
         file_locked(program, ["BEGIN IMMEDIATE"], first=True)),
        ("a-writer-of-the-file-is-shown-when-there-is-a-history",
         file_locked(program, ["BEGIN IMMEDIATE"], first=False)),
        ("a-reader-who-holds-up-the-commit-is-shown-and-waited-for",
         file_locked(program, ["BEGIN", "SELECT * FROM item"], first=False)),
        ("who-only-has-the-file-open-is-not-named", file_unlocked(program)),
        ("a-signal-ends-the-wait-for-a-locked-file", file_held(program)),
    ], "sqlite")


def test_server(program, engine, base):
    timeout = LOCK_TIMEOUT[engine]
    cases = [
        ("a-blocker-is-shown-and-nobody-is-queued-for-longer",
         shown(program, engine, base, timeout,
               r"blocked by {pid}\b.*(idle in transaction|Sleep).*: SELECT n FROM item")),
        ("a-blocker-is-ended-where-that-is-wanted-and-recorded", terminated(program, engine, base)),
        ("after-lock-retries-it-is-given-up-and-nothing-is-left", given_up(program, engine, base)),
    ]
    if engine == "postgres":
        cases.append(("a-blocker-is-shown-however-short-the-lock-timeout",
                      shown(program, engine, base, "100ms", r"blocked by {pid}\b.*: SELECT n")))
    else:
        cases.append(("a-statement-is-not-repeated-because-the-history-is-locked",
                      history_locked(program, base)))
        # The shared server is as MariaDB is unless it is told otherwise: it doesn't tell.
        cases.append(("where-the-server-does-not-tell-it-is-said-who-it-may-be",
                      shown(program, engine, None, timeout, r"blocked by .*perhaps connection {pid}\b")))
    return common.tell(cases, engine)


def main():
    program, engine = common.arguments()
    if engine == "sqlite":
        return test_files(program)
    if engine == "postgres" or common.is_missing(engine):
        return test_server(program, engine, None)
    with tempfile.TemporaryDirectory(prefix="migrate-survive.") as scratch:
        os.chmod(scratch, 0o711)
        with common.Server(engine, f"{scratch}/server", TELLING) as server:
            return test_server(program, engine, server.url())


if __name__ == "__main__":
    sys.exit(main())
