# SPDX-License-Identifier: MIT
"""What the tests of this folder share: databases of their own, clients that stay, private servers,
running the program, and telling the result as TAP."""
import os
import pathlib
import re
import select
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse

SERVERS = pathlib.Path(__file__).resolve().parent.parent / "support" / "servers.sh"
VARIABLE = {"postgres": "MIGRATE_TEST_POSTGRES", "mysql": "MIGRATE_TEST_MYSQL",
            "pgbouncer": "MIGRATE_TEST_PGBOUNCER"}
PATIENCE = 60  # seconds until something that hangs is given up


class Failure(Exception):
    """What a case found wrong."""


def require(right, message):
    if not right:
        raise Failure(message)


def environment():
    """Nothing that whoever runs the tests has set for databases of his own."""
    clean = {name: value for name, value in os.environ.items()
             if name == "MIGRATE_DRIVER_PATH" or not name.startswith(("MIGRATE_", "PG", "MYSQL"))
             and name != "DATABASE_URL"}
    # What these migrations do is dangerous on purpose; the gate has tests of its own.
    return {**clean, "MIGRATE_LINT": "off"}


class Client:
    """The engine's own client, which stays connected: for locks that are held, and for probes."""

    MARK = "-- that was all --"

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, env=environment(), bufsize=0)
        self.rest = b""

    def send(self, sql):
        self.process.stdin.write(f"{sql};\nSELECT '{self.MARK}';\n".encode())
        self.process.stdin.flush()

    def receive(self):
        """The lines that came for what was sent, or None once the connection has been ended."""
        lines, limit = [], time.monotonic() + PATIENCE
        while True:
            while b"\n" in self.rest:
                line, self.rest = self.rest.split(b"\n", 1)
                if line.decode() == self.MARK:
                    return lines
                lines.append(line.decode())
            ready, _, _ = select.select([self.process.stdout], [], [],
                                        max(0, limit - time.monotonic()))
            require(ready, "a client's query hangs")
            more = os.read(self.process.stdout.fileno(), 4096)
            if more == b"":
                return None
            self.rest += more

    def ask(self, sql):
        self.send(sql)
        return self.receive()

    def ask_last(self, sql):
        """For a query that returns one line: the server is left with that as the last it heard."""
        self.process.stdin.write(f"{sql};\n".encode())
        self.process.stdin.flush()
        return self.process.stdout.readline().decode().rstrip("\n")

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class FileClient:
    """The same for SQLite, in this process."""

    def __init__(self, path):
        self.database = sqlite3.connect(path, isolation_level=None)

    def ask(self, sql):
        return ["|".join(map(str, row)) for row in self.database.execute(sql)]

    def close(self):
        self.database.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Database:
    """A database of our own. `pgbouncer` is PostgreSQL behind a pooler of transactions."""

    count = 0

    def __init__(self, target, scratch, base=None):
        self.engine = "postgres" if target == "pgbouncer" else target
        self.base = base or os.environ.get(VARIABLE.get(target, ""), "")
        # What isn't asked of the program itself goes to the server.
        self.direct = (os.environ.get(VARIABLE["postgres"], "") if target == "pgbouncer"
                       else self.base)
        Database.count += 1
        self.name = f"migrate_survive_{os.getpid()}_{Database.count}"
        self.path = f"{scratch}/{self.name}.db"

    def place(self, base):
        return re.sub(r"^(\w+://[^/]*/)[^?]*", rf"\g<1>{self.name}", base)

    def url(self):
        return f"sqlite:{self.path}" if self.engine == "sqlite" else self.place(self.base)

    def command(self, inside=True):
        if self.engine == "postgres":
            return ["psql", "-X", "-q", "-A", "-t", "-d",
                    self.place(self.direct) if inside else self.direct]
        parts = urllib.parse.urlsplit(self.base)
        socket = urllib.parse.parse_qs(parts.query)["socket"][0]
        return [shutil.which("mariadb") or "mysql", "--no-defaults", "--skip-column-names", "--batch",
                "--unbuffered", "--force", f"--user={parts.username}", f"--socket={socket}",
                *([f"--database={self.name}"] if inside else [])]

    def client(self):
        return FileClient(self.path) if self.engine == "sqlite" else Client(self.command())

    def run(self, sql, inside=True):
        """Returns: the lines that came, without the newline at the end."""
        if self.engine == "sqlite":
            with FileClient(self.path) as client:
                return "\n".join(client.ask(sql))
        execute = "-c" if self.engine == "postgres" else "-e"
        done = subprocess.run([*self.command(inside), execute, sql], env=environment(),
                              capture_output=True, text=True, timeout=PATIENCE, check=False)
        if done.returncode != 0:
            raise Failure(f"{sql}: {done.stderr}")
        return done.stdout.strip().replace("\t", "|")

    def __enter__(self):
        if self.engine != "sqlite":
            self.run(f"CREATE DATABASE {self.name}", inside=False)
        return self

    def __exit__(self, *_):
        if self.engine == "sqlite":
            for suffix in ("", "-journal", "-wal", "-shm"):
                pathlib.Path(self.path + suffix).unlink(missing_ok=True)
            return
        force = " WITH (FORCE)" if self.engine == "postgres" else ""
        self.run(f"DROP DATABASE IF EXISTS {self.name}{force}", inside=False)


class Server:
    """A server that nobody else uses, and that may be killed."""

    # What the shared servers leave out to be fast: here, nothing that was committed may be lost when
    # the processes are killed. The machine goes on, so that nothing has to be on the disk itself.
    SAFE = {"postgres": ["synchronous_commit=on", "full_page_writes=on"],
            "mysql": ["innodb-flush-log-at-trx-commit=2", "innodb-doublewrite=1"]}

    def __init__(self, engine, directory, options=()):
        self.engine = engine
        self.directory = str(directory)
        self.options = [*self.SAFE[engine], *options]

    def call(self, command, *arguments):
        done = subprocess.run([SERVERS, command, *arguments], capture_output=True, text=True,
                              timeout=4 * PATIENCE, check=False,
                              env={**os.environ, "SERVER_OWNER": str(os.getpid())})
        if done.returncode != 0:
            raise Failure(f"servers.sh {command}: {done.stderr}")
        return done.stdout.strip()

    def start(self):
        self.call("start", self.engine, self.directory, *self.options)

    def kill(self):
        self.call("kill", self.directory)

    def restart(self):
        self.call("restart", self.directory)

    def url(self):
        return self.call("url", self.directory)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.call("remove", self.directory)


class Run:
    """A run of the program that was started, whose output is read while it runs."""

    def __init__(self, command):
        # A file and not a pipe: whoever runs must never wait for us to read.
        self.output = tempfile.TemporaryFile(mode="w+", encoding="utf-8")
        self.process = subprocess.Popen(command, stdout=self.output, stderr=subprocess.STDOUT,
                                        stdin=subprocess.DEVNULL, env=environment())

    def text(self):
        return os.pread(self.output.fileno(), 1 << 20, 0).decode("utf-8", "replace")

    def is_running(self):
        return self.process.poll() is None

    def wait_for(self, wanted, seconds=PATIENCE):
        """Returns: after how many seconds the output had what is wanted, a regular expression."""
        begun = time.monotonic()
        while True:
            over = not self.is_running()
            if re.search(wanted, self.text()):
                return time.monotonic() - begun
            require(not over, f"no {wanted!r} up to the end: {self.text()}")
            require(time.monotonic() - begun < seconds, f"no {wanted!r} in time: {self.text()}")
            time.sleep(0.01)

    def finish(self, seconds=PATIENCE):
        """Returns: the status that it ended with."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failure(f"it doesn't end: {self.text()}") from None

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.output.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


class Project:
    """A directory of migrations, and the program for them on one database."""

    def __init__(self, program, database, directory):
        self.program = program
        self.database = database
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(exist_ok=True)

    def write(self, files):
        for name, text in files.items():
            (self.directory / name).write_text(text, encoding="utf-8")

    def remove(self, name):
        (self.directory / name).unlink()

    def start(self, *arguments):
        return Run([self.program, "-d", self.database.url(), "-m", str(self.directory), *arguments])

    def run(self, *arguments, status=0):
        """Returns: all that it wrote."""
        with self.start(*arguments) as run:
            ended = run.finish()
            require(ended == status, f"{' '.join(arguments)} ended with {ended}: {run.text()}")
            return run.text()

    def events(self, kind):
        return int(self.database.run(
            f"SELECT count(*) FROM migrate_history_event WHERE kind = '{kind}'"))


def is_missing(target):
    return target in VARIABLE and not os.environ.get(VARIABLE[target])


def note(text):
    print("\n".join(f"# {line}" for line in text.splitlines()), flush=True)


def tell(cases, target):
    """Runs each (title, function) with a fresh folder, or skips all. Returns: the exit status."""
    required = target in os.environ.get("MIGRATE_TEST_REQUIRE", "").split(",")
    failed = 0

    print(f"1..{len(cases)}", flush=True)
    for number, (title, function) in enumerate(cases, 1):
        name = f"{number} {title}/{target}"
        if is_missing(target):
            failed += required
            print(f"not ok {name}: no server" if required else f"ok {name} # SKIP no server")
            continue
        with tempfile.TemporaryDirectory(prefix="migrate-survive.") as scratch:
            try:
                # A server's account goes through it.
                os.chmod(scratch, 0o711)
                function(pathlib.Path(scratch))
                print(f"ok {name}", flush=True)
            except Failure as failure:
                failed += 1
                note(str(failure))
                print(f"not ok {name}", flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                note(traceback.format_exc())
                print(f"not ok {name}", flush=True)
    return 1 if failed else 0


def arguments():
    """Returns: the program, and what to test it on."""
    return os.path.abspath(sys.argv[1]), sys.argv[2]


def number(variable, default):
    return int(os.environ.get(variable, default))
