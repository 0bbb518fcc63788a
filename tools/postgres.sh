#!/bin/sh
# PostgreSQL's programs for the tests, which start a server of their own with them. Where they are missing, root on
# Debian gets them, and anybody else one line that says what to install. QAWL_POSTGRES_BIN=FOLDER: they are there, and
# nothing is installed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
find_programs() { "${PYTHON:-python3}" "$here/../tests/record/servers.py"; }

may_install() { [ -z "${QAWL_POSTGRES_BIN:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install_programs() {
    # The tests want the programs, no cluster of the system's own that starts by itself.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p /etc/postgresql-common || return
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf || return
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o DPkg::Lock::Timeout=120 update &&
        apt-get -qq -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold install --no-install-recommends \
            postgresql
}

find_programs >/dev/null 2>&1 && exit
if may_install; then
    echo "PostgreSQL is not installed; apt-get installs it for the tests." >&2
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    install_programs </dev/null >"$log" 2>&1 || cat "$log" >&2
fi
# Without them the tests say so themselves: they are skipped, or fail in CI.
find_programs >/dev/null || :
