# SPDX-License-Identifier: MIT
"""A database to fill up, on each engine, and small file systems to do it with."""
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import urllib.parse


class Skip(Exception):
    pass


class Database:
    """One for the whole test, which is emptied for each of its cases."""

    def __init__(self, engine, scratch):
        self.engine = engine
        self.path = pathlib.Path(scratch) / "test.db"
        self.name = f"migrate_full_{os.getpid()}"
        self.server = os.environ.get(f"MIGRATE_TEST_{engine.upper()}", "")
        self.there = engine == "sqlite" or bool(self.server)

    def url(self):
        if self.engine == "sqlite":
            return f"sqlite:{self.path}"
        return re.sub(r"^(\w+://[^/]*/)[^?]*", rf"\g<1>{self.name}", self.server)

    def ask(self, sql, ours=True):
        if self.engine == "sqlite":
            command = ["sqlite3", "-batch", "-bail", str(self.path)]
        elif self.engine == "postgres":
            command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d",
                       self.url() if ours else self.server]
        else:
            parts = urllib.parse.urlsplit(self.server)
            socket = urllib.parse.parse_qs(parts.query)["socket"][0]
            command = [shutil.which("mariadb") or "mysql", "-N", f"--user={parts.username}",
                       f"--socket={socket}", f"--database={self.name if ours else ''}"]
        done = subprocess.run(command, input=sql, capture_output=True, text=True, timeout=60,
                              check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{sql}: {done.stderr}")
        return done.stdout.strip()

    def empty(self):
        self.drop()
        if self.engine != "sqlite":
            self.ask(f"CREATE DATABASE {self.name}", ours=False)

    def drop(self):
        if self.engine == "sqlite":
            for path in self.path.parent.glob(self.path.name + "*"):
                path.unlink()
        else:
            force = " WITH (FORCE)" if self.engine == "postgres" else ""
            self.ask(f"DROP DATABASE IF EXISTS {self.name}{force}", ours=False)

    def tables(self):
        """What there is beside the history, in order."""
        which = {"sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table'",
                 "postgres": "SELECT relname FROM pg_class WHERE relkind = 'r' "
                             "AND relnamespace = 'public'::regnamespace",
                 "mysql": "SELECT table_name FROM information_schema.tables "
                          "WHERE table_schema = DATABASE()"}[self.engine]
        return sorted(name for name in self.ask(which + ";").split()
                      if not name.startswith("migrate_history"))

    def account(self):
        """(uid, gid) of the server, to which a new file system must belong."""
        query = {"postgres": "SHOW data_directory", "mysql": "SELECT @@datadir"}[self.engine]
        status = os.stat(self.ask(query + ";", ours=False))
        return status.st_uid, status.st_gid


class SmallDisk:
    """A file system in memory, of a size that can grow."""

    def __init__(self, path):
        self.path = path

    def grow(self, size):
        subprocess.run(["mount", "-o", f"remount,size={size}", self.path], check=True)


@contextlib.contextmanager
def small_disk(size, owner=None):
    """Mounts one, where that is allowed."""
    path = tempfile.mkdtemp(prefix="migrate-full-", dir="/tmp")
    try:
        options = f"size={size},mode=0700"
        if owner is not None:
            options += f",uid={owner[0]},gid={owner[1]}"
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", path],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Skip(f"mount is not allowed here: {done.stderr.strip()}")
        try:
            yield SmallDisk(path)
        finally:
            subprocess.run(["umount", "-l", path], check=False)
    finally:
        os.rmdir(path)
