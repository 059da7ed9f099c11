# SPDX-License-Identifier: MIT
"""A database of our own, and an account of our own with a password worth hiding."""
import os
import re
import shutil
import subprocess
import urllib.parse

# Every character that some syntax on the way gives a meaning: URLs, password files, option files,
# SQL. Any of its words in any output gives the password away, however the rest was hidden.
WORDS = ("tr0ub4dor", "b4tterySt4ple", "h0rseC0rrect")
PASSWORD = "tr0ub4dor:b4tterySt4ple@/%41?&=#'\"\\ +h0rseC0rrect"


def quoted(text):
    return urllib.parse.quote(text, safe="")


class Server:
    """One of the servers that the environment names, over TCP, where it wants a password."""

    def __init__(self, engine):
        variable = f"MIGRATE_TEST_{engine.upper()}"
        self.engine = engine
        self.admin = os.environ.get(variable, "")
        tcp = os.environ.get(variable + "_TCP", "")
        self.name = f"migrate_secrets_{os.getpid()}"
        self.there = bool(self.admin and tcp)
        self.address = urllib.parse.urlsplit(tcp).netloc.rpartition("@")[2]

    def url(self, password=PASSWORD, query="", database=None):
        secret = "" if password is None else ":" + quoted(password)
        scheme = "postgres" if self.engine == "postgres" else "mysql"
        return f"{scheme}://{self.name}{secret}@{self.address}/{database or self.name}{query}"

    def ask(self, sql, database=None):
        """As the superuser. Returns what the client writes."""
        if self.engine == "postgres":
            url = self.admin
            if database is not None:
                url = re.sub(r"^(\w+://[^/]*/)[^?]*", rf"\g<1>{database}", url)
            command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url]
        else:
            parts = urllib.parse.urlsplit(self.admin)
            socket = urllib.parse.parse_qs(parts.query)["socket"][0]
            command = [shutil.which("mariadb") or "mysql", "-N", f"--user={parts.username}",
                       f"--socket={socket}", f"--database={database or ''}"]
        done = subprocess.run(command, input=sql, capture_output=True, text=True, timeout=60,
                              check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{sql}: {done.stderr}")
        return done.stdout

    def create(self):
        if self.engine == "postgres":
            secret = PASSWORD.replace("'", "''")
            self.ask(f"CREATE ROLE {self.name} LOGIN PASSWORD '{secret}';\n"
                     f"CREATE DATABASE {self.name} OWNER {self.name};")
        else:
            secret = PASSWORD.replace("\\", "\\\\").replace("'", "''")
            self.ask(f"CREATE DATABASE {self.name};\n"
                     f"CREATE USER {self.name} IDENTIFIED BY '{secret}';\n"
                     f"GRANT ALL ON {self.name}.* TO {self.name};")

    def drop(self):
        if self.engine == "postgres":
            self.ask(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE);\n"
                     f"DROP ROLE IF EXISTS {self.name};")
        else:
            self.ask(f"DROP DATABASE IF EXISTS {self.name};\nDROP USER IF EXISTS {self.name};")

    def empty(self):
        """Makes the database as it was in the beginning."""
        if self.engine == "postgres":
            self.ask(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION {self.name};",
                     self.name)
        else:
            self.ask(f"DROP DATABASE {self.name}; CREATE DATABASE {self.name};")

    def sessions(self):
        """All that the server shows of who is connected and what they do."""
        if self.engine == "postgres":
            return self.ask(f"SELECT * FROM pg_stat_activity WHERE usename = '{self.name}';")
        return self.ask(f"SELECT * FROM information_schema.processlist WHERE user = '{self.name}';")

    def history(self):
        return "".join(self.ask(f"SELECT * FROM {table};", self.name)
                       for table in ("migrate_history", "migrate_history_event"))

    def sleep(self, seconds):
        if self.engine == "postgres":
            return f"SELECT pg_sleep({seconds});"
        # By itself it counts as done when it is cancelled.
        return f"SELECT sleep({seconds}) FROM information_schema.schemata;"
