#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures `plan` by hand, best on a release build: tests/bench/plan.py BUILD [STATEMENTS]

Prints what bench-pg-query and bench-plan take for the same statements, the ratio, what replaying
1,000 files takes of memory, and how long `plan` takes for one file, from start to end.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import time

# What migrations consist of, most of it DDL.
STATEMENTS = """
CREATE TABLE shop.t{n} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL, email varchar(254) NOT NULL, total numeric(12,2) DEFAULT 0 NOT NULL, created_at timestamptz DEFAULT now(), CONSTRAINT t{n}_total CHECK (total >= 0));
ALTER TABLE shop.t{n} ADD COLUMN note text;
ALTER TABLE shop.t{n} ADD COLUMN state text NOT NULL DEFAULT 'new', ALTER COLUMN email TYPE text;
CREATE INDEX t{n}_customer ON shop.t{n} (customer_id);
CREATE UNIQUE INDEX t{n}_email ON shop.t{n} (lower(email)) WHERE state <> 'gone';
ALTER TABLE shop.t{n} ADD CONSTRAINT t{n}_fk FOREIGN KEY (customer_id) REFERENCES shop.t{n} (id) NOT VALID;
UPDATE shop.t{n} SET note = 'none' WHERE note IS NULL AND id BETWEEN 1 AND 1000;
INSERT INTO shop.t{n} (customer_id, email, total) VALUES (1, 'a@example.org', 10.5), (2, 'b@example.org', 7);
ALTER TABLE shop.t{n} ALTER COLUMN note SET NOT NULL;
DROP TABLE shop.t{n};
""".strip().splitlines()


def run(*command):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout


def us_of(text, name):
    return float(re.search(rf"^\s*{re.escape(name)} +([\d.]+) us", text, re.M).group(1))


def start_up(migrate, path):
    best = 1e9
    for _ in range(30):
        begun = time.perf_counter()
        run(migrate, "plan", "--engine", "postgres", "--server-version", "15", path)
        best = min(best, time.perf_counter() - begun)
    return best * 1000


def main():
    build, wanted = pathlib.Path(sys.argv[1]), int((sys.argv[2:] or ["10000"])[0])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        lines = [s.format(n=n) for n in range(wanted // len(STATEMENTS)) for s in STATEMENTS]
        (folder / "statements.sql").write_text("\n".join(lines) + "\n")
        (folder / "files").mkdir()
        for number in range(1, 1001):
            part = "\n".join(s.format(n=number) for s in STATEMENTS) + "\n"
            (folder / "files" / f"{number}_t.sql").write_text(part)
        theirs = run(build / "tests/bench/bench-pg-query", folder / "statements.sql")
        ours = run(build / "tests/bench/bench-plan", "postgres", folder / "statements.sql",
                   folder / "files")
        print(theirs + ours, end="")
        whole = us_of(ours, "parse, review, lint")
        for name in ("pg_query, raw parse", "pg_query, JSON", "pg_query, protobuf", "and unpacked"):
            print(f"{whole / us_of(theirs, name):.2f} times {name}")
        (folder / "one.sql").write_text(lines[0] + "\n" + lines[3] + "\n")
        print(f"plan of one file: {start_up(build / 'migrate', folder / 'one.sql'):.1f} ms")


main()
