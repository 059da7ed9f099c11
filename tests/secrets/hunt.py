#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Looks for a password wherever somebody else could see it, and must not find it.

    hunt.py PROGRAM postgres|mysql|none

The password is given in each way there is; every command is run, as text and as JSON, with -v; every
kind of error is provoked. Looked through are standard output, standard error, the history's tables,
what the server shows of its sessions, the arguments of the program, of its hooks and of what makes
its backup, their environments but for what the user put there, and that no core is written.
`none` is what needs no server. Prints TAP.
"""
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from server import PASSWORD, WORDS, Server, quoted

PROGRAM = os.path.abspath(sys.argv[1])
TIMEOUT_S = 60
WRONG = PASSWORD + "x"


class Hunt:
    """A directory to work in, and what was found so far."""

    def __init__(self, scratch, server):
        self.slow = 30  # seconds that the statement of the last start_slow() takes
        self.scratch = pathlib.Path(scratch)
        self.server = server
        self.found = []
        self.looked = 0

    def look(self, where, text):
        if isinstance(text, bytes):
            text = text.decode("utf-8", "backslashreplace")
        self.looked += 1
        for word in WORDS:
            if word in text:
                line = next((line for line in text.splitlines() if word in line), text)
                self.found.append(f"{where}: {line[:300]!r}")
                return

    def write(self, name, text, mode=0o600):
        path = self.scratch / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        path.chmod(mode)
        return str(path)

    def environment(self, more=None):
        keep = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "MIGRATE_DRIVER_PATH", "TMPDIR")
        clean = {name: os.environ[name] for name in keep if name in os.environ}
        path = f"{self.scratch}/bin:{os.environ.get('PATH', '/usr/bin:/bin')}"
        return clean | {"PATH": path, "HOME": str(self.scratch), "LC_ALL": "C.UTF-8",
                        "MIGRATE_LINT": "warn"} | (more or {})

    def start(self, way, arguments, **more):
        return subprocess.Popen([PROGRAM, *way.options, "-m", "m", *arguments], cwd=self.scratch,
                                env=self.environment(way.variables), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def finish(self, what, process):
        out, err = process.communicate(timeout=TIMEOUT_S)
        self.look(f"{what}: standard output", out)
        self.look(f"{what}: standard error", err)
        return process.returncode, (out + err).decode("utf-8", "replace")

    def run(self, way, *arguments):
        """Runs a command to its end and looks through what it wrote."""
        what = f"{way.name}: {' '.join(arguments)}"
        return self.finish(what, self.start(way, arguments))

    def wants(self, statuses, way, *arguments):
        status, output = self.run(way, *arguments)
        if status not in statuses:
            end = "\n".join(output.splitlines()[-6:])
            raise AssertionError(f"{way.name}: {' '.join(arguments)}: ended with {status}: {end}")


class Way:
    """One way to tell the password."""

    def __init__(self, name, options=(), variables=None, files=None):
        self.name = name
        self.options = list(options)
        self.variables = variables or {}
        self.files = files or {}


def ways(hunt):
    server = hunt.server
    postgres = server.engine == "postgres"
    url, bare = server.url(), server.url(None)
    secret = hunt.write("secret", PASSWORD + "\n")
    found = [
        Way("-d", ["-d", url]),
        Way("--database=", [f"--database={url}"]),
        Way("DATABASE_URL", variables={"DATABASE_URL": url}),
        Way("MIGRATE_DATABASE", variables={"MIGRATE_DATABASE": url}),
        Way("migrate.conf", files={"migrate.conf": f"[migrate]\ndatabase = {url}\n"}),
        Way("${VARIABLE}", ["-e", "x"], {"SHOP_URL": url},
            {"migrate.conf": "[migrate]\n[env x]\ndatabase = ${SHOP_URL}\n"}),
        Way(".env", files={".env": f"DATABASE_URL='{url}'\n"}),
        Way("--password-file", ["-d", bare, "--password-file", secret]),
        Way("--password-command", ["-d", bare, "--password-command", f"cat {secret}"]),
    ]
    if postgres:
        host, _, port = server.address.partition(":")
        escaped = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
        line = f"{host}:{port}:{server.name}:{server.name}:{escaped}\n"
        service = f"[s]\nhost={host}\nport={port}\ndbname={server.name}\nuser={server.name}\n"
        found += [
            Way("?password=", ["-d", server.url(None, "?password=" + quoted(PASSWORD))]),
            Way("PGPASSWORD", ["-d", bare], {"PGPASSWORD": PASSWORD}),
            Way("PGPASSFILE", ["-d", bare], {"PGPASSFILE": hunt.write("passes", line)}),
            Way(".pgpass", ["-d", bare], files={".pgpass": line}),
            Way("service", ["-d", "postgres:///?service=s"],
                {"PGSERVICEFILE": hunt.write("services", f"{service}password={PASSWORD}\n")}),
        ]
    else:
        escaped = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
        text = f'[client]\npassword="{escaped}"\n'
        path = hunt.write("options.cnf", text)
        found += [
            Way("MYSQL_PWD", ["-d", bare], {"MYSQL_PWD": PASSWORD}),
            Way("defaults-file", ["-d", server.url(None, "?defaults-file=" + quoted(path))]),
            Way("~/.my.cnf", ["-d", bare], files={".my.cnf": text}),
        ]
    return found


def write_migrations(hunt):
    shutil.rmtree(hunt.scratch / "m", ignore_errors=True)
    for number, table in ((1, "a"), (2, "b")):
        hunt.write(f"m/{number}_{table}.sql",
                   f"-- ===== UP =====\nCREATE TABLE {table} (id int);\n-- ===== DOWN =====\n"
                   f"DROP TABLE {table};\n-- ===== VERIFY =====\nSELECT 1;\n")


# Each with the exit statuses it may have; all in this order on an empty database.
COMMANDS = [
    ((0,), "status"), ((3,), "status --check"), ((0,), "plan"), ((0,), "script"), ((0,), "up 1"),
    ((0,), "up"), ((0,), "up"), ((0,), "verify"), ((0,), "status"), ((0,), "redo"),
    ((0,), "down"), ((0,), "goto 2"), ((0,), "plan --down 1"), ((0,), "script --down 1"),
    ((0,), "repair 2 --reverted"), ((0,), "baseline 2"), ((0,), "wait"), ((0,), "new thing"),
    ((0,), "completion bash"), ((0,), "help up"), ((0,), "--version"),
    ((2,), "upp"), ((2,), "up --no-such"), ((2,), "status too many"), ((2,), "up --to 99"),
]


def check_commands(hunt, way):
    for format_ in ("text", "json"):
        hunt.server.empty()
        write_migrations(hunt)
        for statuses, command in COMMANDS:
            hunt.wants(statuses, way, "-v", "--format", format_, *command.split())
        if "migrate.conf" not in way.files:
            hunt.wants((0,), way, "-v", "--format", format_, "init")
            made = hunt.scratch / "migrate.conf"
            hunt.look(f"{way.name}: migrate.conf", made.read_bytes())
            made.unlink()
    hunt.look(f"{way.name}: the history", hunt.server.history())


def check_statement_errors(hunt, way):
    """A migration that fails in each way, as text and as JSON."""
    bad = {
        "unreadable": ("SELECT 'open;", (1, 2)),
        "syntax": ("CREATE TABEL x (id int);", (1,)),
        "verify": ("-- ===== UP =====\nCREATE TABLE x (id int);\n-- ===== VERIFY =====\n"
                   "-- migrate:expect value 2\nSELECT 1;\n", (5,)),
    }
    for name, (sql, statuses) in bad.items():
        hunt.server.empty()
        write_migrations(hunt)
        hunt.write("m/3_bad.sql", sql)
        for format_ in ("text", "json"):
            hunt.wants(statuses + (6,), way, "-v", "--format", format_, "up")
    hunt.write("m/1_a.sql", "CREATE TABLE other (id int);")
    (hunt.scratch / "m/3_bad.sql").unlink()
    hunt.wants((6,), way, "-v", "up")
    hunt.wants((6,), way, "-v", "status", "--check")
    hunt.look(f"{way.name}: the history of failures", hunt.server.history())


# What sees a hook, or the program that makes a backup: everything that ps(1) could show of it.
SPY = """for pid in $$ $PPID; do
    cat /proc/$pid/cmdline >>{file}.cmdline
done
cat /proc/$$/environ >{file}.environ
"""


def look_at_child(hunt, way, what, file):
    hunt.look(f"{way.name}: arguments of {what}", pathlib.Path(file + ".cmdline").read_bytes())
    variables = pathlib.Path(file + ".environ").read_bytes().decode("utf-8").split("\0")
    # What the user put there, as it is.
    given = {f"{name}={value}" for name, value in way.variables.items()}
    hunt.look(f"{way.name}: environment of {what}",
              "\n".join(entry for entry in variables if entry not in given))


def check_children(hunt, way):
    hunt.server.empty()
    write_migrations(hunt)
    spied = {name: f"{hunt.scratch}/{name}" for name in ("before", "after", "dump")}
    for file in hunt.scratch.glob("*.cmdline"):
        file.unlink()
    for name in ("pg_dump", "mysqldump", "mariadb-dump"):
        real = shutil.which(name)
        if real is not None:
            hunt.write(f"bin/{name}", f"#!/bin/sh\n{SPY.format(file=spied['dump'])}"
                       f'exec {real} "$@"\n', 0o700)
    plan = f"{hunt.scratch}/plan"
    before = f"{SPY.format(file=spied['before'])} cat >{plan}; echo the hook"
    after = SPY.format(file=spied["after"])
    backup = hunt.scratch / "backup.file"
    backup.unlink(missing_ok=True)
    hunt.wants((0,), way, "-v", "up", "1", "--before", before, "--after", after, "--backup",
               str(backup))
    for what, file in spied.items():
        look_at_child(hunt, way, what, file)
    hunt.look(f"{way.name}: a hook's input", pathlib.Path(plan).read_bytes())
    hunt.look(f"{way.name}: the backup", backup.read_bytes())
    hunt.wants((1,), way, "-v", "up", "--before", "exit 3")
    hunt.wants((2,), way, "-v", "up", "--backup", str(backup))
    hunt.wants((1,), way, "-v", "--format", "json", "up", "--after", "kill -9 $$")
    for name in ("pg_dump", "mysqldump", "mariadb-dump"):
        hunt.write(f"bin/{name}", "#!/bin/sh\nexit 1\n", 0o700)
    hunt.write("m/3_c.sql", "CREATE TABLE c (id int);")
    hunt.wants((1,), way, "-v", "up", "--backup", f"{backup}.2")
    shutil.rmtree(hunt.scratch / "bin")


def start_slow(hunt, way, **more):
    """A run that is in the middle of a statement when this returns."""
    hunt.server.empty()
    write_migrations(hunt)
    # A server may not notice at once that the one before was killed: each sleeps for another time.
    hunt.slow += 1
    hunt.write("m/3_slow.sql", f"CREATE TABLE c (id int);\n{hunt.server.sleep(hunt.slow)}\n")
    process = hunt.start(way, ["-v", "up"], **more)
    deadline = time.monotonic() + TIMEOUT_S
    while f"sleep({hunt.slow})" not in hunt.server.sessions():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise AssertionError(f"{way.name}: up does not begin: {process.communicate()}")
    return process


def check_running(hunt, way):
    process = start_slow(hunt, way)
    hunt.look(f"{way.name}: what the server shows", hunt.server.sessions())
    for path in ("cmdline", "comm", "status"):
        hunt.look(f"{way.name}: /proc/PID/{path}",
                  pathlib.Path(f"/proc/{process.pid}/{path}").read_bytes())
    hunt.wants((7,), way, "-v", "up", "--lock-wait", "100ms")
    hunt.wants((0,), way, "-v", "status")
    process.send_signal(signal.SIGTERM)
    status, output = hunt.finish(f"{way.name}: SIGTERM", process)
    assert status == 128 + signal.SIGTERM, f"{way.name}: {status}: {output}"


def with_cores():
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def leaves_cores(scratch):
    """Whether the machine keeps a core of a program that lets it: else nothing is shown here."""
    process = subprocess.Popen(["sleep", "60"], cwd=scratch, preexec_fn=with_cores)
    time.sleep(0.2)
    process.send_signal(signal.SIGABRT)
    return os.WCOREDUMP(os.waitpid(process.pid, 0)[1])


def check_crash(hunt, way):
    # A sanitizer would see to it that there is none.
    options = os.environ.get("ASAN_OPTIONS", "") + ":disable_coredump=0:handle_segv=0"
    way = Way(way.name, way.options, way.variables | {"ASAN_OPTIONS": options})
    for number in (signal.SIGABRT, signal.SIGSEGV, signal.SIGQUIT):
        process = start_slow(hunt, way, preexec_fn=with_cores)
        before = set(hunt.scratch.iterdir())
        process.send_signal(number)
        out, err = process.stdout.read(), process.stderr.read()
        status = os.waitpid(process.pid, 0)[1]
        process.returncode = status
        hunt.look(f"{way.name}: {number.name}", out + err)
        assert not os.WCOREDUMP(status), f"{way.name}: {number.name} left a core"
        new = set(hunt.scratch.iterdir()) - before
        assert not new, f"{way.name}: {number.name} left {new}"


def check_wrong(hunt):
    """A password that the server refuses is as secret as the right one."""
    url, bare = hunt.server.url(WRONG), hunt.server.url(None)
    secret = hunt.write("wrong", WRONG + "\n")
    variable = "PGPASSWORD" if hunt.server.engine == "postgres" else "MYSQL_PWD"
    for way in (Way("wrong in the URL", ["-d", url]),
                Way("wrong in a file", ["-d", bare, "--password-file", secret]),
                Way("wrong by a command", ["-d", bare, "--password-command", f"cat {secret}"]),
                Way("wrong in a variable", ["-d", bare], {variable: WRONG})):
        for command in ("up", "status", "down", "plan", "verify", "baseline 1", "repair --accept"):
            for format_ in ("text", "json"):
                hunt.wants((8,), way, "-v", "--format", format_, *command.split())
        hunt.wants((8,), way, "-v", "wait", "--timeout", "300ms")
    no_database = Way("no such database", ["-d", hunt.server.url(database="no_such")])
    hunt.wants((8,), no_database, "-v", "up")


def bad_urls():
    """URLs that can't be used; those that mustn't be written so have the password as it is."""
    safe = quoted(PASSWORD)
    for scheme in ("postgres", "mysql"):
        for url in (f"{scheme}://me:{safe}@no-such-host.invalid/db",
                    f"{scheme}://me:{safe}@127.0.0.1:1/db",
                    f"{scheme}://me:{safe}@127.0.0.1:port/db",
                    f"{scheme}://me:{safe}@127.0.0.1:99999999/db",
                    f"{scheme}://me:{safe}@[::1/db",
                    f"{scheme}://me:{safe}@127.0.0.1:1/db?no-such=1",
                    f"{scheme}://me:{safe}@127.0.0.1:1/db?password={safe}&ssl-mode=x",
                    f"{scheme}:me:{safe}@host/db",
                    f"{scheme}://me:{PASSWORD}@127.0.0.1:1/db",
                    f"{scheme}://me:{WORDS[0]}",
                    f"{scheme}://me:{WORDS[0]}/db",
                    f"{scheme}://127.0.0.1:1/db?password={PASSWORD.replace('&', '')}",
                    f"{scheme}://127.0.0.1:1/db?pass%77ord={safe}",
                    f"{scheme}//me:{safe}@host/db",
                    f"{scheme}s://me:{safe}@host/db",
                    f" {scheme}://me:{safe}@host/db"):
            yield url
    yield f"me:{safe}@host/db"
    yield f"host=127.0.0.1 port=1 user=me password={safe}"
    yield f"postgres://127.0.0.1:1/db?sslcert=x&sslkey=y&sslpassword={safe}"


def check_bad_urls(hunt):
    write_migrations(hunt)
    for url in bad_urls():
        for way in (Way(f"-d {url}", ["-d", url]), Way(f"variable {url}", [], {"DATABASE_URL": url}),
                    Way(f"file {url}", files={"migrate.conf": f"[migrate]\ndatabase = {url}\n"})):
            for name, text in way.files.items():
                hunt.write(name, text)
            for command in ("up", "status", "script", "new x"):
                for format_ in ("text", "json"):
                    status, output = hunt.run(way, "-v", "--format", format_, *command.split())
                    assert status in (2, 8) or command == "new x", f"{way.name}: {status}: {output}"
            for name in way.files:
                (hunt.scratch / name).unlink()


def check_bad_settings(hunt):
    """What is wrong elsewhere than in the URL, with a password in sight."""
    write_migrations(hunt)
    url = f"postgres://me:{quoted(PASSWORD)}@127.0.0.1:1/db"
    secret = hunt.write("secret", PASSWORD + "\n")
    texts = [f"database = {url}\n", f"[migrate]\ndatabase {url}\n", f"[migrate]\ndatabse = {url}\n",
             f"[migrate]\npassword = {PASSWORD}\n", f"[migrate]\ndatabase = {url}\nlock-wait = x\n",
             f"[migrate]\ndatabase = {url}\ndatabase = {url}\n",
             f"[migrate]\ndatabase = {url}${{NO_SUCH}}\n", f"[migrate]\ndatabase = {url}${{\n",
             f"[migrate\ndatabase = {url}\n", f"[env x]\ndatabase={url}\n[env x]\nx = {url}\n"]
    for text in texts:
        hunt.write("migrate.conf", text)
        hunt.wants((2,), Way(f"migrate.conf {text!r}"), "-v", "up")
    (hunt.scratch / "migrate.conf").unlink()
    for text in (f"DATABASE_URL='{url}\n", f'DATABASE_URL="{url}\n', f"DATABASE_URL {url}\n"):
        hunt.write(".env", text)
        hunt.wants((2, 8), Way(f".env {text!r}"), "-v", "up")
    (hunt.scratch / ".env").unlink()
    both = ["--password-file", secret, "--password-command", f"cat {secret}"]
    hunt.wants((2,), Way("both", ["-d", url, *both]), "-v", "up")
    hunt.wants((2,), Way("twice", ["-d", url, "-d", url]), "-v", "up")
    hunt.wants((2,), Way("fails", ["-d", url, "--password-command", f"cat {secret}; exit 1"]),
               "-v", "up")
    hunt.wants((2,), Way("stderr", ["-d", url, "--password-command", "exit 1"]), "-v", "up")


def checks(hunt):
    if hunt.server is None:
        return [("urls-that-are-wrong", check_bad_urls, None),
                ("settings-that-are-wrong", check_bad_settings, None)]
    found = [(f"every-command/{way.name}", check_commands, way) for way in ways(hunt)]
    for title, check in (("statements-that-fail", check_statement_errors),
                         ("hooks-and-backups", check_children), ("a-run-at-work", check_running)):
        found += [(f"{title}/{way.name}", check, way) for way in ways(hunt)]
    found += [("passwords-that-are-wrong", check_wrong, None)]
    found += [(f"no-core-is-written/{way.name}", check_crash, way) for way in ways(hunt)[:1]]
    return found


def run_check(hunt, check, way):
    hunt.found.clear()
    hunt.looked = 0
    for name, text in (way.files if way else {}).items():
        hunt.write(name, text)
    try:
        check(hunt, way) if way else check(hunt)
    finally:
        for name in way.files if way else ():
            (hunt.scratch / name).unlink()
    assert hunt.looked > 0, "nothing was looked through"
    assert not hunt.found, "\n".join(["the password is in"] + hunt.found[:10])


def tell(hunt):
    failed = False
    number = 0
    for name, check, way in checks(hunt):
        number += 1
        if check is check_crash and not leaves_cores(hunt.scratch):
            print(f"ok {number} /secrets/{name} # SKIP no core is written of any program here")
            continue
        try:
            run_check(hunt, check, way)
            print(f"ok {number} /secrets/{name}", flush=True)
        except (AssertionError, OSError, RuntimeError, subprocess.SubprocessError) as failure:
            failed = True
            print(f"not ok {number} /secrets/{name}")
            print("\n".join("# " + line for line in str(failure).splitlines()), flush=True)
    print(f"1..{number}")
    return failed


def main():
    engine = sys.argv[2]
    print("TAP version 13")
    server = Server(engine) if engine != "none" else None
    if server is not None and not server.there:
        required = engine in os.environ.get("MIGRATE_TEST_REQUIRE", "").split(",")
        print(f"1..1\nnot ok 1 {engine}" if required else f"1..0 # SKIP no server for {engine}")
        return required
    with tempfile.TemporaryDirectory(prefix="migrate-secrets.") as scratch:
        try:
            if server is not None:
                server.create()
            return tell(Hunt(scratch, server))
        finally:
            if server is not None:
                server.drop()


if __name__ == "__main__":
    sys.exit(main())
