# Fetching over the network, for `hearth` and `mvnw`, which read this file.
# shellcheck shell=sh

sha256() {
    if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

bytes_of() {
    if [ -f "$1" ]; then wc -c <"$1"; else echo 0; fi
}

# curl as we use it: an error's answer is no file, and no redirection leaves HTTPS.
fetch() {
    url=$1
    shift
    case $url in https://*) set -- --proto-redir '=https' "$@" ;; esac
    curl -fL --connect-timeout 30 --speed-limit 1 --speed-time 60 "$@" "$url"
}

# Fetches the URL $1 into the file $2, whose SHA-256 must be $3, and goes on where an earlier try was
# cut off; tries again as long as every try gets further.
#
# Fails with 1 when it is not all there, and with 2 when it is something else, which is then removed.
download() {
    if [ -f "$2" ] && [ "$(sha256 "$2")" = "$3" ]; then return 0; fi
    progress=-sS
    if [ -t 2 ]; then progress=--progress-bar; fi
    while :; do
        had=$(bytes_of "$2")
        failed=0
        status=$(fetch "$1" "$progress" -C - -o "$2" -w '%{http_code}') || failed=$?
        if [ "$failed" -eq 0 ]; then break; fi
        # The server cannot go on from there.
        if [ "$had" -gt 0 ] && { [ "$failed" -eq 33 ] || [ "$status" = 416 ]; }; then
            rm -f "$2"
        elif [ "$(bytes_of "$2")" -le "$had" ]; then
            return 1
        fi
        sleep 1
    done
    if [ "$(sha256 "$2")" != "$3" ]; then
        rm -f "$2"
        return 2
    fi
}

# Runs the command from $2 on while no other process of this machine holds the lock $1: a symbolic
# link that names the process it belongs to.
locked() (
    lock=$1
    shift
    until ln -s "$$" "$lock" 2>/dev/null; do
        owner=$(readlink "$lock" || true)
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then rm -f "$lock"; else sleep 1; fi
    done
    trap 'rm -f "$lock"' EXIT
    trap 'exit 1' HUP INT TERM
    "$@"
)
