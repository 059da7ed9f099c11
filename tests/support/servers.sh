#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Private PostgreSQL and MariaDB servers for tests, and a PgBouncer before one of them: start, stop,
# kill, restart. Source it, or call it:
#
#     tests/support/servers.sh start postgres DIR [NAME=VALUE...]
#     tests/support/servers.sh start mysql DIR [NAME=VALUE...]
#     tests/support/servers.sh start pgbouncer DIR server=DIR-OF-A-POSTGRES [NAME=VALUE...]
#     tests/support/servers.sh stop|kill|restart|remove DIR
#     tests/support/servers.sh url DIR [tcp]
#
# A server is a directory: what has been started there can be stopped, killed as by a crash, and
# started again with the data it had. It runs as the calling user, or if that is root, as an account
# without rights. It listens on a Unix socket in its directory, which nobody else can enter, and on
# a free port of the loopback interface, with a password.
#
# A server never outlives its owner: the process that called this script, or $SERVER_OWNER, or the
# script that has sourced it. When that is gone, even by SIGKILL, a watchdog stops the server and
# removes the directory.

servers_script=$(realpath "${BASH_SOURCE[0]}")

server_fail() {
    echo "error: $*" >&2
    return 1
}

# The account that servers run as when we are root, which they refuse to run as.
server_account() {
    local name
    for name in "$@" nobody; do
        if id -u "$name" >/dev/null 2>&1; then
            echo "$name"
            return 0
        fi
    done
}

# as_account DIR COMMAND...: as the owner of a server's directory, and out of root's own folders,
# which that account may not enter.
as_account() {
    local dir=$1 owner
    shift
    owner=$(stat -c %U "$dir") || return 1
    if [ "$(id -u)" != 0 ]; then
        (cd "$dir" && exec "$@")
    else
        (cd "$dir" && exec runuser -u "$owner" -- "$@")
    fi
}

free_port() {
    python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

# The newest of Debian's installed versions, or what is in the path.
postgres_bindir() {
    local newest
    if [ -n "${MIGRATE_TEST_POSTGRES_BINDIR:-}" ]; then
        echo "$MIGRATE_TEST_POSTGRES_BINDIR"
        return 0
    fi
    newest=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)
    if [ -z "$newest" ]; then
        newest=$(command -v initdb) || server_fail "no PostgreSQL server is installed" || return 1
    fi
    dirname "$newest"
}

# A process's state and start time, which together tell it from a later one of the same number; a
# zombie counts as gone.
process_stamp() {
    local stat
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    stat=${stat##*) }
    case $stat in
    Z* | X*) return 1 ;;
    esac
    # The start time is field 22; the two before ") " are cut off.
    # shellcheck disable=SC2086
    set -- $stat
    echo "${20}"
}

server_pid() {
    local pid dir
    dir=$(realpath "$1") || return 1
    { read -r pid <"$dir/$(cat "$dir/engine").pid"; } 2>/dev/null || return 1
    process_stamp "$pid" >/dev/null || return 1
    # The number may be another process's by now; a server of ours works in its own directory.
    case $(readlink "/proc/$pid/cwd") in
    "$dir" | "$dir"/*) echo "$pid" ;;
    *) return 1 ;;
    esac
}

make_postgres() {
    local dir=$1 bin=$2 password=$3
    printf '%s\n' "$password" >"$dir/password"
    chmod 644 "$dir/password"
    as_account "$dir" "$bin/initdb" --pgdata="$dir/data" --username=postgres --encoding=UTF8 \
        --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256 --pwfile="$dir/password" \
        --no-sync >"$dir/init.log" 2>&1 || return 1
    # The settings that are fast are those that would lose data when the machine goes down.
    cat >>"$dir/data/postgresql.conf" <<EOF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$dir'
unix_socket_permissions = 0700
external_pid_file = '$dir/postgres.pid'
max_connections = 100
shared_buffers = 32MB
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 256MB
autovacuum_naptime = 10min
timezone = UTC
log_timezone = UTC
lc_messages = C
EOF
}

# start_postgres DIR: one attempt with the port in DIR/port. A server holds none of its caller's files
# open, or who reads the caller's output would wait for the server's end.
start_postgres() {
    local dir=$1 bin option options=()
    bin=$(postgres_bindir) || return 1
    if [ ! -d "$dir/data" ]; then
        make_postgres "$dir" "$bin" "$(cat "$dir/secret")" || return 1
    fi
    options=(-c "port=$(cat "$dir/port")")
    while IFS= read -r option; do
        options+=(-c "$option")
    done <"$dir/options"
    # pg_ctl gives the options to a shell.
    as_account "$dir" "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/server.log" --silent --wait \
        --timeout=60 --options="${options[*]@Q}" start </dev/null >"$dir/start.log" 2>&1 \
        3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
}

mysql_daemon() {
    PATH="$PATH:/usr/sbin" command -v mariadbd || server_fail "no MariaDB server is installed"
}

# The socket's user needs no password, since only we can reach it. Over TCP root has one.
make_mysql() {
    local dir=$1 password=$2
    as_account "$dir" env TMPDIR="$dir" mariadb-install-db --no-defaults --datadir="$dir/data" --skip-test-db \
        --auth-root-authentication-method=normal --skip-name-resolve --innodb-log-file-size=16M \
        >"$dir/init.log" 2>&1 || return 1
    cat >"$dir/users.sql" <<EOF
DELETE FROM mysql.global_priv WHERE User = '' OR User = 'root' AND Host <> 'localhost';
FLUSH PRIVILEGES;
CREATE OR REPLACE USER root@'127.0.0.1' IDENTIFIED BY '$password';
GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;
EOF
    chmod 644 "$dir/users.sql"
}

start_mysql() {
    local dir=$1 daemon option options=() tries launcher
    daemon=$(mysql_daemon) || return 1
    if [ ! -d "$dir/data" ]; then
        make_mysql "$dir" "$(cat "$dir/secret")" || return 1
    fi
    while IFS= read -r option; do
        options+=("--$option")
    done <"$dir/options"
    rm -f "$dir/mysql.pid"
    # Without name resolution "localhost" is the socket, and nobody comes in over TCP as that.
    as_account "$dir" setsid "$daemon" --no-defaults --datadir="$dir/data" \
        --socket="$dir/mysql.sock" --pid-file="$dir/mysql.pid" --bind-address=127.0.0.1 \
        --port="$(cat "$dir/port")" --init-file="$dir/users.sql" --skip-name-resolve \
        --tmpdir="$dir" --lc-messages=en_US --default-time-zone=+00:00 \
        --character-set-server=utf8mb4 --innodb-buffer-pool-size=32M --innodb-log-file-size=16M \
        --innodb-flush-log-at-trx-commit=0 --skip-innodb-doublewrite --skip-log-bin \
        --performance-schema=OFF "${options[@]}" </dev/null >"$dir/server.log" 2>&1 \
        3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
    launcher=$!

    for ((tries = 0; tries < 600; tries++)); do
        if server_pid "$dir" >/dev/null &&
            mariadb-admin --no-defaults --socket="$dir/mysql.sock" --user=root ping >/dev/null 2>&1; then
            return 0
        fi
        process_stamp "$launcher" >/dev/null || return 1
        sleep 0.1
    done
    return 1
}

pgbouncer_daemon() {
    PATH="$PATH:/usr/sbin" command -v pgbouncer || server_fail "no PgBouncer is installed"
}

# Every transaction is given the session that has been idle for longest, so that whoever relies on
# keeping one notices. There is no password, and so no TCP.
configure_pgbouncer() {
    local dir=$1 server='' option options=()
    while IFS= read -r option; do
        case $option in
        server=*) server=$(realpath "${option#server=}") || return 1 ;;
        *) options+=("$option") ;;
        esac
    done <"$dir/options"
    [ -e "$server/port" ] || server_fail "server=DIR must name a PostgreSQL server" || return 1
    cat >"$dir/pgbouncer.ini" <<EOF
[databases]
* = host=$server port=$(cat "$server/port") user=postgres

[pgbouncer]
unix_socket_dir = $dir
unix_socket_mode = 0700
listen_port = $(cat "$dir/port")
auth_type = any
pool_mode = transaction
server_round_robin = 1
max_client_conn = 200
default_pool_size = 20
query_wait_timeout = 20
server_login_retry = 1
logfile = $dir/server.log
pidfile = $dir/pgbouncer.pid
EOF
    printf '%s\n' "${options[@]}" >>"$dir/pgbouncer.ini"
    chmod 644 "$dir/pgbouncer.ini"
}

start_pgbouncer() {
    local dir=$1 daemon bin launcher tries
    daemon=$(pgbouncer_daemon) && bin=$(postgres_bindir) && configure_pgbouncer "$dir" || return 1
    as_account "$dir" mkdir -p "$dir/data" || return 1
    rm -f "$dir/pgbouncer.pid" "$dir"/.s.PGSQL.*
    # A server's processes are known by where they work.
    as_account "$dir" sh -c 'cd data && exec setsid "$@"' sh "$daemon" --quiet \
        "$dir/pgbouncer.ini" </dev/null >"$dir/start.log" 2>&1 \
        3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
    launcher=$!

    for ((tries = 0; tries < 100; tries++)); do
        if server_pid "$dir" >/dev/null &&
            as_account "$dir" "$bin/pg_isready" --quiet --host="$dir" --port="$(cat "$dir/port")"; then
            return 0
        fi
        process_stamp "$launcher" >/dev/null || return 1
        sleep 0.1
    done
    return 1
}

# A PgBouncer has to enter its server's directory, where nobody else may.
account_of_engine() {
    case $1 in
    pgbouncer) server_account postgres ;;
    *) server_account "$1" ;;
    esac
}

# server_start ENGINE DIR [NAME=VALUE...]: makes the server if DIR isn't one, and starts it. What
# NAME is, is the engine's own: max_connections, lock_timeout.
server_start() {
    local engine=$1 dir=$2 tries
    shift 2
    case $engine in
    postgres | mysql | pgbouncer) ;;
    *) server_fail "there is no server called $engine; say postgres, mysql or pgbouncer" || return 1 ;;
    esac

    mkdir -p "$dir" || return 1
    dir=$(realpath "$dir") || return 1
    # A socket's path is at most 107 bytes long, and ours ends in /.s.PGSQL.12345.
    if [ "${#dir}" -gt 85 ]; then
        server_fail "$dir is too long a path for a Unix socket" || return 1
    fi
    if [ ! -e "$dir/engine" ]; then
        echo "$engine" >"$dir/engine"
        od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$dir/secret"
        chmod 700 "$dir"
        if [ "$(id -u)" = 0 ]; then
            chown "$(account_of_engine "$engine")" "$dir" || return 1
        fi
    fi
    printf '%s\n' "$@" | sed '/^$/d' >"$dir/options"

    for ((tries = 0; tries < 5; tries++)); do
        # Free when we asked; somebody else may be quicker, and then we ask again.
        [ -e "$dir/port" ] || free_port >"$dir/port"
        if "start_$engine" "$dir"; then
            watch_server "$dir"
            return 0
        fi
        server_kill "$dir"
        grep -qi 'address already in use\|bind on tcp/ip port' "$dir/server.log" 2>/dev/null || break
        rm -f "$dir/port"
    done
    server_fail "the $engine server in $dir did not start:"
    tail -n 20 "$dir"/*.log >&2
    return 1
}

# server_stop DIR: as an administrator does; open transactions are undone, data stays.
server_stop() {
    local pid stamp tries
    pid=$(server_pid "$1") || return 0
    stamp=$(process_stamp "$pid")
    # PostgreSQL's fast shutdown is SIGINT, MariaDB's only one SIGTERM; PgBouncer's SIGINT waits for
    # its clients.
    case $(cat "$1/engine") in
    postgres) kill -INT "$pid" ;;
    mysql | pgbouncer) kill -TERM "$pid" ;;
    esac
    for ((tries = 0; tries < 300; tries++)); do
        [ "$(process_stamp "$pid")" = "$stamp" ] || return 0
        sleep 0.1
    done
    server_kill "$1"
}

# Every process that works in a server's data, whether or not a file has its number.
server_processes() {
    find /proc/[0-9]*/cwd -maxdepth 0 -lname "$1/data*" 2>/dev/null | cut -d/ -f3
}

# server_kill DIR: as a crash does.
server_kill() {
    local dir pid processes=()
    dir=$(realpath "$1") || return 1
    mapfile -t processes < <(server_processes "$dir")
    [ "${#processes[@]}" = 0 ] || kill -KILL "${processes[@]}" 2>/dev/null
    # A new server refuses to start as long as one of the old one's processes has its memory.
    for pid in "${processes[@]}"; do
        while process_stamp "$pid" >/dev/null; do
            sleep 0.02
        done
    done
    # Where nobody reaps orphans, as in some containers, PostgreSQL takes its dead predecessor for a
    # living one.
    rm -f "$dir/data/postmaster.pid" "$dir"/.s.PGSQL.*
}

# server_restart DIR: same data, same port, same settings.
server_restart() {
    local options
    mapfile -t options <"$1/options"
    server_stop "$1" && server_start "$(cat "$1/engine")" "$1" "${options[@]}"
}

# server_remove DIR: nothing is left.
server_remove() {
    [ -e "$1/engine" ] || return 0
    unwatch_server "$1"
    server_kill "$1"
    rm -rf -- "$1"
}

# server_url DIR [tcp]: as a superuser.
server_url() {
    local dir port
    dir=$(realpath "$1") && port=$(cat "$dir/port") || return 1
    case $(cat "$dir/engine")-${2:-socket} in
    postgres-socket | pgbouncer-socket)
        echo "postgresql://postgres@/postgres?host=$dir&port=$port"
        ;;
    postgres-tcp) echo "postgresql://postgres:$(cat "$dir/secret")@127.0.0.1:$port/postgres" ;;
    mysql-socket) echo "mysql://root@localhost/mysql?socket=$dir/mysql.sock" ;;
    mysql-tcp) echo "mysql://root:$(cat "$dir/secret")@127.0.0.1:$port/mysql" ;;
    *) server_fail "$dir is no server" ;;
    esac
}

# The watchdog of a server, if it has one.
watchdog_pid() {
    local pid
    { read -r pid <"$1/watchdog"; } 2>/dev/null || return 1
    tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q 'servers.sh watch' && echo "$pid"
}

# The watchdog has a session of its own, out of reach of a terminal's Ctrl-C and of a kill of the
# owner's process group; it holds none of the owner's files open, and doesn't have the mark by which
# tests/run finds the processes that it has to end.
watch_server() {
    watchdog_pid "$1" >/dev/null && return 0
    rm -f "$1/watchdog"
    env -u MIGRATE_TEST_RUN setsid -f "$servers_script" watch "${SERVER_OWNER:-$$}" "$1" \
        </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
    until [ -s "$1/watchdog" ]; do
        sleep 0.01
    done
}

unwatch_server() {
    local pid
    if pid=$(watchdog_pid "$1") && [ "$pid" != "$$" ]; then
        kill -KILL "$pid" 2>/dev/null
    fi
}

# until_gone PID: returns when that process is gone.
until_gone() {
    local stamp
    stamp=$(process_stamp "$1") || return 0
    while [ "$(process_stamp "$1")" = "$stamp" ]; do
        sleep 0.5
    done
}

watch_until_gone() {
    echo "$$" >"$2/watchdog"
    until_gone "$1"
    server_remove "$2"
}

# watch_run OWNER DIR MARK: once OWNER is gone, ends every process that has MARK in its environment,
# removes the servers in DIR, and DIR. For tests/run.
watch_run() {
    local owner=$1 dir=$2 mark=$3
    until_gone "$owner"
    kill_marked "$mark"
    remove_servers "$dir"
}

# kill_marked MARK: tests have sessions of their own, so that no process group holds them all. One
# that is just being started shows up in the next round.
kill_marked() {
    local round file pid found
    for ((round = 0; round < 10; round++)); do
        found=false
        for file in $(grep -lzxF -- "$1" /proc/[0-9]*/environ 2>/dev/null); do
            pid=${file#/proc/}
            pid=${pid%/environ}
            if [ "$pid" != "$$" ] && kill -KILL "$pid" 2>/dev/null; then
                found=true
            fi
        done
        [ "$found" = true ] || return 0
        sleep 0.05
    done
}

remove_servers() {
    local engine
    for engine in "$1"/*/engine; do
        [ -e "$engine" ] && server_remove "${engine%/engine}"
    done
    rm -rf -- "$1"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    set -u
    command=${1:-}
    [ $# = 0 ] || shift
    SERVER_OWNER=${SERVER_OWNER:-$PPID}
    case $command in
    start | stop | kill | restart | remove | url) "server_$command" "$@" ;;
    watch) watch_until_gone "$@" ;;
    watch-run) watch_run "$@" ;;
    *)
        sed -n '3,/^$/s/^# \{0,1\}//p' "$servers_script" >&2
        exit 2
        ;;
    esac
fi
