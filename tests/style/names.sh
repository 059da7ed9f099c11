#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Whether the names that our objects share are ours: in the rooms' libraries they begin with mig_, and
# a driver's module shows one. Arguments: the build directory, nm. The result is TAP.
set -u -o pipefail
build=$1
nm=${2:-nm}

# Names that compilers and sanitizers make begin with two underscores, the linker's with one.
foreign='^(__|_init$|_fini$|_edata$|_end$)'
number=0
failed=0

# check FILE PATTERN NM-OPTION...: all names that the file defines for others match PATTERN.
check() {
    local file=$1 pattern=$2 names wrong
    shift 2
    number=$((number + 1))
    if ! names=$("$nm" "$@" --defined-only "$file" 2>&1); then
        printf '%s\n' "$names" | sed 's/^/# /'
        wrong=unreadable
    else
        # Lines that aren't "address type name" are the members' headings.
        wrong=$(awk 'NF == 3 { print $3 }' <<<"$names" | grep -Ev "$foreign" | grep -Ev "$pattern")
    fi
    if [ -z "$wrong" ]; then
        echo "ok $number /style/names/${file#"$build"/}"
    else
        echo "not ok $number /style/names/${file#"$build"/}"
        printf '%s\n' "$wrong" | sort -u | sed "s/^/# does not match $pattern: /"
        failed=1
    fi
}

echo "TAP version 13"
while IFS= read -r library; do
    check "$library" '^mig_' --extern-only
done < <(find "$build/src" -name '*.a' | sort)
while IFS= read -r module; do
    check "$module" '^mig_driver_v1$' --dynamic
done < <(find "$build/drivers" -maxdepth 1 -name 'migrate-*.so' | sort)
echo "1..$number"

if [ "$number" = 0 ]; then
    echo "# nothing is built in $build" >&2
    exit 1
fi
exit "$failed"
