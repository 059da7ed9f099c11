#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Ten `migrate up` at once, on a database that has nothing yet: one does the work.

    ten_runners.py PROGRAM TARGET

All end well, each statement is executed once, and on PostgreSQL nobody who waits keeps a concurrent
index build from ending. MIGRATE_ROUNDS (5) says how often. Prints TAP.
"""
import contextlib
import sys
import time

sys.dont_write_bytecode = True
import common  # noqa: E402
import counter  # noqa: E402

RUNNERS = 10


def race(project):
    """Returns: how many of them did something, and how long it took until all had ended."""
    begun = time.monotonic()
    with contextlib.ExitStack() as stack:
        runs = [stack.enter_context(project.start("up")) for _ in range(RUNNERS)]
        ended = [run.finish(2 * common.PATIENCE) for run in runs]
        for status, run in zip(ended, runs):
            common.require(status == 0, f"one ended with {status}: {run.text()}")
        workers = sum("applied  " in run.text() for run in runs)
    return workers, time.monotonic() - begun


def main():
    program, target = common.arguments()
    rounds = common.number("MIGRATE_ROUNDS", 5)

    def case(scratch):
        times = []
        for _ in range(rounds):
            with common.Database(target, scratch) as database:
                project = common.Project(program, database, scratch / "migrations")
                counter.write(project)
                workers, took = race(project)
                times.append(f"{took:.1f}")
                counter.check(project)
                common.require(workers == 1, f"{workers} of them applied something")
        common.note(f"{rounds} rounds of {RUNNERS} runners, in seconds: {', '.join(times)}")

    return common.tell([("ten-runners-at-once-each-statement-once", case)], target)


if __name__ == "__main__":
    sys.exit(main())
