#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A review that starts from a live database sees what one sees that replays its migrations.

    live.py LIVE REPLAY [CASE...]

Prints TAP. Each history of tests/schema and migrations-example is run on a server. The catalog that
comes from what the driver tells of it must equal the catalog of the replay, but for what `alike`
takes away; and what the driver tells, executed in an empty database, must be told again.
"""
import pathlib
import re
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "schema"))
from reality import Database, Failure, Skip, ask, cases, normalised, run  # noqa: E402

# A separator that the driver's statements don't have; see live.c.
END = "\x1e"


def alike(line):
    """What a server doesn't keep, or writes in its own words, though it means the same.

    - Expressions: servers write them anew, with casts, schemas and parentheses.
    - Comments: no review needs them, and no driver tells of them.
    - PostgreSQL's old-style children: they are told with all their columns, so that a column that
      only came from a parent is one of their own, too.
    - numeric(12) is numeric(12,0).
    """
    line = re.sub(r' comment="([^"\\]|\\.)*"', "", line)
    line = re.sub(r" (as|where|default|using|with check) .*$", r" \1", line)
    line = re.sub(r"\bnumeric\((\d+)\)", r"numeric(\1,0)", line)
    return re.sub(r" merged$", " inherited", line)


def delimited(engine, text, replay, folder, scratch):
    """A program's own semicolons are none to the splitter, but to MySQL's client."""
    if engine != "mysql":
        return text
    path = pathlib.Path(scratch) / "delimit.sql"
    path.write_text(text)
    return run([replay, "delimit", folder, path], "")


def difference(name, live, replayed):
    """Where the replay doesn't know a type ("-" or nothing at the end), it may be any."""
    vague = {line.rstrip("-") for line in replayed if line.endswith((" -", " "))}
    known = {line for line in live if not line.startswith(tuple(vague))}
    certain = {line for line in replayed if line.rstrip("-") not in vague}
    wrong = [f"{name}, live: {line}" for line in sorted(known - replayed)]
    return wrong + [f"{name}, replayed: {line}" for line in sorted(certain - live)]


def lines_of(engine, text, reduce):
    return {normalised(engine, line) if reduce else alike(line) for line in text.splitlines()}


def compare_catalogs(live, replay, engine, folder, database, files):
    wrong = []
    # MySQL and MariaDB spell out character sets, display widths and defaults of NULL, and name the
    # database: there `reduce`, in the server's own words, has to do.
    for how in ("reduce",) if engine == "mysql" else ("reduce", "dump"):
        text = run([live, how, database.url], "")
        # A schema is a database there, which a migration seldom names.
        text = text.replace(f"{database.name}.", ".") if database.name else text
        ours = lines_of(engine, text, how == "reduce")
        theirs = lines_of(engine, run([replay, how, folder] + files, ""), how == "reduce")
        wrong += difference(how, ours, theirs)
    return wrong


def compare_again(live, engine, database, scratch):
    told = run([live, "schema", database.url], "")
    copy = Database(engine, str(pathlib.Path(scratch) / "copy"))
    try:
        pathlib.Path(scratch, "copy").mkdir(exist_ok=True)
        statements = [sql for sql in told.split(END) if sql]
        if engine == "mysql":
            ask(copy, "DELIMITER $$\n" + "".join(f"{sql}\n$$\n" for sql in statements))
        else:
            ask(copy, "".join(f"{sql};\n" for sql in statements))
        again = run([live, "schema", copy.url], "")
    finally:
        copy.drop()
    names = [str(database.name), str(copy.name)]
    first, second = ([s.replace(name, "here") for s in text.split(END)]
                     for name, text in zip(names, (told, again)))
    return difference("told again", set(second), set(first))


def check(live, replay, engine, folder, texts, scratch):
    database = Database(engine, scratch)
    try:
        files = []
        for number, text in enumerate(texts):
            path = pathlib.Path(scratch) / f"{number}.sql"
            path.write_text(text)
            files.append(str(path))
            ask(database, delimited(engine, text, replay, folder, scratch))
        wrong = compare_catalogs(live, replay, engine, folder, database, files)
        wrong += compare_again(live, engine, database, scratch)
    finally:
        database.drop()
    if wrong:
        raise Failure("\n".join(wrong))


def main():
    live, replay, wanted = sys.argv[1], sys.argv[2], sys.argv[3:]
    chosen = [case for case in cases() if not wanted or case[0] in wanted]
    failed = False
    print(f"1..{len(chosen)}")
    for number, (name, engine, folder, texts) in enumerate(chosen, 1):
        scratch = tempfile.mkdtemp()
        try:
            if engine == "sqlite" and shutil.which("sqlite3") is None:
                raise Skip("sqlite3 is not installed")
            check(live, replay, engine, folder, texts, scratch)
            print(f"ok {number} - {name}")
        except Skip as skip:
            print(f"ok {number} - {name} # SKIP {skip}")
        except Failure as failure:
            failed = True
            print(f"not ok {number} - {name}")
            print("\n".join(f"# {line}" for line in str(failure).splitlines()))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
