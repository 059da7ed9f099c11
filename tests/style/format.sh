#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Whether the sources are laid out as .clang-format says. Argument: the clang-format to use.
set -eu -o pipefail
cd "${MESON_SOURCE_ROOT:-$(dirname "$0")/../..}"
# shellcheck source=tests/style/files.sh
. tests/style/files.sh
project_files '*.c' '*.h' | xargs "$1" --dry-run --Werror
