#!/bin/sh
# Sees to Chromium and a font with Chinese, which the browser tests need, through the system's packages.
# Never fails: where they cannot be installed it says what is missing, and those tests skip themselves.
set -u

# One that is there but does not run, as a stub for another packager's, is none.
has_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        "$name" --version >/dev/null 2>&1 && return
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

# Apart, so that where one cannot be had the other comes all the same.
has_browser || install chromium
has_font || install fonts-noto-cjk fontconfig

has_browser || echo "Chromium is missing, so the browser tests are skipped. Debian, Ubuntu: apt-get install chromium. macOS: brew install chromium."
has_font || echo "A font with Chinese is missing, so the page's pictures show boxes. Debian, Ubuntu: apt-get install fonts-noto-cjk fontconfig."
exit 0
