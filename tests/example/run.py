#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs migrations-example on every engine: up, verify, all the way down, and up again.

    run.py PROGRAM

Prints TAP. Between the two ups nothing may be left, and both must make the same schema.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "cli"))
from run import Database, Failure, Skip  # noqa: E402

EXAMPLE = HERE.parent.parent / "migrations-example"

# All that the migrations can have made, as (kind, name, definition).
SCHEMA = {
    "sqlite": """
        SELECT type, name, sql FROM sqlite_master
         WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' AND tbl_name NOT LIKE 'migrate!_history%' ESCAPE '!'
         ORDER BY 1, 2""",
    "postgres": """
        WITH made AS (SELECT oid, relname, relkind FROM pg_class
                       WHERE relnamespace = 'public'::regnamespace
                         AND relname NOT LIKE 'migrate\\_history%')
        SELECT 'column', c.relname || '.' || a.attname,
               concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
                         pg_get_expr(d.adbin, d.adrelid))
          FROM made c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
          LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
         WHERE c.relkind IN ('r', 'v') AND NOT a.attisdropped
        UNION ALL SELECT 'view', relname, pg_get_viewdef(oid) FROM made WHERE relkind = 'v'
        UNION ALL SELECT 'sequence', relname, '' FROM made WHERE relkind = 'S'
        UNION ALL SELECT 'index', relname, concat_ws(' ', i.indisvalid, pg_get_indexdef(oid))
                    FROM made JOIN pg_index i ON i.indexrelid = oid
        UNION ALL SELECT 'constraint', conname, concat_ws(' ', convalidated, pg_get_constraintdef(k.oid))
                    FROM pg_constraint k JOIN made ON made.oid = k.conrelid
        UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(t.oid)
                    FROM pg_trigger t JOIN made ON made.oid = t.tgrelid WHERE NOT t.tgisinternal
        UNION ALL SELECT 'function', proname, pg_get_functiondef(oid)
                    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        ORDER BY 1, 2""",
    "mysql": """
        SELECT 'column', concat(table_name, '.', column_name),
               concat_ws(' ', column_type, is_nullable, column_default, extra)
          FROM information_schema.columns
         WHERE table_schema = database() AND table_name NOT LIKE 'migrate\\_history%'
        UNION ALL
        SELECT 'index', concat(table_name, '.', index_name, '.', seq_in_index), column_name
          FROM information_schema.statistics
         WHERE table_schema = database() AND table_name NOT LIKE 'migrate\\_history%'
        UNION ALL
        SELECT 'constraint', concat(table_name, '.', constraint_name), constraint_type
          FROM information_schema.table_constraints
         WHERE table_schema = database() AND table_name NOT LIKE 'migrate\\_history%'
        UNION ALL
        SELECT 'trigger', trigger_name, concat(action_timing, event_manipulation, action_statement)
          FROM information_schema.triggers WHERE trigger_schema = database()
        UNION ALL
        SELECT 'function', routine_name, routine_definition
          FROM information_schema.routines WHERE routine_schema = database()
        UNION ALL
        SELECT 'view', table_name, view_definition
          FROM information_schema.views WHERE table_schema = database()
        ORDER BY 1, 2""",
}

CUSTOMERS = """
INSERT INTO customers (id, email, name) VALUES (1, 'ada@example.org', 'Ada'), (2, 'bob@example.org', 'Bob');
INSERT INTO orders (id, customer_id) VALUES (1, 1), (2, 2);
INSERT INTO order_items (order_id, position, sku, quantity, unit_price_cents)
VALUES (1, 1, 'MUG-RED', 2, 1250), (1, 2, 'MUG-BLUE', 1, 1000), (2, 1, 'MUG-RED', 1, 1250);
"""
# Ordered before there were totals, and after.
EARLY, LATE = "20240129160000", "20240226090000"
# What must be refused, and a word of the reason.
WRONG = {
    "INSERT INTO order_items (order_id, position, sku, quantity, unit_price_cents)"
    " VALUES (2, 9, 'MUG-BLUE', 1000, 1)": "products_stock_check",
    "UPDATE orders SET status = 'lost'": "orders_status_check",
    "INSERT INTO orders (id, customer_id) VALUES (98, 99)": "foreign key",
    "UPDATE orders SET total_cents = NULL": "total_cents",
}


def execute(url, sql):
    """(status, output) of the engine's own client; columns are separated by tabs."""
    parts = urllib.parse.urlsplit(url)
    environment = dict(os.environ)
    if parts.scheme == "sqlite":
        command = ["sqlite3", "-batch", "-bail", "-separator", "\t", url[len("sqlite:"):]]
        sql = "PRAGMA foreign_keys = ON;\n" + sql
    elif parts.scheme.startswith("postgres"):
        command = ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", url]
    else:
        command = [shutil.which("mariadb") or "mysql", "--batch", "--skip-column-names",
                   "--database=" + parts.path.lstrip("/")]
        socket = urllib.parse.parse_qs(parts.query).get("socket")
        command.append("--user=" + urllib.parse.unquote(parts.username or ""))
        if parts.password:
            environment["MYSQL_PWD"] = urllib.parse.unquote(parts.password)
        if socket:
            command.append("--socket=" + socket[0])
        else:
            command += ["--protocol=tcp", f"--host={parts.hostname}", f"--port={parts.port or 3306}"]
    done = subprocess.run(command, input=sql, env=environment, capture_output=True, text=True,
                          timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def must_execute(url, sql):
    status, output = execute(url, sql)
    if status != 0:
        raise Failure(f"{sql}\n{output}")
    return output


def same(what, got, expected):
    if got != expected:
        raise Failure(f"{what}\nexpected:\n{expected}\ngot:\n{got}")


class Shop:
    """A database, and the program for it."""

    def __init__(self, program, database):
        self.program, self.engine, self.url = program, database.engine, database.url

    def migrate(self, *arguments):
        done = subprocess.run([self.program, "-d", self.url, "-m", EXAMPLE, *arguments], cwd="/",
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
                              check=False)
        if done.returncode != 0:
            raise Failure(f"migrate {' '.join(arguments)} ended with {done.returncode}\n"
                          f"{done.stdout}{done.stderr}")

    def schema(self):
        return must_execute(self.url, SCHEMA[self.engine] + ";")

    def stock(self):
        return must_execute(self.url, "SELECT sku, stock FROM products ORDER BY sku;")

    def empty(self):
        must_execute(self.url, "DELETE FROM order_items; DELETE FROM orders; DELETE FROM customers;")


def up_down_up(shop):
    shop.migrate("up")
    shop.migrate("verify")
    first = shop.schema()
    if "open_orders" not in first:
        raise Failure("there is no open_orders:\n" + first)
    shop.migrate("down", "--all", "--yes")
    same("what is left", shop.schema(), "")
    shop.migrate("up")
    shop.migrate("verify")
    same("the schema", shop.schema(), first)


def each_down_undoes_its_up(shop):
    versions = [path.name.split("_")[0] for path in sorted(EXAMPLE.glob("[0-9]*.sql"))]
    before = {}
    for version in versions:
        before[version] = shop.schema()
        shop.migrate("up", "1")
    for version in reversed(versions):
        shop.migrate("down")
        # SQLite keeps a table's definition as it was typed, and the tables are made anew.
        if shop.engine != "sqlite":
            same(f"after DOWN of {version}", shop.schema(), before[version])


def orders_survive(shop, ordered):
    shop.migrate("goto", ordered)
    must_execute(shop.url, CUSTOMERS)
    shop.migrate("up")
    shop.migrate("verify")
    same("totals", must_execute(shop.url, "SELECT id, total_cents FROM orders ORDER BY id;"),
         "1\t3500\n2\t1250\n")
    same("stock", shop.stock(), "MUG-BLUE\t39\nMUG-RED\t22\nVOUCHER-20\t1000000\n")

    must_execute(shop.url, "UPDATE order_items SET quantity = 5 WHERE order_id = 2;"
                           "DELETE FROM order_items WHERE order_id = 1 AND position = 1;"
                           "INSERT INTO orders (id, customer_id) VALUES (3, 1);")
    same("orders", must_execute(
        shop.url, "SELECT id, customer_name, status, total_cents FROM open_orders ORDER BY id;"),
         "1\tAda\tnew\t1000\n2\tBob\tnew\t6250\n3\tAda\tnew\t0\n")
    same("stock", shop.stock(), "MUG-BLUE\t39\nMUG-RED\t20\nVOUCHER-20\t1000000\n")
    for sql, reason in WRONG.items():
        status, output = execute(shop.url, sql + ";")
        if status == 0 or reason not in output.lower():
            raise Failure(f"{sql}\nis not refused for {reason}:\n{output}")

    shop.migrate("goto", EARLY)
    same("stock", shop.stock(), "MUG-BLUE\t39\nMUG-RED\t20\nVOUCHER-20\t1000000\n")
    shop.empty()
    same("stock", shop.stock(), "MUG-BLUE\t40\nMUG-RED\t25\nVOUCHER-20\t1000000\n")


CASES = {
    "up-verify-down-up": up_down_up,
    "each-down-undoes-its-up": each_down_undoes_its_up,
    "keeps-what-was-ordered-before": lambda shop: orders_survive(shop, EARLY),
    "keeps-what-is-ordered-now": lambda shop: orders_survive(shop, LATE),
}


def run(program, engine, case):
    """(result, text), the result being "ok", "not ok" or "skip"."""
    with tempfile.TemporaryDirectory(prefix="migrate-example-") as scratch:
        try:
            database = Database(engine, scratch)
        except Skip as why:
            return "skip", str(why)
        except Failure as why:
            return "not ok", str(why)
        try:
            CASES[case](Shop(program, database))
        except (Failure, subprocess.TimeoutExpired) as why:
            return "not ok", str(why)
        finally:
            database.drop()
        return "ok", ""


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    number, failed = 0, 0
    print("TAP version 13")
    for engine in SCHEMA:
        for case in CASES:
            result, text = run(program, engine, case)
            number += 1
            failed += result == "not ok"
            print("not ok" if result == "not ok" else "ok", number, f"/example/{engine}/{case}",
                  f"# SKIP {text}" if result == "skip" else "", flush=True)
            if result == "not ok":
                print("\n".join("# " + line for line in text.splitlines()), flush=True)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
