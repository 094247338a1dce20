#!/bin/sh
# Makes the environment what uv.lock says, given Python 3.11 or later and a package registry.
# Arguments go to `uv sync`. PYTHON names an interpreter to prefer; UV_* and PIP_* variables are honoured.
set -eu
cd "$(dirname "$0")/.."

usable_python() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3 python; do
        if usable_python "$name"; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    found=$(python3 --version 2>/dev/null) || found="no python3"
    echo "Python 3.11 or later is needed; PATH has $found." >&2
    echo "Install one, or name it: make PYTHON=/path/to/python3.11 ..." >&2
    return 1
}

# Before 0.9, uv did not read all of our lock and settings.
usable_uv() {
    case "$("$1" --version 2>/dev/null)" in
        "uv 0."[0-8].* | "") return 1 ;;
        uv*) return 0 ;;
        *) return 1 ;;
    esac
}

# --target leaves the system's packages alone, so an externally managed Python does not object.
install_uv() {
    echo "Installing uv into .uv" >&2
    if "$python" -m pip --version >/dev/null 2>&1; then
        set -- -m pip
    else
        set -- "$("$python" scripts/pip_wheel.py .uv)/pip"
    fi
    PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 PIP_ROOT_USER_ACTION=ignore "$python" "$@" install --quiet --upgrade --target .uv "uv>=0.9" >&2
}

find_uv() {
    for name in uv .uv/bin/uv; do
        if usable_uv "$name"; then
            echo "$name"
            return
        fi
    done
    install_uv
    echo .uv/bin/uv
}

cache=${UV_CACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/uv}
if ! { mkdir -p "$cache" && [ -w "$cache" ]; } 2>/dev/null; then
    export UV_CACHE_DIR="$PWD/.cache/uv"
fi
export UV_PYTHON_DOWNLOADS="${UV_PYTHON_DOWNLOADS:-never}"

python=$(find_python)
uv=$(find_uv)
usable_python "${UV_PROJECT_ENVIRONMENT:-.venv}/bin/python" || set -- --python "$python" "$@"
exec "$uv" sync --frozen --compile-bytecode "$@"
