# SPDX-License-Identifier: MIT
"""A history whose every statement must be executed exactly once, and the check that it was."""
import common

ROUNDS = 6


def write(project):
    """Statements in and outside transactions, and one that can't be repeated: the counter's."""
    engine = project.database.engine
    concurrently = "CONCURRENTLY " if engine == "postgres" else ""
    slow = {"postgres": "SELECT pg_sleep(0.02);", "mysql": "DO sleep(0.02);",
            "sqlite": "SELECT 1;"}[engine]
    files = {"1_counter.sql": "CREATE TABLE counter (n int);\nINSERT INTO counter VALUES (0);\n"}
    for i in range(2, ROUNDS + 2):
        alone = "VACUUM;" if engine != "mysql" else f"ALTER TABLE t{i} ADD COLUMN y int;"
        files[f"{i}_step.sql"] = (
            f"UPDATE counter SET n = n + 1;\nCREATE TABLE t{i} (id int, x int);\n{slow}\n"
            f"INSERT INTO t{i} VALUES (1, 1);\nCREATE INDEX {concurrently}i{i} ON t{i} (x);\n"
            f"UPDATE counter SET n = n + 1;\n{alone}\n")
    project.write(files)


def check(project):
    """Fails unless all of it is there, once, and nothing that is half done."""
    database = project.database
    tables = "".join(f", (SELECT count(*) FROM t{i})" for i in range(2, ROUNDS + 2))
    found = database.run(f"SELECT (SELECT n FROM counter){tables}")
    wanted = "|".join([str(2 * ROUNDS), *["1"] * ROUNDS])
    common.require(found == wanted, f"counter and tables have {found}, not {wanted}")
    if database.engine == "postgres":
        invalid = database.run("SELECT count(*) FROM pg_index WHERE NOT indisvalid")
        common.require(invalid == "0", f"{invalid} indexes are invalid")
    applied = project.events("applied")
    common.require(applied == ROUNDS + 1, f"{applied} migrations were applied, not {ROUNDS + 1}")
    project.run("status", "--check")
