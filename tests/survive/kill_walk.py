#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kills `migrate up` at random moments, again and again, until the work is done all the same.

    kill_walk.py PROGRAM ENGINE

The history has statements outside a transaction and a data change that isn't idempotent: a counter,
which must end exactly right. Nothing may be lost or doubled, no index may be left invalid, and no hand
is needed: whatever was being executed, journal and catalog settle it. MIGRATE_KILLS (200) says how
often at least. Prints TAP.
"""
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

ROUNDS = 6
LIMIT = 400  # starts of the program for one database: far more than any should need


class Engine:
    """A database of our own, made anew for each walk."""

    def __init__(self, name, scratch):
        self.name = name
        self.scratch = scratch
        self.database = f"migrate_kill_{os.getpid()}"
        self.base = os.environ.get({"postgres": "MIGRATE_TEST_POSTGRES",
                                    "mysql": "MIGRATE_TEST_MYSQL"}.get(name, ""), "")

    def missing(self):
        return self.name != "sqlite" and not self.base

    def url(self):
        if self.name == "sqlite":
            return f"sqlite:{self.scratch}/walk.db"
        return re.sub(r"^(\w+://[^/]*/)[^?]*", rf"\g<1>{self.database}", self.base)

    def client(self, database):
        if self.name == "sqlite":
            return ["sqlite3", "-batch", f"{self.scratch}/walk.db"]
        if self.name == "postgres":
            return ["psql", "-X", "-q", "-A", "-t", "-d",
                    self.url() if database else self.base, "-c"]
        parts = urllib.parse.urlsplit(self.base)
        socket = urllib.parse.parse_qs(parts.query)["socket"][0]
        command = [shutil.which("mariadb") or "mysql", "-N", f"--user={parts.username}",
                   f"--socket={socket}"]
        return command + ([f"--database={self.database}"] if database else []) + ["-e"]

    def run(self, sql, database=True):
        done = subprocess.run([*self.client(database), sql], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{sql}: {done.stderr}")
        return done.stdout.strip()

    def drop(self):
        if self.name == "sqlite":
            for suffix in ("", "-journal", "-wal", "-shm"):
                pathlib.Path(f"{self.scratch}/walk.db{suffix}").unlink(missing_ok=True)
        elif self.name == "postgres":
            self.run(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)", database=False)
        else:
            self.run(f"DROP DATABASE IF EXISTS {self.database}", database=False)

    def create(self):
        self.drop()
        if self.name != "sqlite":
            self.run(f"CREATE DATABASE {self.database}", database=False)


def write_migrations(directory, engine):
    concurrently = "CONCURRENTLY " if engine == "postgres" else ""
    slow = {"postgres": "SELECT pg_sleep(0.02);", "mysql": "DO sleep(0.02);",
            "sqlite": "SELECT 1;"}[engine]
    directory.mkdir()
    (directory / "1_counter.sql").write_text(
        "CREATE TABLE counter (n int);\nINSERT INTO counter VALUES (0);\n")
    for i in range(2, ROUNDS + 2):
        alone = "VACUUM;" if engine != "mysql" else f"ALTER TABLE t{i} ADD COLUMN y int;"
        (directory / f"{i}_step.sql").write_text(
            f"UPDATE counter SET n = n + 1;\nCREATE TABLE t{i} (id int, x int);\n{slow}\n"
            f"INSERT INTO t{i} VALUES (1, 1);\nCREATE INDEX {concurrently}i{i} ON t{i} (x);\n"
            f"UPDATE counter SET n = n + 1;\n{alone}\n")


def walk(program, engine, directory, chance):
    """One database from empty to done. Returns: how many kills that took, and what went wrong."""
    kills = 0
    command = [program, "-d", engine.url(), "-m", str(directory), "-q"]
    engine.create()
    for _ in range(LIMIT):
        process = subprocess.Popen([*command, "up"], stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True)
        try:
            output, _ = process.communicate(timeout=chance.uniform(0.002, 0.25))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
            continue
        if process.returncode == 0:
            break
        return kills, f"up ended with {process.returncode}: {output}"
    else:
        return kills, "it is never done"

    expected = str(2 * ROUNDS)
    counted = engine.run("SELECT n FROM counter")
    if counted != expected:
        return kills, f"the counter is {counted}, not {expected}"
    if engine.name == "postgres":
        invalid = engine.run("SELECT count(*) FROM pg_index WHERE NOT indisvalid")
        if invalid != "0":
            return kills, f"{invalid} indexes are invalid"
    check = subprocess.run([*command, "status", "--check"], capture_output=True, text=True)
    if check.returncode != 0:
        return kills, f"status --check ended with {check.returncode}: {check.stdout}{check.stderr}"
    return kills, None


def main():
    program, name = sys.argv[1:3]
    wanted = int(os.environ.get("MIGRATE_KILLS", "200"))
    seed = int(os.environ.get("MIGRATE_SEED", random.SystemRandom().randrange(1 << 32)))
    title = f"killed-{wanted}-times-nothing-is-lost-or-doubled/{name}"
    chance = random.Random(seed)
    kills, wrong = 0, None

    print("1..1")
    with tempfile.TemporaryDirectory(prefix="migrate-kill.") as scratch:
        engine = Engine(name, scratch)
        if engine.missing():
            required = name in os.environ.get("MIGRATE_TEST_REQUIRE", "").split(",")
            print(f"not ok 1 {title}: no server" if required else f"ok 1 {title} # SKIP no server")
            return required
        directory = pathlib.Path(scratch) / "migrations"
        write_migrations(directory, name)
        try:
            while kills < wanted and wrong is None:
                more, wrong = walk(program, engine, directory, chance)
                kills += more
        finally:
            engine.drop()
    print(f"# {kills} kills, MIGRATE_SEED={seed}")
    if wrong is not None:
        print("\n".join(f"# {line}" for line in wrong.splitlines()))
    print(f"{'ok' if wrong is None else 'not ok'} 1 {title}")
    return wrong is not None


if __name__ == "__main__":
    sys.exit(main())
