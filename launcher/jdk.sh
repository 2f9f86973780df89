# Finds a JDK, or fetches one into the user's cache, for `hearth`, which reads this file.
# shellcheck shell=sh

JDK_MIN=25
JDK_FETCHED=25.0.3+9 # of Eclipse Temurin

# The feature version of the JDK in $1, or nothing. The release file saves starting a JVM per candidate.
jdk_version() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 0
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
    fi
}

# Where a JDK may be, one home a line, the most deliberate choice first.
jdk_candidates() {
    printf '%s\n' "${HEARTH_JAVA_HOME:-}" "${JAVA_HOME:-}" "${JAVA25_HOME:-}"
    if on_path=$(command -v javac); then
        real=$(readlink -f "$on_path" 2>/dev/null || printf '%s' "$on_path")
        dirname -- "$(dirname -- "$real")"
    fi
    for home in /usr/lib/jvm/* /opt/* "${SDKMAN_DIR:-${HOME:-/nonexistent}/.sdkman}"/candidates/java/*; do
        printf '%s\n' "$home"
    done
    if [ -x /usr/libexec/java_home ]; then
        /usr/libexec/java_home -v "$JDK_MIN+" 2>/dev/null || true
    fi
    for home in "$(jdk_cache)"/*; do
        printf '%s\n%s/Contents/Home\n' "$home" "$home"
    done
}

find_jdk() {
    jdk_candidates | while IFS= read -r home; do
        [ -n "$home" ] || continue
        version=$(jdk_version "$home")
        if [ "${version:-0}" -ge "$JDK_MIN" ]; then
            printf '%s' "$home"
            break
        fi
    done
}

# The folder of the JDKs that we have fetched for machines of this kind.
jdk_cache() {
    case $(uname -s) in
        Darwin) caches=${HOME:-/nonexistent}/Library/Caches ;;
        *) caches=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache} ;;
    esac
    printf '%s/hearth/%s' "$caches" "$(jdk_platform || echo other)"
}

# This machine as Temurin's archives name it. Of Linux only systems with glibc.
jdk_platform() {
    case $(uname -m) in
        x86_64 | amd64) machine=x64 ;;
        aarch64 | arm64) machine=aarch64 ;;
        *) return 1 ;;
    esac
    case $(uname -s) in
        Linux) [ -e /lib64/ld-linux-x86-64.so.2 ] || [ -e /lib/ld-linux-aarch64.so.1 ] || return 1 ;;
        Darwin) ;;
        *) return 1 ;;
    esac
    case $(uname -s) in
        Linux) printf '%s_linux' "$machine" ;;
        *) printf '%s_mac' "$machine" ;;
    esac
}

# Fetches a JDK for this machine into the cache. Says why when it cannot.
fetch_jdk() {
    platform=$(jdk_platform) || return 1
    if ! command -v curl >/dev/null 2>&1; then
        say "curl is not installed, so no JDK can be fetched."
        return 1
    fi
    name=OpenJDK25U-jdk_${platform}_hotspot_$(printf '%s' "$JDK_FETCHED" | tr + _).tar.gz
    release=https://github.com/adoptium/temurin25-binaries/releases/download
    archive=${HEARTH_JDK_URL:-$release/jdk-$(printf '%s' "$JDK_FETCHED" | sed 's/+/%2B/')/$name}
    case $archive in
        https://* | http://127.0.0.1[:/]* | http://localhost[:/]*) ;;
        *)
            say "HEARTH_JDK_URL must begin with https://, since the checksum comes the same way."
            return 1
            ;;
    esac
    cache=$(jdk_cache)
    mkdir -p "$cache" || return 1
    locked "$cache/lock" fetch_jdk_into "$cache" "$archive"
}

fetch_jdk_into() {
    # Another run may have been quicker.
    if [ -n "$(find_jdk)" ]; then return 0; fi
    checksum=$(fetch "$2.sha256.txt" -sS | sed -n '1s/^\([0-9A-Fa-f]\{64\}\).*/\1/p' | tr A-F a-f)
    if [ -z "$checksum" ]; then
        say "no JDK could be fetched: there is no checksum at $2.sha256.txt"
        return 1
    fi
    say "no JDK $JDK_MIN is installed; fetching one$(jdk_size "$2"), once, into $1"
    say "from $2"
    part=$1/$checksum.part # what was cut off goes on only as the same archive
    download "$2" "$part" "$checksum" && failed=0 || failed=$?
    case $failed in
        0) ;;
        2)
            say "the JDK that was fetched is thrown away: its checksum is not the published one."
            return 1
            ;;
        *)
            say "the JDK could not be fetched; the next run goes on where this one was cut off."
            return 1
            ;;
    esac
    unpack_jdk "$1" "$part"
}

# The size of the archive at $1 in words, or nothing when its server does not tell.
jdk_size() {
    bytes=$(fetch "$1" -sS -I 2>/dev/null | tr -d '\r' | sed -n 's/^[Cc]ontent-[Ll]ength: *//p' | tail -n 1)
    case $bytes in
        '' | *[!0-9]*) ;;
        *) printf ' (%s MB)' "$(((bytes + 999999) / 1000000))" ;;
    esac
}

# A JDK takes its place only when it is whole and runs.
unpack_jdk() {
    unpacked=$1/unpacking
    rm -rf "$unpacked"
    mkdir "$unpacked"
    tar -xzf "$2" -C "$unpacked" || return 1
    for home in "$unpacked"/*; do
        java=$home/bin/java
        if [ -d "$home/Contents/Home" ]; then java=$home/Contents/Home/bin/java; fi
        if "$java" -version >/dev/null 2>&1; then
            rm -rf "${1:?}/$(basename "$home")"
            mv "$home" "$1/$(basename "$home")"
        else
            say "the JDK that was fetched does not run on this machine."
        fi
    done
    rm -rf "$unpacked" "$2"
}
