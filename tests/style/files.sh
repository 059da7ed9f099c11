# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# The project's files, for the checks in this folder. To be sourced in the top folder.

# project_files [PATTERN...]: what git tracks, whoever owns the clone; in an unpacked archive all that
# isn't a build.
project_files() {
    if git -c safe.directory='*' rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        # A file that was just removed is still listed.
        git -c safe.directory='*' ls-files -- "$@" | while IFS= read -r file; do
            [ ! -f "$file" ] || printf '%s\n' "$file"
        done
        return
    fi

    local pattern names=(-false)
    for pattern in "$@"; do
        names+=(-o -name "$pattern")
    done
    find . \( -path './build*' -o -path ./.git \) -prune -o -type f \( "${names[@]}" \) -print |
        cut -c 3-
}
