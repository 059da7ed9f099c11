#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the manual with the program: commands, options, settings, statuses, examples.

    manual.py PROGRAM SOURCE-ROOT

Prints TAP. What the program says of itself is taken from its help; what only its sources say, such
as the exit statuses, is read from them. Both ways: nothing is missing, nothing is made up.
"""
import pathlib
import re
import sys
import tempfile

from common import MAN, ROOT, help_of, macro_words, read, run, same, section, tell


def long_options(text):
    return set(re.findall(r"(?<![\w-])--([a-z][a-z-]*)", text))


def page_options(page):
    return {word[1:] for word in macro_words(page, "Fl") if re.fullmatch(r"-[a-z][a-z-]*", word)}


def block_examples(page):
    return [text.replace("\\e", "\\").replace("\\&", "")
            for text in re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed$", page, re.M | re.S)]


def commands():
    found = {}
    groups = help_of().split("Options, before")[0]
    for name in re.findall(r"^  ([a-z]+) {2,}\S", groups, re.M):
        text = help_of(name)
        also = re.search(r"^Also: (.*)$", text, re.M)
        found[name] = (also.group(1).split(", ") if also else [], text)
    assert len(found) > 10, "the help's list of commands can't be read"
    return found


def settings():
    """Names and defaults, from the table."""
    table = read("src/config/setting.c")
    rows = re.findall(r'\[MIG_SETTING_\w+\] = \{\s*"([a-z-]+)",\s*MIG_SETTING_KIND_\w+,\s*'
                      r'(?:"([^"]*)"|NULL),', table)
    number = len(re.findall(r"^\s+\[MIG_SETTING_", table, re.M))
    assert len(rows) == number > 10, "the table of settings can't be read"
    return dict(rows)


def check_commands():
    page = section(read("man/migrate.1"), "COMMANDS")
    listed = set(re.findall(r"^\.It (?:Xo\n\.)?Cm ([a-z]+)", page, re.M))
    same("commands", commands(), listed)
    aliases = {alias for also, _ in commands().values() for alias in also}
    written = set()
    for line in re.findall(r"^Also:\n\.Cm (.*?) \.$", page, re.M):
        written |= set(line.split(" , "))
    same("aliases", aliases, written)


def check_options():
    """Each command's own options stand below it; all of them exist."""
    page = section(read("man/migrate.1"), "COMMANDS")
    parts = re.split(r"^\.It (?:Xo\n\.)?Cm (?=[a-z]+)", page, flags=re.M)[1:]
    described = {re.match("[a-z]+", part).group(0): page_options(".It Cm " + part)
                 for part in parts}
    for name, (_, text) in commands().items():
        own = re.search(r"^Options\n(.*?)(?=^\w|\Z)", text, re.M | re.S)
        options = set(re.findall(r"^      --([a-z-]+)", own.group(1), re.M)) if own else set()
        missing = options - described.get(name, set())
        assert not missing, f"{name}: not in the manual: {', '.join(sorted(missing))}"
        # Settings and global options may be mentioned anywhere.
        everywhere = long_options(help_of()) | set(settings()) | {"no-verify"}
        extra = described.get(name, set()) - options - everywhere
        assert not extra, f"{name}: only in the manual: {', '.join(sorted(extra))}"


def check_global_options():
    text = help_of().split("Options, before or after the command\n")[1].split("\n\n")[0]
    page = section(read("man/migrate.1"), "GLOBAL OPTIONS")
    missing = set(re.findall(r"^(?:  -\w, |      )--([a-z-]+)", text, re.M)) - page_options(page)
    assert not missing, f"not in the manual: {', '.join(sorted(missing))}"
    shorts = set(re.findall(r"^  -(\w), ", text, re.M))
    described = {word for word in macro_words(page, "Fl") if len(word) == 1}
    missing = shorts - described
    assert not missing, f"not in the manual: -{', -'.join(sorted(missing))}"


def all_options():
    known = long_options(help_of()) | set(settings()) | {"no-verify", "no-strict-checksums"}
    for _, text in commands().values():
        known |= long_options(text)
    return known


def check_options_exist():
    known = all_options()
    for path in sorted(MAN.glob("migrate*.[1-8]")):
        unknown = page_options(path.read_text(encoding="utf-8")) - known
        assert not unknown, f"{path.name}: there is no option --{', --'.join(sorted(unknown))}"


def check_examples():
    """Commands and options of the examples of all pages are there."""
    known = set(commands()) | {alias for also, _ in commands().values() for alias in also}
    options = all_options()
    for path in sorted(MAN.glob("migrate*.[1-8]")) + [ROOT / "README.md"]:
        text = path.read_text(encoding="utf-8")
        for line in re.findall(r"^(?:\.Dl |\$ |    )?(migrate [a-z-].*)$", text, re.M):
            for piece in re.findall(r"(?:^|&& )migrate ([^|&>#]*)", line):
                wrong = long_options(piece) - options
                assert not wrong, f"{path.name}: there is no option --{', --'.join(wrong)}: {line}"
                words = re.sub(r"(?:-\w|--(?:env|dir|database|config)) \S+", "", piece).split()
                name = next((word for word in words if not word.startswith("-")), None)
                assert name is None or name in known, \
                    f"{path.name}: there is no command {name}: {line}"


def exit_statuses():
    header = read("src/cli/exit.h")
    values = re.findall(r"^    MIG_EXIT_(\w+) = (\d+),", header, re.M)
    assert len(values) >= 10, "the exit statuses can't be read"
    return ["128+n" if name == "SIGNAL" else value for name, value in values]


def check_exit_statuses():
    page = section(read("man/migrate.1"), "EXIT STATUS")
    same("exit statuses", exit_statuses(), re.findall(r"^\.It (\S+)$", page, re.M))


def check_readme():
    rows = re.findall(r"^\| (\d+(?:\+n)?) \| .* \|$", read("README.md"), re.M)
    same("exit statuses of README.md", exit_statuses(), rows)


def check_settings():
    page = section(read("man/migrate.conf.5"), "SETTINGS")
    items = re.split(r"^\.It Cm ", page, flags=re.M)[1:]
    described = {item.split("\n", 1)[0]: item for item in items}
    same("settings", settings(), described)
    for name, initial in settings().items():
        default = re.search(r"^Default:(?:\n\.Cm (\S+) \.$| (.*)\.$)", described[name], re.M)
        assert default, f"{name}: the manual lacks its default"
        assert (default.group(1) or "") == initial, \
            f"{name}: the default is {initial or 'none'}, not {default.group(1)}"


def check_settings_are_options():
    same("options of settings", settings(),
         set(settings()) & page_options(read("man/migrate.1")))


def check_settings_shown():
    """The program knows each variable, and says so with -v."""
    values = {"": "x", "0": "7", "true": "false", "false": "true", "auto": "allow"}
    special = {"database": "sqlite::memory:", "engine": "sqlite", "server-version": "3.40",
               "lint": "warn"}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "migrate.conf").write_text("[migrate]\n[env x]\n", encoding="utf-8")
        (folder / "m").mkdir()
        env = {}
        for name, initial in settings().items():
            value = special.get(name, values.get(initial, "7" if initial[:1].isdigit() else "m"))
            env["MIGRATE_" + name.upper().replace("-", "_")] = value
        # SQLite has no schemas, and a password can't come from both; neither is asked for here.
        result = run("-v", "status", cwd=folder, env=env)
        for name in env:
            assert f"({name})" in result.stderr, f"{name} is not read:\n{result.stderr}"


def check_variables():
    page = read("man/migrate.1") + read("man/migrate.conf.5") + read("man/migrate-driver.7")
    used = set()
    for path in sorted((ROOT / "src").rglob("*.c")):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'\bg_getenv\("([A-Z_]+)"\)', text))
        used |= set(re.findall(r'environment_get\([^;"]*"([A-Z_]+)"\)', text))
    described = macro_words(page, "Ev")
    missing = {name for name in used if name.startswith("MIGRATE_")} - described
    missing |= {"DATABASE_URL", "NO_COLOR"} - described
    assert not missing, f"not in the manual: {', '.join(sorted(missing))}"
    of_settings = {"MIGRATE_" + name.upper().replace("-", "_") for name in settings()}
    unknown = {name for name in described if name.startswith("MIGRATE_")} - used - of_settings
    assert not unknown, f"only in the manual: {', '.join(sorted(unknown))}"


def check_directives():
    table = read("src/source/directive.c").split("static const Word words[] = {")[1].split("};")[0]
    words = re.findall(r'\{"([a-z-]+)", ', table)
    assert len(words) > 5, "the table of directives can't be read"
    described = macro_words(section(read("man/migrate-file.5"), "DIRECTIVES"), "Cm")
    missing = set(words) - described
    assert not missing, f"not in the manual: {', '.join(sorted(missing))}"


def check_driver():
    header = read("include/migrate/driver.h")
    page = read("man/migrate-driver.7")
    table = header.split("struct MigDriver {")[1].split("\n};")[0]
    functions = re.findall(r"\(\*(\w+)\)\(", table)
    same("functions of a driver", functions,
         macro_words("\n".join(re.findall(r"^\.It Fa .*$", section(page, "FUNCTIONS"), re.M)), "Fa")
         - {","} | {"history_sql"})
    assert "history_sql" in macro_words(section(page, "HISTORY STATEMENTS"), "Fa")
    capabilities = set(re.findall(r"\b(MIG_CAP_\w+) =", header))
    missing = capabilities - macro_words(section(page, "CAPABILITIES"), "Dv")
    assert not missing, f"not in the manual: {', '.join(sorted(missing))}"
    enum = header.split("MIG_HISTORY_CREATE_SCHEMA,")[1].split("MIG_N_HISTORY_SQL")[0]
    names = {"CREATE_SCHEMA"} | set(re.findall(r"^    MIG_HISTORY_(\w+),", enum, re.M))
    described = {word.removeprefix("MIG_HISTORY_")
                 for word in macro_words(section(page, "HISTORY STATEMENTS"), "Dv")}
    missing = names - described
    assert not missing, f"not in the manual: {', '.join(sorted(missing))}"


def check_references():
    """A page that another one names is there, and so are the sections."""
    pages = {path.name.removesuffix(".in"): path.read_text(encoding="utf-8")
             for path in [*MAN.glob("migrate*.[1-8]"), *MAN.glob("migrate*.[1-8].in")]}
    for name, page in pages.items():
        for target, number in re.findall(r"\bXr (migrate\S*) (\d)", page):
            assert f"{target}.{number}" in pages, f"{name}: there is no {target}({number})"
        for title, other in re.findall(r"^\.Sx ([A-Z ]+?)(?: [.;,])?\n(?:of\n\.Xr (\S+ \d))?", page,
                                       re.M):
            where = other.replace(" ", ".") if other else name
            assert re.search(rf"^\.S[hs] {title}$", pages[where], re.M), \
                f"{name}: {where} has no section {title}"


def check_file_examples():
    """The examples of migrate-file(5) are migrations that can be planned."""
    examples = [text for text in block_examples(read("man/migrate-file.5")) if ";" in text]
    assert len(examples) >= 3, "the examples can't be found"
    for text in examples:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            if "= UP =" not in text:
                text = "-- ===== UP =====\nSELECT 1;\n" + text
            text = re.sub(r"^-- Requires:.*\n", "", text, flags=re.M)
            (folder / "1_example.sql").write_text(text, encoding="utf-8")
            result = run("plan", "--engine", "postgres", "-m", ".", cwd=folder)
            assert result.returncode == 0, f"{result.stderr}{text}"


def check_conf_example():
    examples = block_examples(section(read("man/migrate.conf.5"), "EXAMPLES"))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "migrate.conf").write_text(examples[0], encoding="utf-8")
        (folder / "db/migrations").mkdir(parents=True)
        result = run("status", cwd=folder)
        assert result.returncode == 0, result.stderr
        env = {"PRODUCTION_DATABASE_URL": "sqlite::memory:"}
        result = run("-v", "-e", "production", "status", cwd=folder, env=env)
        assert result.returncode == 0, result.stderr
        assert "lock-retries = 30 (migrate.conf:12)" in result.stderr, result.stderr


def check_headers():
    listed = re.search(r"public_headers = \[(.*?)\]", read("tests/manual/meson.build"), re.S).group(1)
    same("headers", {path.stem for path in (ROOT / "include/migrate").glob("*.h")},
         re.findall(r"'(\w+)'", listed))


def check_pages_installed():
    listed = re.findall(r"'(migrate[\w.-]*\.\d)'", read("man/meson.build"))
    same("pages", {path.name.removesuffix(".in") for path in
                   [*MAN.glob("migrate*.[1-8]"), *MAN.glob("migrate*.[1-8].in")]}, listed)


CHECKS = [
    ("commands", check_commands),
    ("options of commands", check_options),
    ("options of all commands", check_global_options),
    ("options exist", check_options_exist),
    ("examples", check_examples),
    ("exit statuses", check_exit_statuses),
    ("exit statuses in README.md", check_readme),
    ("settings", check_settings),
    ("settings are options", check_settings_are_options),
    ("settings are variables", check_settings_shown),
    ("variables", check_variables),
    ("directives", check_directives),
    ("drivers", check_driver),
    ("references", check_references),
    ("example of a migration", check_file_examples),
    ("example of a configuration", check_conf_example),
    ("public headers", check_headers),
    ("pages are installed", check_pages_installed),
]


sys.exit(tell("manual", CHECKS))
