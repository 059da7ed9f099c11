#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Functions that we do not call, each with its reason, and words that no file has. The result is TAP.
set -u -o pipefail
cd "${MESON_SOURCE_ROOT:-$(dirname "$0")/../..}" || exit 1
# shellcheck source=tests/style/files.sh
. tests/style/files.sh

number=0
failed=0

# result NAME: what comes on standard input is what is wrong with it.
result() {
    local wrong
    wrong=$(cat)
    number=$((number + 1))
    if [ -z "$wrong" ]; then
        echo "ok $number $1"
    else
        echo "not ok $number $1"
        printf '%s\n' "$wrong" | sed 's/^/# /'
        failed=1
    fi
}

# The code of C files as "file:line:code", with literals emptied and comments gone.
code() {
    project_files '*.c' '*.h' | perl -ne '
        chomp;
        my $name = $_;
        open my $file, "<", $name or die "$name: $!";
        local $/;
        my $text = <$file>;
        my $gone = sub { my $t = shift; $t =~ tr/\n//cd; $t };
        $text =~ s{(/\*.*?\*/|//[^\n]*)|("(?:\\.|[^"\\\n])*"|\x27(?:\\.|[^\x27\\\n])+\x27)}
                  {defined $1 ? " " . $gone->($1) : "\"\"" . $gone->($2)}gse;
        my $line = 0;
        print map { $line++; "$name:$line:$_\n" } split /\n/, $text;
    '
}

# Functions, and why not. What is called in the folders of the third column may be.
banned='
strcpy|writes past the end of what it is given; use g_strdup or GString|
strcat|writes past the end of what it is given; use GString|
strncpy|leaves text without its NUL; use g_strndup|
strncat|hardly anybody gets its length right; use GString|
stpcpy|writes past the end of what it is given; use GString|
sprintf|writes past the end of what it is given; use g_strdup_printf|
vsprintf|writes past the end of what it is given; use g_strdup_vprintf|
snprintf|cuts text off silently; use g_strdup_printf|
g_snprintf|cuts text off silently; use g_strdup_printf|
gets|writes past the end of what it is given|
scanf|has no answer to a number that is too large; use g_ascii_string_to_signed|
sscanf|has no answer to a number that is too large; use g_ascii_string_to_signed|
fscanf|has no answer to a number that is too large; use g_ascii_string_to_signed|
atoi|can not fail; use g_ascii_string_to_signed|
atol|can not fail; use g_ascii_string_to_signed|
atof|can not fail, and depends on the locale; use g_ascii_strtod|
strtod|depends on the locale; use g_ascii_strtod|
strtok|changes its input and has a global state; use g_strsplit|
strtok_r|changes its input; use g_strsplit|
alloca|overflows the stack without a word|
g_alloca|overflows the stack without a word|
g_newa|overflows the stack without a word|
setjmp|jumps over g_autoptr, which then frees nothing|
longjmp|jumps over g_autoptr, which then frees nothing|
system|gives text to a shell; use g_spawn_sync|
popen|gives text to a shell; use g_spawn_sync|
malloc|returns NULL where nobody looks; use g_new|
calloc|returns NULL where nobody looks; use g_new0|
realloc|loses what it is given when it fails; use g_renew|
strdup|returns NULL where nobody looks; use g_strdup|
asprintf|returns an error where nobody looks; use g_strdup_printf|
ctime|has a global buffer; use GDateTime|
asctime|has a global buffer; use GDateTime|
gmtime|has a global buffer; use GDateTime|
localtime|has a global buffer; use GDateTime|
strerror|is not safe among threads, and its text not UTF-8; use g_strerror|
tmpnam|somebody else may be there first; use g_file_open_tmp|
mktemp|somebody else may be there first; use g_file_open_tmp|
rand|is the same every time; use GRand|
strcasecmp|depends on the locale: i is no I in Turkish; use g_ascii_strcasecmp|
strncasecmp|depends on the locale: i is no I in Turkish; use g_ascii_strncasecmp|
toupper|depends on the locale; use g_ascii_toupper|
tolower|depends on the locale; use g_ascii_tolower|
isspace|depends on the locale, and on the sign of char; use g_ascii_isspace|
isdigit|depends on the sign of char; use g_ascii_isdigit|
isalpha|depends on the locale, and on the sign of char; use g_ascii_isalpha|
isalnum|depends on the locale, and on the sign of char; use g_ascii_isalnum|
setenv|is not safe among threads; hand the value down|tests/
g_setenv|is not safe among threads; hand the value down|tests/
exit|a room returns its errors; only main ends the program|tests/
abort|a room returns its errors; only main ends the program|tests/
_exit|a room returns its errors; only main ends the program|tests/ src/cli/interrupt.c
g_error|ends the program; return a GError|tests/
printf|only report and cli write to a stream|src/cli/ src/report/ src/main.c man/ tests/
fprintf|only report and cli write to a stream|src/cli/ src/report/ src/main.c man/ tests/
vfprintf|only report and cli write to a stream|src/cli/ src/report/ src/main.c man/ tests/
puts|only report and cli write to a stream|src/cli/ src/report/ src/main.c man/ tests/
fputs|only report and cli write to a stream|src/cli/ src/report/ src/main.c man/ tests/
putchar|only report and cli write to a stream|src/cli/ src/report/ src/main.c man/ tests/
perror|only report and cli write to a stream|src/cli/ src/report/ src/main.c man/ tests/
g_print|only report and cli write to a stream|src/cli/ src/report/ src/main.c man/ tests/
g_printerr|only report and cli write to a stream|src/cli/ src/report/ src/main.c man/ tests/
g_message|only report and cli write to a stream|tests/
g_warning|only report and cli write to a stream|tests/
'

# Calls of banned functions in what code() prints.
calls() {
    awk -F '|' -v banned="$banned" '
        BEGIN {
            n = split(banned, lines, "\n")
            for (i = 1; i <= n; i++) {
                split(lines[i], part, "|")
                if (part[1] != "") {
                    reason[part[1]] = part[2]
                    allowed[part[1]] = part[3]
                }
            }
        }
        {
            match($0, /^[^:]*:[0-9]+:/)
            place = substr($0, 1, RLENGTH)
            rest = substr($0, RLENGTH + 1)
            # A member or a pointer of that name, as in driver->exit(), is somebody else.
            while (match(rest, /(->|\.)?[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
                name = substr(rest, RSTART, RLENGTH - 1)
                rest = substr(rest, RSTART + RLENGTH)
                sub(/[ \t]+$/, "", name)
                if (!(name in reason))
                    continue
                fine = 0
                k = split(allowed[name], folders, " ")
                for (i = 1; i <= k; i++)
                    if (index(place, folders[i]) == 1)
                        fine = 1
                if (!fine)
                    print place " " name "(): " reason[name]
            }
        }'
}

# What the parts of the project that may not write do with the standard streams.
streams() {
    code | grep -E '\b(stdout|stderr|stdin)\b' |
        grep -Ev '^(src/cli/|src/report/|src/main\.c:|man/|tests/)'
}

# A reminder that leads nowhere goes; one that has an issue says so.
reminders() {
    project_files '*.c' '*.h' '*.build' '*.sql' '*.[1-7]' | grep -v '/cases/' |
        xargs grep -nE '\b(TODO|FIXME|XXX)\b' /dev/null | grep -vE '\(#[0-9]+\)'
}

# What a clone doesn't have can't be needed by it. Tests that use more, where it is there, skip.
outsiders() {
    project_files '*' | grep -v '^tests/' | xargs grep -nIE '\.\./shared\b' /dev/null
}

unlicensed() {
    project_files '*.c' '*.h' | while IFS= read -r file; do
        [ "$(head -n 1 "$file")" = '/* SPDX-License-Identifier: MIT */' ] ||
            echo "$file: the first line is not /* SPDX-License-Identifier: MIT */"
    done
}

blanks_at_the_end() {
    project_files '*.c' '*.h' '*.sh' '*.build' '*.py' '*.md' '*.conf' '*.yml' 'migrations-example/*' |
        grep -v '/cases/\|/fixtures/\|/corpus/' | xargs grep -nIE '[[:blank:]]+$' /dev/null
}

echo "TAP version 13"
result "/style/banned/functions" < <(code | calls)
result "/style/banned/goto" < <(code | grep -E '\bgoto\b')
result "/style/banned/streams-below-report" < <(streams)
result "/style/banned/reminders-without-an-issue" < <(reminders)
result "/style/banned/files-outside-of-the-project" < <(outsiders)
result "/style/banned/files-without-a-licence" < <(unlicensed)
result "/style/banned/white-space-at-the-end" < <(blanks_at_the_end)
echo "1..$number"
exit "$failed"
