#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Replays histories and runs the same statements on a server: both catalogs must be equal.

    reality.py REPLAY [CASE...]

Prints TAP. Cases are the fixtures beside this file, without those that name another version, and
migrations-example. What PostgreSQL, MariaDB and SQLite can say of their tables is compared line by
line with what REPLAY says (reduce.c).
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "cli"))
from run import Database, Failure, Skip, client_command  # noqa: E402

EXAMPLE = HERE.parent.parent / "migrations-example"

POSTGRES = r"""
SET search_path = '';
WITH made AS (
    SELECT c.*, n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'),
named AS (SELECT oid, nspname || '.' || relname AS name, relkind, relispartition FROM made),
-- A composite type is a relation to the server.
lines AS (
SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned' WHEN 'v' THEN 'view'
                    WHEN 'm' THEN 'matview' WHEN 'f' THEN 'foreign' END || ' ' || name AS line
  FROM named WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL
SELECT CASE relkind WHEN 'v' THEN 'column ' || t.name || '.' || a.attname ELSE
       'column ' || t.name || '.' || a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod)
       || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
       || CASE WHEN a.atthasdef AND a.attgenerated = '' THEN ' default' ELSE '' END
       || CASE WHEN a.attgenerated <> '' THEN ' generated' ELSE '' END
       || CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END END
  FROM named t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL
SELECT 'constraint ' || t.name || '.' || conname || ' ' || contype::text || ' ('
       || coalesce((SELECT pg_catalog.string_agg(attname, ',' ORDER BY ord)
                      FROM pg_catalog.unnest(conkey) WITH ORDINALITY u(num, ord)
                      JOIN pg_catalog.pg_attribute ON attrelid = conrelid AND attnum = num), '') || ')'
       || CASE WHEN contype = 'f' THEN ' ' || r.name || '('
          || (SELECT pg_catalog.string_agg(attname, ',' ORDER BY ord)
                FROM pg_catalog.unnest(confkey) WITH ORDINALITY u(num, ord)
                JOIN pg_catalog.pg_attribute ON attrelid = confrelid AND attnum = num) || ')' ELSE '' END
       || CASE WHEN convalidated THEN '' ELSE ' not valid' END
  FROM pg_catalog.pg_constraint k JOIN named t ON t.oid = conrelid LEFT JOIN named r ON r.oid = confrelid
 -- A key that refers to a partitioned table has parts of its own for its partitions.
 WHERE contype IN ('c', 'f', 'p', 'u', 'x')
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint p
                    WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid)
UNION ALL
SELECT 'index ' || t.name || '.' || i.relname || CASE WHEN indisunique THEN ' unique' ELSE '' END
       || CASE WHEN indisprimary THEN ' primary' ELSE '' END || ' ' || amname || ' ('
       || (SELECT pg_catalog.string_agg(coalesce(attname, 'expr')
                  || CASE WHEN indoption[ord - 1] & 1 = 1 THEN ' desc' ELSE '' END, ',' ORDER BY ord)
             FROM pg_catalog.unnest(indkey) WITH ORDINALITY u(num, ord)
             LEFT JOIN pg_catalog.pg_attribute ON attrelid = indrelid AND attnum = num AND num <> 0
            WHERE ord <= indnkeyatts)
       || ')' || CASE WHEN indpred IS NOT NULL THEN ' where' ELSE '' END
       || CASE WHEN indisvalid THEN '' ELSE ' invalid' END
  FROM pg_catalog.pg_index x JOIN named t ON t.oid = indrelid JOIN made i ON i.oid = indexrelid
  JOIN pg_catalog.pg_am a ON a.oid = i.relam
UNION ALL
SELECT 'trigger ' || t.name || '.' || tgname
  FROM pg_catalog.pg_trigger JOIN named t ON t.oid = tgrelid WHERE NOT tgisinternal
UNION ALL
SELECT 'child ' || p.name || ' ' || c.name
  FROM pg_catalog.pg_inherits JOIN named p ON p.oid = inhparent JOIN named c ON c.oid = inhrelid
 WHERE c.relkind IN ('r', 'p', 'f'))
SELECT line FROM lines;
"""

MYSQL = r"""
SELECT concat(CASE table_type WHEN 'VIEW' THEN 'view' ELSE 'table' END, ' .', table_name)
  FROM information_schema.tables WHERE table_schema = database()
UNION ALL
SELECT CASE (SELECT table_type FROM information_schema.tables t
              WHERE t.table_schema = c.table_schema AND t.table_name = c.table_name)
       WHEN 'VIEW' THEN concat('column .', table_name, '.', column_name) ELSE
       concat('column .', table_name, '.', column_name, ' ', column_type,
              CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END,
              CASE WHEN column_default IS NULL OR column_default = 'NULL' THEN '' ELSE ' default' END,
              CASE WHEN is_generated = 'ALWAYS' THEN ' generated' ELSE '' END,
              CASE WHEN extra LIKE '%auto_increment%' THEN ' auto_increment' ELSE '' END) END
  FROM information_schema.columns c WHERE table_schema = database()
UNION ALL
SELECT concat('constraint .', k.table_name, '.', k.constraint_name, ' ',
              CASE constraint_type WHEN 'PRIMARY KEY' THEN 'p' ELSE 'u' END,
              ' (', group_concat(column_name ORDER BY ordinal_position), ')')
  FROM information_schema.table_constraints k
  JOIN information_schema.key_column_usage u USING (constraint_schema, constraint_name, table_name)
 WHERE constraint_schema = database() AND constraint_type IN ('PRIMARY KEY', 'UNIQUE')
 GROUP BY k.table_name, k.constraint_name, constraint_type
UNION ALL
SELECT concat('constraint .', k.table_name, '.', k.constraint_name, ' f (',
              group_concat(column_name ORDER BY ordinal_position), ') .', referenced_table_name,
              '(', group_concat(referenced_column_name ORDER BY ordinal_position), ')')
  FROM information_schema.table_constraints k
  JOIN information_schema.key_column_usage u USING (constraint_schema, constraint_name, table_name)
 WHERE constraint_schema = database() AND constraint_type = 'FOREIGN KEY'
 GROUP BY k.table_name, k.constraint_name, referenced_table_name
UNION ALL
SELECT concat('constraint .', table_name, '.', constraint_name, ' c')
  FROM information_schema.check_constraints WHERE constraint_schema = database()
UNION ALL
SELECT concat('index .', table_name, '.', index_name, CASE non_unique WHEN 0 THEN ' unique' ELSE '' END,
              CASE index_name WHEN 'PRIMARY' THEN ' primary' ELSE '' END, ' ', lower(index_type), ' (',
              group_concat(concat(column_name, CASE WHEN sub_part IS NULL THEN '' ELSE concat('(', sub_part, ')') END,
                           CASE collation WHEN 'D' THEN ' desc' ELSE '' END) ORDER BY seq_in_index), ')')
  FROM information_schema.statistics WHERE table_schema = database()
 GROUP BY table_name, index_name, non_unique, index_type
UNION ALL
SELECT concat('trigger .', event_object_table, '.', trigger_name)
  FROM information_schema.triggers WHERE trigger_schema = database();
"""

SQLITE = r"""
SELECT CASE WHEN sql LIKE 'create virtual%' THEN 'virtual' ELSE type END || ' main.' || name FROM sqlite_master
 WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
UNION ALL
SELECT CASE m.type WHEN 'view' THEN 'column main.' || m.name || '.' || c.name ELSE
       'column main.' || m.name || '.' || c.name || ' ' || c.type
       || CASE WHEN c."notnull" OR (c.pk > 0 AND upper(c.type) = 'INTEGER'
               AND NOT EXISTS (SELECT 1 FROM pragma_index_list(m.name) WHERE origin = 'pk')) THEN ' not null' ELSE '' END
       || CASE WHEN c.dflt_value IS NOT NULL AND c.hidden NOT IN (2, 3) THEN ' default' ELSE '' END
       || CASE WHEN c.hidden IN (2, 3) THEN ' generated' ELSE '' END END
  FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c
 WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'
UNION ALL
SELECT 'constraint main.' || m.name || '. p (' || (SELECT group_concat(name) FROM
          (SELECT name FROM pragma_table_info(m.name) WHERE pk > 0 ORDER BY pk)) || ')'
  FROM sqlite_master m
 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'
   AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE pk > 0)
UNION ALL
SELECT 'constraint main.' || m.name || '. f (' || group_concat(f."from") || ') main.' || f."table" || '('
       || coalesce(group_concat(coalesce(f."to", (SELECT name FROM pragma_table_info(f."table") WHERE pk = f.seq + 1))), '') || ')'
  FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
 GROUP BY m.name, f.id
UNION ALL
SELECT 'index main.' || m.name || '.' || i.name || CASE WHEN i."unique" THEN ' unique' ELSE '' END
       || CASE i.origin WHEN 'pk' THEN ' primary' ELSE '' END || ' btree ('
       || (SELECT group_concat(part) FROM (SELECT coalesce(name, 'expr') || CASE WHEN "desc" THEN ' desc' ELSE '' END AS part
             FROM pragma_index_xinfo(i.name) WHERE key ORDER BY seqno)) || ')'
       || CASE WHEN i.partial THEN ' where' ELSE '' END
  FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'
UNION ALL
SELECT 'trigger main.' || tbl_name || '.' || name FROM sqlite_master WHERE type = 'trigger';
"""


def run(arguments, text, environment=None):
    done = subprocess.run(arguments, input=text, text=True, capture_output=True, timeout=60,
                          env=os.environ | (environment or {}))
    if done.returncode != 0:
        raise Failure(done.stderr.strip())
    return done.stdout


def ask(database, text):
    command, environment = client_command(database.url)
    return run(command, text, environment)


def normalised(engine, line):
    """Differences that say nothing: how a server spells what it was given."""
    if engine == "mysql":
        line = re.sub(r"\b(tinyint|smallint|mediumint|int|bigint|year)\(\d+\)", r"\1", line)
        line = re.sub(r"\b(set|enum)\((.*?)\)", lambda m: m.group(0).replace("'", ""), line)
        line = re.sub(r"\bdecimal(?!\()", "decimal(10,0)", line)
        line = re.sub(r"\bdecimal\((\d+)\)", r"decimal(\1,0)", line)
        line = re.sub(r"(\.\w+) (char|binary)(?!\()", r"\1 \2(1)", line)
        line = re.sub(r"\bjson\b", "longtext", line)
    if engine == "sqlite" and line.startswith("column"):
        start, name, kind = (line.split(" ", 2) + [""])[:3]
        flags = re.search(r"( not null)?( default)?( generated)?$", kind).group(0)
        kind = kind[:len(kind) - len(flags)].upper().replace(", ", ",")
        line = f"{start} {name} {kind}{flags}"
    return line


def matches(line, others):
    """Where the replay doesn't know a type, it may be any."""
    return line.endswith(" ") and any(other.startswith(line) for other in others)


QUERIES = {"postgres": POSTGRES, "mysql": MYSQL, "sqlite": SQLITE}


def compare(replay, engine, folder, texts, scratch):
    database = Database(engine, scratch)
    try:
        files = []
        for number, text in enumerate(texts):
            path = pathlib.Path(scratch) / f"{number}.sql"
            path.write_text(text)
            files.append(str(path))
            # A program's own semicolons are none to the splitter, but to the client.
            ask(database, run([replay, "delimit", folder, path], "") if engine == "mysql" else text)
        real = ask(database, QUERIES[engine]).splitlines()
        ours = run([replay, "reduce", folder] + files, "").splitlines()
    finally:
        database.drop()
    real = {normalised(engine, line) for line in real}
    ours = {normalised(engine, line) for line in ours}
    vague = tuple(line for line in ours if line.endswith(" "))
    wrong = [f"the server: {line}" for line in sorted(real - ours) if not line.startswith(vague)]
    wrong += [f"the replay: {line}" for line in sorted(ours - real) if not matches(line, real)]
    if wrong:
        raise Failure("\n".join(wrong))


def example(engine):
    """What a file's UP section for the engine says."""
    texts = []
    for path in sorted(EXAMPLE.glob("*.sql")):
        up, taking = [], False
        for line in path.read_text().splitlines():
            mark = re.match(r"-- =+ (\w+)([ \w]*) =+", line)
            if mark:
                engines = mark.group(2).split()
                taking = mark.group(1) == "UP" and (not engines or engine in engines)
            elif taking:
                up.append(line)
        texts.append("\n".join(up) + "\n")
    return texts


def cases():
    for folder, engine in (("postgres", "postgres"), ("mariadb", "mysql"), ("sqlite", "sqlite")):
        yield f"{folder}/migrations-example", engine, folder, example(engine)
        for path in sorted((HERE / folder).glob("*.sql")):
            text = path.read_text()
            if not text.startswith(("-- version ", "-- only replayed")):
                yield f"{folder}/{path.stem}", engine, folder, [text]


def main():
    replay, wanted = sys.argv[1], sys.argv[2:]
    chosen = [case for case in cases() if not wanted or case[0] in wanted]
    failed = False
    print(f"1..{len(chosen)}")
    for number, (name, engine, folder, texts) in enumerate(chosen, 1):
        scratch = tempfile.mkdtemp()
        try:
            if engine == "sqlite" and shutil.which("sqlite3") is None:
                raise Skip("sqlite3 is not installed")
            compare(replay, engine, folder, texts, scratch)
            print(f"ok {number} - {name}")
        except Skip as skip:
            print(f"ok {number} - {name} # SKIP {skip}")
        except Failure as failure:
            failed = True
            print(f"not ok {number} - {name}")
            for line in str(failure).splitlines():
                print(f"# {line}")
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
