#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kills `migrate up` at random moments, again and again, until the work is done all the same.

    kill_walk.py PROGRAM ENGINE

The history has statements outside a transaction and a data change that isn't idempotent: a counter,
which must end exactly right. Nothing may be lost or doubled, no index may be left invalid, and no hand
is needed: whatever was being executed, journal and catalog settle it. MIGRATE_KILLS (200) says how
often at least. Prints TAP.
"""
import random
import subprocess
import sys

sys.dont_write_bytecode = True
import common  # noqa: E402
import counter  # noqa: E402

LIMIT = 400  # starts of the program for one database: far more than any should need


def walk(project, chance):
    """One database from empty to done. Returns: how many kills that took."""
    kills = 0
    for _ in range(LIMIT):
        with project.start("up", "-q") as run:
            try:
                status = run.process.wait(chance.uniform(0.002, 0.25))
            except subprocess.TimeoutExpired:
                run.process.kill()
                kills += 1
                continue
            common.require(status == 0, f"up ended with {status}: {run.text()}")
            counter.check(project)
            return kills
    raise common.Failure("it is never done")


def main():
    program, target = common.arguments()
    wanted = common.number("MIGRATE_KILLS", 200)
    seed = common.number("MIGRATE_SEED", random.SystemRandom().randrange(1 << 32))

    def case(scratch):
        chance = random.Random(seed)
        kills = 0
        try:
            while kills < wanted:
                with common.Database(target, scratch) as database:
                    project = common.Project(program, database, scratch / "migrations")
                    counter.write(project)
                    kills += walk(project, chance)
        finally:
            common.note(f"{kills} kills, MIGRATE_SEED={seed}")

    return common.tell([(f"killed-{wanted}-times-nothing-is-lost-or-doubled", case)], target)


if __name__ == "__main__":
    sys.exit(main())
