#!/usr/bin/env bash
# Whether the sources are laid out as .clang-format says. Argument: the clang-format to use.
set -eu
cd "${MESON_SOURCE_ROOT:-$(dirname "$0")/../..}"
git ls-files '*.c' '*.h' | xargs "$1" --dry-run --Werror
