#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares what the program writes with what the manual and README.md say that it writes.

    written.py PROGRAM SOURCE-ROOT

Prints TAP.
"""
import json
import pathlib
import re
import sqlite3
import sys
import tempfile

from common import ROOT, macro_words, read, run, same, section, tell


def keys_of(value, found):
    """Names of the fields of a document; those of a header are the file's."""
    if isinstance(value, list):
        for each in value:
            keys_of(each, found)
    elif isinstance(value, dict):
        for key, each in value.items():
            found.add(key)
            if key != "header":
                keys_of(each, found)


DOCUMENTS = [
    "init", "new thing", "status", "up 1", "up", "status", "status", "verify", "lint --all",
    "lint --list-rules", "plan --down 1", "script --down 1", "up --dry-run=execute", "down", "redo",
    "goto 1", "up 1", "repair 1 --accept", "baseline 2", "repair 2 --reverted", "wait",
]


# What a rehearsal says of locks, which SQLite doesn't tell; tests/cli has it for PostgreSQL.
NOT_WITH_SQLITE = {"index", "taken", "predicted"}
# What lint says of files that it mends; tests/cli has that, too.
MENDED = {"edits", "text", "fixed", "wouldFix"}


def documents(folder):
    """Runs every command that writes a document, on a good migration and on one that fails."""
    (folder / "m").mkdir()
    (folder / "m/1_good.sql").write_text(
        "-- ===== UP =====\nCREATE TABLE a (id integer);\n"
        "-- ===== DOWN =====\nDROP TABLE a;\n-- ===== VERIFY =====\nSELECT 1;\n",
        encoding="utf-8")
    (folder / "m/2_bad.sql").write_text("CREATE TABEL b (id integer);\n", encoding="utf-8")
    found = set()
    for number, command in enumerate(DOCUMENTS):
        if command.startswith("repair 1"):
            text = (folder / "m/1_good.sql").read_text(encoding="utf-8").replace("id ", "ids ")
            (folder / "m/1_good.sql").write_text(text, encoding="utf-8")
            result = run("--format", "json", "-d", "sqlite:a.db", "-m", "m", "status", cwd=folder)
            keys_of(json.loads(result.stdout), found)
        where = "new" if command in ("init", "new thing") else "m"
        # The gate would stop what is to fail.
        result = run("--format", "json", "-d", "sqlite:a.db", "-m", where, *command.split(),
                     cwd=folder, env={"MIGRATE_LINT": "off"})
        try:
            keys_of(json.loads(result.stdout), found)
        except ValueError as wrong:
            raise AssertionError(f"{number} {command}: {wrong}\n{result.stdout}") from wrong
    return found


def check_json():
    page = section(read("man/migrate.1"), "JSON")
    described = {word for word in macro_words(page, "Va") if re.fullmatch("[A-Za-z]+", word)}
    with tempfile.TemporaryDirectory() as folder:
        same("fields of JSON", documents(pathlib.Path(folder)),
             described - NOT_WITH_SQLITE - MENDED)


def check_error_codes():
    table = read("src/report/style.c").split("code_name(const GError *error)")[1].split("};")[0]
    codes = re.findall(r'= "([a-z]+)"', table)
    assert len(codes) > 5, "the codes of errors can't be read"
    page = section(read("man/migrate.1"), "JSON")
    listed = re.search(r"^\.Sy (usage , .*) ;$", page, re.M).group(1)
    same("codes of errors", codes, listed.split(" , "))


def check_history():
    page = section(read("man/migrate.1"), "HISTORY TABLES")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "1_a.sql").write_text("CREATE TABLE a (id integer);\n", encoding="utf-8")
        result = run("-d", "sqlite:a.db", "-m", ".", "up", cwd=folder)
        assert result.returncode == 0, result.stderr
        with sqlite3.connect(folder / "a.db") as database:
            for table in ("migrate_history", "migrate_history_event"):
                columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
                part = page.split(f".It Ic {table}\n")[1].split("\n.El\n")[0]
                items = "\n".join(re.findall(r"^\.It Va .*$", part, re.M))
                same(f"columns of {table}", columns, macro_words(items, "Va") - {","})
        database.close()
    states = re.findall(r'\{MIG_STATE_\w+, "([a-z-]+)"\}', read("src/history/read.c"))
    assert len(states) > 5, "the states can't be read"
    same("states", states, re.findall(r"^\.It Sy (\S+)$", page, re.M))
    kinds = set()
    for path in (ROOT / "src").rglob("*.c"):
        text = path.read_text(encoding="utf-8")
        kinds |= set(re.findall(r'(?:\.kind = |event_of\(|append_event\(\w+, \w+, )"([a-z]+)"',
                                text))
    part = page.split(".It Va kind\n")[1].split(".It ")[0]
    same("kinds of events", kinds, macro_words(part, "Sy") - {","})


CREATE_USERS = """-- ===== UP =====
CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);

-- ===== DOWN =====
DROP TABLE users;
"""
ORDERS = """-- ===== UP =====
CREATE TABLE orders (id integer PRIMARY KEY, user_id integer);
INSERT INTO orders (id, user_id) VALUES (1, 7), (1, 8);

-- ===== DOWN =====
DROP TABLE orders;
"""


def without_times(text):
    """Durations, and the blanks before them, are never the same twice; SQLite's version may differ."""
    text = re.sub(r" +\d+(?:\.\d+)? m?s\b", " T", text)
    return re.sub(r"\(SQLite [\d.]+\)", "(SQLite)", text).strip()


def blocks(language):
    """Of README.md, those in fences that name a language, or none."""
    fences = re.findall(r"^```(\w*)\n(.*?)^```$", read("README.md"), re.M | re.S)
    return [text for name, text in fences if name == language]


def check_readme():
    """The sessions of README.md, in an order in which one follows from the other."""
    applied, status, failed, rest = blocks("")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        migrations = folder / "migrations"
        migrations.mkdir()
        (migrations / "20260301120000_create_users.sql").write_text(CREATE_USERS, encoding="utf-8")
        (migrations / "20260302090000_add_phone.sql").write_text(blocks("sql")[0], encoding="utf-8")
        for block in (status, applied, failed, rest):
            if block is failed:
                (migrations / "20260303090000_orders.sql").write_text(ORDERS, encoding="utf-8")
            if block is rest:
                (migrations / "20260303090000_orders.sql").unlink()
            check_session(block, folder)


def check_session(block, folder):
    for piece in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, wanted = piece.split("\n", 1)
        if command.startswith("export "):
            continue
        result = run(*command.split()[1:], cwd=folder, env={"DATABASE_URL": "sqlite:shop.db"})
        got = result.stdout + result.stderr
        assert without_times(got) == without_times(wanted), \
            f"README.md: {command}: wanted\n{wanted}\ngot\n{got}"


CHECKS = [
    ("fields of JSON", check_json),
    ("codes of errors", check_error_codes),
    ("columns, states and events of the history", check_history),
    ("sessions in README.md", check_readme),
]

sys.exit(tell("written", CHECKS))
