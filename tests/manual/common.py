# SPDX-License-Identifier: MIT
"""Reading the manual's pages, running the program, and telling the result as TAP."""
import os
import pathlib
import re
import subprocess
import sys

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2])
MAN = ROOT / "man"


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def run(*arguments, cwd=None, env=None):
    clean = {key: value for key, value in os.environ.items()
             if not key.startswith("MIGRATE_") or key == "MIGRATE_DRIVER_PATH"}
    clean.pop("DATABASE_URL", None)
    clean.update(env or {})
    return subprocess.run([PROGRAM, *arguments], cwd=cwd, env=clean, capture_output=True,
                          stdin=subprocess.DEVNULL, text=True, timeout=60, check=False)


def help_of(*command):
    result = run("help", *command)
    assert result.returncode == 0, result.stderr
    return result.stdout


def section(page, title):
    """The lines of a page below one .Sh."""
    found = re.search(rf"^\.Sh {re.escape(title)}\n(.*?)(?=^\.Sh |\Z)", page, re.M | re.S)
    assert found, f"there is no section {title}"
    return found.group(1)


def macro_words(page, macro):
    """What stands behind a macro, whatever line it is in: .Cm create , add"""
    words = set()
    for line in page.splitlines():
        if not line.startswith("."):
            continue
        inside = False
        for word in line[1:].split():
            if re.fullmatch(r"[A-Z][a-z]", word):
                inside = word == macro
            elif inside:
                words.add(word)
    return words


def same(what, wanted, got):
    missing = sorted(set(wanted) - set(got))
    extra = sorted(set(got) - set(wanted))
    assert not missing, f"{what}: not in the manual: {', '.join(missing)}"
    assert not extra, f"{what}: only in the manual: {', '.join(extra)}"


def tell(suite, checks):
    """Runs (name, function) pairs; a failed assertion is a failed test. Returns the exit status."""
    failed = False
    print("TAP version 13")
    print(f"1..{len(checks)}")
    for number, (name, check) in enumerate(checks, 1):
        try:
            check()
            print(f"ok {number} /{suite}/{name}")
        except AssertionError as failure:
            failed = True
            print(f"not ok {number} /{suite}/{name}")
            for line in str(failure).splitlines():
                print("# " + line)
    return 1 if failed else 0
