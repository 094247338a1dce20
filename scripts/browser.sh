#!/bin/sh
# Sees to Chromium and a font with Chinese, which the browser tests need, through the system's packages.
# Never fails: where they cannot be installed it says what is missing, and those tests skip themselves.
set -u

has_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    return 1
}

has_font() {
    command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family)" ]
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install() {
    command -v apt-get >/dev/null 2>&1 || return
    as_root true 2>/dev/null || return
    echo "Installing with apt-get: $*"
    log=$(mktemp)
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update </dev/null >"$log" 2>&1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@" \
        </dev/null >>"$log" 2>&1 || tail -n 5 "$log"
    rm -f "$log"
}

missing=
has_browser || missing="$missing chromium"
has_font || missing="$missing fonts-noto-cjk fontconfig"
[ -z "$missing" ] && exit

# shellcheck disable=SC2086 # a list of packages
install $missing

has_browser || echo "Chromium is missing, so the browser tests are skipped. Debian, Ubuntu: apt-get install chromium. macOS: brew install chromium."
has_font || echo "A font with Chinese is missing, so the page's pictures show boxes. Debian, Ubuntu: apt-get install fonts-noto-cjk fontconfig."
exit 0
