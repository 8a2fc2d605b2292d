#!/usr/bin/env bash
# Runs a command against a private MariaDB that lives only as long as the command:
#   scripts/testdb.sh go test ./...
# The command finds the server in BIAOCHI_TEST_MYSQL, a DSN without a database. A
# server given there beforehand is used instead. Needs Debian's mariadb-server-core
# and mariadb-client-core (apt-get install --no-install-recommends), which start
# nothing by themselves.
set -euo pipefail

if [ $# -eq 0 ]; then
    echo "用法：$0 命令 [参数…]" >&2
    exit 2
fi
if [ -n "${BIAOCHI_TEST_MYSQL:-}" ]; then
    exec "$@"
fi
PATH="$PATH:/usr/sbin"
for program in mariadbd mariadb-install-db; do
    command -v "$program" >/dev/null || {
        echo "缺少 $program，请先安装：apt-get install -y --no-install-recommends mariadb-server-core mariadb-client-core" >&2
        exit 1
    }
done

# The path of the socket must stay under 107 bytes, whatever TMPDIR says. In memory,
# where there is room, the many short-lived databases take half the time.
place=/tmp
if [ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')" -ge 4000000 ] 2>/dev/null; then
    place=/dev/shm
fi
folder=$(mktemp -d "$place/biaochi-testdb.XXXXXX")
server=
child=
finish() {
    status=$?
    trap - EXIT
    trap "" INT TERM HUP # a second one must not leave half of it behind
    [ -z "$child" ] || kill -- "-$child" 2>/dev/null || true
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$folder"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

user=
if [ "$(id -u)" -eq 0 ]; then
    user=--user=root
fi
mariadb-install-db --no-defaults --datadir="$folder/data" --auth-root-authentication-method=normal \
    --skip-test-db --skip-name-resolve $user >"$folder/install.log" 2>&1 || {
    cat "$folder/install.log" >&2
    exit 1
}

# Any free port will do; where another program is faster, the next is tried.
try=0
port=$((20000 + $$ % 10000))
while [ $try -lt 20 ]; do
    try=$((try + 1))
    port=$((port + 1))
    mariadbd --no-defaults --datadir="$folder/data" --socket="$folder/s.sock" --pid-file="$folder/pid" \
        --bind-address=127.0.0.1 --port=$port --skip-name-resolve --skip-log-bin \
        --innodb-flush-log-at-trx-commit=2 --innodb-doublewrite=0 --max-connections=300 $user >"$folder/server.log" 2>&1 &
    server=$!
    waited=0
    while [ $waited -lt 300 ] && kill -0 "$server" 2>/dev/null && ! grep -q "ready for connections" "$folder/server.log"; do
        sleep 0.1
        waited=$((waited + 1))
    done
    if kill -0 "$server" 2>/dev/null && grep -q "ready for connections" "$folder/server.log"; then
        break
    fi
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
    grep -q "Address already in use" "$folder/server.log" || break
done
if [ -z "$server" ]; then
    cat "$folder/server.log" >&2
    exit 1
fi

BIAOCHI_TEST_MYSQL="root@tcp(127.0.0.1:$port)/"
export BIAOCHI_TEST_MYSQL
# A process group of its own, so that stopping it stops its children as well, and
# in the background, so that the traps run while it does.
set -m
"$@" &
child=$!
set +m
status=0
wait "$child" || status=$?
child=
exit "$status"
