#!/bin/sh
# Says what a static remit-hook is like: usage: static.sh <remit-hook>. Its size, and that it starts where nothing else is.
set -eu

hook=$1
# Measured: 24.2 MB. With ICU, which Foundation brings, it would be 72.
limit=$((25 * 1000 * 1000))

fail() {
    echo "remit: error: $1" >&2
    exit 1
}

ldd "$hook" >/dev/null 2>&1 && fail "'$hook' loads shared libraries"
size=$(stat -c %s "$hook")
[ "$size" -le "$limit" ] || fail "'$hook' has $size bytes, more than $limit"

# No /dev, no /proc, no /etc, no library, no shell.
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cp "$hook" "$root/remit-hook"
enter=
if [ "$(id -u)" -ne 0 ]; then enter='unshare --map-root-user'; fi
# shellcheck disable=SC2086 # two words or none
version=$($enter chroot "$root" /remit-hook --version) || fail "'$hook' does not start in an empty directory"
echo "$hook: $version, one static file of $((size / 1000000)) MB"
