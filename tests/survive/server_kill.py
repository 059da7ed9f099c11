#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kills the server, or restarts it, at random moments of `migrate up`.

    server_kill.py PROGRAM ENGINE

Where the server comes back in time, the run itself goes on and ends well; where it doesn't, or came
too late to be connected to at all, the next `up` finishes. Nothing may be lost or doubled.
MIGRATE_SERVER_KILLS (10) and MIGRATE_SERVER_RESTARTS (2) say how often at least. Prints TAP.
"""
import random
import subprocess
import sys
import time

sys.dont_write_bytecode = True
import common  # noqa: E402
import counter  # noqa: E402

LIMIT = 100  # runs for one database: far more than any should need
MOST = 2     # how often the server dies under one run


class Outcomes:
    """How often what happened."""

    def __init__(self):
        self.kills = 0
        self.went_on = 0
        self.next_run = 0
        self.unreachable = 0

    def __str__(self):
        return (f"{self.kills} kills; disturbed runs: {self.went_on} went on by themselves, "
                f"{self.next_run} were finished by the next; {self.unreachable} had not connected")


def has_ended(run, seconds):
    try:
        run.process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        return False


def disturb(server, run, chance, took, outcomes):
    """Returns: how often the server was killed during the run."""
    for kills in range(MOST):
        if has_ended(run, chance.uniform(0, took)):
            return kills
        server.kill()
        outcomes.kills += 1
        server.start()
    return MOST


def walk(server, project, chance, took, outcomes):
    """One database from empty to done."""
    for _ in range(LIMIT):
        reconnect = chance.choice(["60s", "60s", "0"])
        with project.start("up", "--reconnect", reconnect) as run:
            kills = disturb(server, run, chance, took, outcomes)
            status = run.finish()
            text = run.text()
        if status == 0:
            outcomes.went_on += kills > 0
            counter.check(project)
            return
        common.require(status == 8 and kills > 0,
                       f"up ended with {status} after {kills} kills: {text}")
        # With the server back, only a run that had never been connected may give up.
        unreachable = "migrate status -v" in text
        common.require(reconnect == "0" or unreachable, f"it did not connect again: {text}")
        if unreachable:
            outcomes.unreachable += 1
        else:
            outcomes.next_run += 1
    raise common.Failure("it is never done")


def measure(program, engine, server, scratch):
    """Returns: how long a run takes that nobody disturbs."""
    with common.Database(engine, scratch, server.url()) as database:
        project = common.Project(program, database, scratch / "measured")
        counter.write(project)
        begun = time.monotonic()
        project.run("up")
        return time.monotonic() - begun


def killed(program, engine, wanted, seed):
    def case(scratch):
        chance = random.Random(seed)
        outcomes = Outcomes()
        with common.Server(engine, scratch / "server") as server:
            took = measure(program, engine, server, scratch)
            try:
                while outcomes.kills < wanted:
                    with common.Database(engine, scratch, server.url()) as database:
                        project = common.Project(program, database, scratch / "migrations")
                        counter.write(project)
                        walk(server, project, chance, took, outcomes)
            finally:
                common.note(f"{outcomes}; MIGRATE_SEED={seed}")

    return f"server-killed-{wanted}-times-nothing-is-lost-or-doubled", case


def restarted(program, engine, wanted, seed):
    def case(scratch):
        chance = random.Random(seed)
        with common.Server(engine, scratch / "server") as server:
            took = measure(program, engine, server, scratch)
            restarts = 0
            while restarts < wanted:
                with common.Database(engine, scratch, server.url()) as database:
                    project = common.Project(program, database, scratch / "migrations")
                    counter.write(project)
                    with project.start("up") as run:
                        run.wait_for("applied +1 ")
                        if not has_ended(run, chance.uniform(0, took / 2)):
                            server.restart()
                            restarts += 1
                        status = run.finish()
                        common.require(status == 0, f"up ended with {status}: {run.text()}")
                    counter.check(project)
        common.note(f"{restarts} restarts, MIGRATE_SEED={seed}")

    return "server-restarted-during-up-which-ends-well", case


def crashing(program, engine):
    """A statement that brings the server down does so each time."""
    def case(scratch):
        with common.Server(engine, scratch / "server") as server, \
                common.Database(engine, scratch, server.url()) as database:
            project = common.Project(program, database, scratch / "migrations")
            project.write({"1_first.sql": "CREATE TABLE first (n int);\n",
                           "2_crash.sql": "CREATE TABLE second (n int);\n"
                                          "COPY (SELECT 1) TO PROGRAM 'kill -KILL $PPID';\n"})
            text = project.run("up", status=8)
            common.require("lost 3 times at the same place" in text, text)
            project.run("wait")
            project.run("status", "--check", status=3)
            found = database.run("SELECT to_regclass('first'), to_regclass('second')")
            common.require(found == "first|", f"there is {found}")

    return "a-statement-that-kills-the-server-is-given-up", case


def main():
    program, engine = common.arguments()
    kills = common.number("MIGRATE_SERVER_KILLS", 10)
    restarts = common.number("MIGRATE_SERVER_RESTARTS", 2)
    seed = common.number("MIGRATE_SEED", random.SystemRandom().randrange(1 << 32))

    cases = [killed(program, engine, kills, seed), restarted(program, engine, restarts, seed)]
    if engine == "postgres":
        cases.append(crashing(program, engine))
    return common.tell(cases, engine)


if __name__ == "__main__":
    sys.exit(main())
