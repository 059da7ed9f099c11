# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# What a build and its tests need, and its installation from Debian's packages. To be sourced.
#
# A need is asked of the machine ("is there a meson?"), not of the package database: whoever has
# built a compiler by hand is left alone, and where nothing is missing neither apt nor sudo is called.

packages_missing=()

# packages_need PACKAGE COMMAND...: PACKAGE is missing unless COMMAND succeeds.
packages_need() {
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || packages_missing+=("$package")
}

have_command() {
    command -v "$1"
}

have_module() {
    pkg-config --exists "$@"
}

# Debian's gcc only recommends the C library's headers.
have_c_headers() {
    printf '#include <stdio.h>\n' | cc -E -
}

have_header() {
    printf '#include <%s>\n' "$1" | cc -E -
}

have_mysql_client() {
    pkg-config --exists libmariadb || pkg-config --exists mysqlclient
}

have_postgres_server() {
    compgen -G '/usr/lib/postgresql/*/bin/initdb' || command -v initdb
}

packages_need_build() {
    packages_need gcc have_command cc
    packages_need libc6-dev have_c_headers
    packages_need meson have_command meson
    packages_need ninja-build have_command ninja
    packages_need pkg-config have_command pkg-config
    packages_need libglib2.0-dev have_module glib-2.0 gmodule-no-export-2.0
    packages_need libjansson-dev have_module jansson
    packages_need libpg-query-dev have_header pg_query.h
    packages_need libprotobuf-c-dev have_header protobuf-c/protobuf-c.h
    packages_need libsqlite3-dev have_module sqlite3
}

packages_need_clients() {
    packages_need libpq-dev have_module libpq
    packages_need libmariadb-dev have_mysql_client
}

# mariadb-server-core is MariaDB's server without the system service round it.
packages_need_tests() {
    packages_need python3 have_command python3
    packages_need git have_command git
    packages_need binutils have_command nm
    packages_need procps have_command ps
    packages_need util-linux have_command setpriv
    packages_need jq have_command jq
    packages_need mandoc have_command mandoc
    packages_need sqlite3 have_command sqlite3
    packages_need postgresql have_postgres_server
    packages_need mariadb-server-core have_command mariadbd
    packages_need mariadb-client have_command mariadb-dump
    packages_need pgbouncer have_command pgbouncer
}

packages_need_clang() {
    packages_need clang have_command clang
    packages_need clang-format have_command clang-format
}

# Sets as_root to what has to stand in front of a command that needs root's rights.
find_root() {
    as_root=()
    if [ "$(id -u)" = 0 ]; then
        return 0
    fi
    if ! command -v sudo >/dev/null; then
        return 1
    fi
    # Without a terminal sudo could not ask for the password, and would only look as if it hung.
    if [ -t 0 ]; then
        as_root=(sudo)
    else
        as_root=(sudo -n)
    fi
    "${as_root[@]}" true
}

apt_get() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get -q -y \
        -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null
}

# What apt has to say is of interest only when it fails.
apt_quietly() {
    local output
    output=$(apt_get "$@" 2>&1) || {
        printf '%s\n' "$output" >&2
        return 1
    }
}

# The lists are fetched only where they don't have the packages, or have them no more.
apt_install() {
    if apt_get install --simulate "$@" >/dev/null 2>&1 &&
        apt_get -qq install --no-install-recommends "$@" >/dev/null 2>&1; then
        return 0
    fi
    apt_quietly -qq update && apt_quietly -qq install --no-install-recommends "$@"
}

policy=/usr/sbin/policy-rc.d
policy_saved=/usr/sbin/policy-rc.d.before-migrate
cluster_conf=/etc/postgresql-common/createcluster.d/migrate-tests.conf

# Debian starts a server as soon as it is installed, on its public port. Nobody asked for that: while
# we install, invoke-rc.d is told that nothing may be started, and postgresql that it need not make
# a cluster which would be started with the machine. Idempotent, since a kill may come in between.
services_hold() {
    "${as_root[@]}" sh -eu -s -- "$policy" "$policy_saved" "$cluster_conf" <<'EOF'
if [ -e "$1" ] && ! grep -q 'migrate: no services' "$1"; then
    mv "$1" "$2"
fi
printf '#!/bin/sh\n# migrate: no services while the packages of its tests are being installed\nexit 101\n' >"$1"
chmod 755 "$1"
mkdir -p "${3%/*}"
echo 'create_main_cluster = false' >"$3"
EOF
}

services_release() {
    "${as_root[@]}" sh -eu -s -- "$policy" "$policy_saved" "$cluster_conf" <<'EOF'
rm -f "$3"
if grep -q 'migrate: no services' "$1" 2>/dev/null; then
    rm -f "$1"
fi
if [ -e "$2" ]; then
    mv "$2" "$1"
fi
EOF
}

# packages_install: installs what the calls of packages_need found missing. Returns 0 if it is all
# there now; sets packages_installed to whether anything had to be done.
packages_install() {
    packages_installed=false
    # Left by a run that was killed while it installed.
    if grep -qs 'migrate: no services' "$policy" && find_root; then
        services_release
    fi
    if [ "${#packages_missing[@]}" = 0 ]; then
        return 0
    fi

    local list="${packages_missing[*]}"
    if ! command -v apt-get >/dev/null; then
        echo "error: missing: $list" >&2
        echo "These are the names of Debian's packages; install their like and run this again." >&2
        return 1
    fi
    echo "Installing from Debian's packages: $list"
    if ! find_root; then
        echo "error: this needs root's rights. Type: sudo apt-get install $list" >&2
        return 1
    fi

    # In a subshell, so that its trap is its own; services_release must follow whatever happens.
    (
        case " $list " in
        *' postgresql '* | *' pgbouncer '*)
            trap services_release EXIT
            trap 'exit 130' INT
            trap 'exit 143' TERM HUP
            services_hold
            ;;
        esac
        apt_install "${packages_missing[@]}"
    ) || {
        echo "error: could not install: $list" >&2
        return 1
    }
    packages_missing=()
    packages_installed=true
}
