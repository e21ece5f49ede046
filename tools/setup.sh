#!/bin/sh
# Make .venv and install the lock into it: "setup.sh run" for the product, "setup.sh dev" for tests and checks too.
# Does nothing where that lock is installed already.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
give_up() { say "$*"; exit 1; }
is_root_on_debian() { [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; }

apt_install() {
    set -- env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
    "$@" >>build/apt.log 2>&1 && return
    apt-get update -q >>build/apt.log 2>&1 || true
    "$@" >>build/apt.log 2>&1
}

find_python() {
    for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        if [ -n "$name" ] && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    give_up "Python 3.11 or newer is needed: install it, or name it with PYTHON=/path/to/python3."
}

make_venv() {
    if .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return
    fi
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        if is_root_on_debian; then
            say "Installing python3-venv with apt …"
            apt_install python3-venv || true
        fi
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            give_up "This Python cannot make a virtual environment: install the package python3-venv, then start again."
    fi
    say "Making .venv with $("$python" --version) …"
    "$python" -m venv --clear .venv
}

# install NAME LOCK…: the stamp is a copy of what was installed.
install() {
    stamp=.venv/.installed-$1
    shift
    if cat "$@" | cmp -s - "$stamp"; then
        return
    fi
    say "Installing $* (a minute or two the first time) …"
    locks=
    for lock; do locks="$locks -r $lock"; done
    # shellcheck disable=SC2086 # each is a word of its own
    .venv/bin/python -m pip install --quiet --disable-pip-version-check $locks
    cat "$@" >"$stamp"
}

# Browser tests need a Chromium, pictures need fonts that look the same everywhere. Both are optional.
install_browser() {
    if .venv/bin/python -c 'import sys; from tests.support import chromium; sys.exit(not chromium.find())'; then
        return
    fi
    is_root_on_debian || return 0
    say "Installing Chromium with apt, for the browser tests …"
    # The shell shows no window and costs half as much; where there is none, the whole browser does.
    apt_install chromium-headless-shell fonts-inter fonts-texgyre || apt_install chromium-headless-shell ||
        apt_install chromium fonts-inter fonts-texgyre || apt_install chromium ||
        say "Chromium could not be installed (see build/apt.log)."
}

mkdir -p build
make_venv
case ${1:-} in
run) install run requirements.txt ;;
dev)
    install dev requirements.txt requirements-dev.txt
    install_browser
    ;;
*) give_up "usage: tools/setup.sh run|dev" ;;
esac
