#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the program on the cases beside this file and compares what it says: see README.md.

    run.py PROGRAM VERSION [CASE...]

Prints TAP. MIGRATE_BLESS=1 writes what came as what is expected; read the diff.
"""
import concurrent.futures
import datetime
import difflib
import os
import pathlib
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.parse
import uuid

CASES = pathlib.Path(__file__).resolve().parent / "cases"
EXPECTED = ("stdout", "stderr", "status")
TIMEOUT_S = 120
BLESS = os.environ.get("MIGRATE_BLESS", "") not in ("", "0")


class Skip(Exception):
    pass


class Failure(Exception):
    pass


def client_command(url):
    """The engine's own client connected to a database, and what it needs in the environment."""
    if url.startswith("sqlite:"):
        return ["sqlite3", "-bail", "-batch", url.removeprefix("sqlite:")], {}
    parts = urllib.parse.urlsplit(url)
    if parts.scheme.startswith("postgres"):
        return ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", url], {}
    command, environment = [shutil.which("mariadb") or "mysql", "-N"], {}
    parameters = urllib.parse.parse_qs(parts.query)
    if parts.username:
        command.append("--user=" + urllib.parse.unquote(parts.username))
    if parts.password:
        environment["MYSQL_PWD"] = urllib.parse.unquote(parts.password)
    if "socket" in parameters:
        command.append("--socket=" + parameters["socket"][0])
    elif parts.hostname:
        command += ["--protocol=tcp", "--host=" + parts.hostname, f"--port={parts.port or 3306}"]
    if parts.path.strip("/"):
        command.append("--database=" + parts.path.strip("/"))
    return command, environment


def client(url, sql):
    """Runs one statement on a server with its own client."""
    command, environment = client_command(url)
    done = subprocess.run(command, input=sql, env=os.environ | environment, capture_output=True,
                          text=True, timeout=TIMEOUT_S)
    if done.returncode != 0:
        raise Failure(f"{command[0]}: {done.stderr}")


class Database:
    """A fresh database for one case; `engine` None: the case needs none."""

    def __init__(self, engine, scratch):
        # "postgres-tcp" is the same server by another way, with a password; "pgbouncer" is
        # PostgreSQL behind a proxy that shares its sessions.
        kind = engine.split("-")[0] if engine is not None else None
        self.engine = "postgres" if kind == "pgbouncer" else kind
        self.server, self.name, self.url = None, None, None
        if engine is None:
            return
        if engine == "sqlite":
            self.url = f"sqlite:{scratch}/test.db"
            return
        variable = "MIGRATE_TEST_" + engine.upper().replace("-", "_")
        self.server = os.environ.get(variable, "")
        if not self.server:
            required = re.split("[, ]+", os.environ.get("MIGRATE_TEST_REQUIRE", ""))
            raise (Failure if kind in required else Skip)(f"{variable} is not set")
        self.name = "migrate_test_" + uuid.uuid4().hex[:16]
        client(self.server, f"CREATE DATABASE {self.name}")
        scheme, rest = self.server.split("://", 1)
        end = re.search(r"[/?]|$", rest).start()
        query = rest[rest.index("?"):] if "?" in rest else ""
        self.url = f"{scheme}://{rest[:end]}/{self.name}{query}"

    def drop(self):
        if self.name is not None:
            force = " WITH (FORCE)" if self.engine == "postgres" else ""
            client(self.server, f"DROP DATABASE IF EXISTS {self.name}{force}")


def is_now(match):
    """A version of 14 digits that was made while the test ran, and isn't one of its files'."""
    try:
        # `new` counts on from a version that is taken, and so to a second 60.
        minute = datetime.datetime.strptime(match.group(0)[:12], "%Y%m%d%H%M")
        made = minute + datetime.timedelta(seconds=int(match.group(0)[12:]))
    except ValueError:
        return match.group(0)
    age = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) - made
    return "$NOW" if abs(age.total_seconds()) < 86400 else match.group(0)


def mask(text, scratch, database, version):
    """Puts names in place of what differs from run to run; README.md lists them."""
    if database.url is not None:
        hidden = re.sub(r"(://[^:@/]*:)[^@]*@", r"\1***@", database.url)
        for url in (database.url, hidden):
            text = text.replace(url, "$URL")
        if database.name is not None:
            text = text.replace(database.name, "$DATABASE")
    text = text.replace(str(scratch), "$SCRATCH")
    text = re.sub(rf"\bmigrate {re.escape(version)}\b", "migrate $VERSION", text)
    text = text.replace(f'"{version}"', '"$VERSION"')
    text = re.sub(r"\((?:SQLite|PostgreSQL|MySQL|MariaDB) \d+(?:\.\d+)*\)", "($SERVER)", text)
    text = re.sub(r"\byour (?:MySQL|MariaDB) server version\b", "your $SERVER version", text)
    text = re.sub(r"(?<!\d)20\d{12}(?!\d)", is_now, text)
    text = re.sub(r"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?( UTC)?",
                  "$TIME", text)
    text = re.sub(r"\b\d+ h \d+ min\b|\b\d+ min \d+ s\b|\b\d+(\.\d+)? m?s\b", "$DURATION", text)
    text = re.sub(r"\b\d+ MB/s", "$SPEED", text)
    text = re.sub(r'("\w*(?:[dD]uration|[eE]lapsed)\w*": ?)\d+(\.\d+)?', r"\1$DURATION", text)
    text = re.sub(r'("\w*(?:[hH]ost|[uU]ser)": ?)"[^"]*"', r'\1"$WHO"', text)
    text = re.sub(r'("serverVersion": ?)"[^"]*"', r'\1"$SERVER"', text)
    text = re.sub(r"\b([pP]id|process|connection) \d+", r"\1 $PID", text)
    return text.replace(socket.gethostname(), "$HOST") if len(socket.gethostname()) > 3 else text


def environment_of(scratch, database, program):
    keep = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "MIGRATE_DRIVER_PATH", "LLVM_PROFILE_FILE")
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    environment |= {
        # The gate has cases of its own, which ask for it.
        "MIGRATE_LINT": "off",
        "PATH": f"{scratch}/bin:{os.environ.get('PATH', '/usr/bin:/bin')}",
        "HOME": f"{scratch}/home",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        # What GLib calls critical is our bug.
        "G_DEBUG": "fatal-criticals",
        "USER": "tester",
        "BUILD": str(program.parent),
    }
    if database.url is not None:
        environment |= {"URL": database.url, "ENGINE": database.engine}
    return environment


def write_client(path, database):
    """A script `client`, for what a case has to ask or do behind the program's back."""
    if database.url is None:
        return
    command, environment = client_command(database.url)
    settings = [f"{name}={value}" for name, value in environment.items()]
    path.write_text(f'#!/bin/sh\nexec env {shlex.join(settings + command)} "$@"\n', "utf-8")
    path.chmod(0o700)


def expected_file(case, name, engine):
    own = case / f"{name}.{engine}"
    return own if engine is not None and own.exists() else case / name


def read_expected(case, engine):
    values = {}
    for name in EXPECTED:
        path = expected_file(case, name, engine)
        values[name] = path.read_text("utf-8") if path.exists() else ""
    values["status"] = values["status"].strip() or "0"
    return values


def execute(case, scratch, database, program, version):
    work = scratch / "work"
    for folder in ("home", "bin"):
        (scratch / folder).mkdir()
    (scratch / "bin" / "migrate").symlink_to(program)
    write_client(scratch / "bin" / "client", database)
    if (case / "files").is_dir():
        shutil.copytree(case / "files", work, symlinks=True)
    else:
        work.mkdir()
    done = subprocess.run(["bash", "-u", case / "cmd"], cwd=work, stdin=subprocess.DEVNULL,
                          env=environment_of(scratch, database, program), capture_output=True,
                          timeout=TIMEOUT_S)
    return {
        "stdout": mask(done.stdout.decode("utf-8", "backslashreplace"), scratch, database, version),
        "stderr": mask(done.stderr.decode("utf-8", "backslashreplace"), scratch, database, version),
        "status": str(done.returncode),
    }


def bless(case, engine, first, got):
    """What all engines say stands in `stdout`, what only one says in `stdout.ENGINE`."""
    for name in EXPECTED:
        text = "" if name == "status" and got[name] == "0" else got[name]
        text = text + "\n" if name == "status" and text else text
        shared = case / name
        if engine is not None and not first:
            own = case / f"{name}.{engine}"
            same = text == (shared.read_text("utf-8") if shared.exists() else "")
            if same:
                own.unlink(missing_ok=True)
            else:
                own.write_text(text, "utf-8")
        elif text:
            shared.write_text(text, "utf-8")
        else:
            shared.unlink(missing_ok=True)


def difference(name, expected, got):
    lines = difflib.unified_diff(expected.splitlines(), got.splitlines(), f"expected {name}", name,
                                 lineterm="")
    return "\n".join(lines) or f"{name}: they differ in the end of the last line"


def run_case(case, engine, first, program, version):
    """Returns (result, text): "ok", "skip" or "not ok", and why."""
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="migrate-cli-")).resolve()
    database = None
    try:
        database = Database(engine, scratch)
        got = execute(case, scratch, database, program, version)
        if BLESS:
            bless(case, engine, first, got)
            return "ok", ""
        expected = read_expected(case, engine)
        wrong = [difference(n, expected[n], got[n]) for n in EXPECTED if expected[n] != got[n]]
        return ("not ok", "\n".join(wrong)) if wrong else ("ok", "")
    except Skip as reason:
        return "skip", str(reason)
    except (Failure, OSError, subprocess.TimeoutExpired) as error:
        return "not ok", str(error)
    finally:
        if database is not None:
            database.drop()
        shutil.rmtree(scratch, ignore_errors=True)


def engines_of(case):
    path = case / "engines"
    return path.read_text("utf-8").split() if path.exists() else [None]


def run_engines(case, program, version):
    """All engines of a case, in order, so that blessing has something to compare with."""
    results = []
    for i, engine in enumerate(engines_of(case)):
        name = case.name if engine is None else f"{case.name}/{engine}"
        results.append((name, *run_case(case, engine, i == 0, program, version)))
    return results


def main():
    program, version = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    wanted = sys.argv[3:]
    cases = [c for c in sorted(CASES.iterdir())
             if (c / "cmd").exists() and (not wanted or c.name in wanted)]
    print("TAP version 13")
    number, failed = 0, 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        for results in pool.map(lambda c: run_engines(c, program, version), cases):
            for name, result, text in results:
                number += 1
                failed += result == "not ok"
                why = f" # SKIP {text}" if result == "skip" else ""
                print(f"{'not ok' if result == 'not ok' else 'ok'} {number} {name}{why}", flush=True)
                if result == "not ok":
                    print("\n".join("# " + line for line in text.splitlines()), flush=True)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
