#!/bin/sh
# Builds the release a second time, from a clone in another place, and compares: usage: reproducible.sh DIST, which holds
# the first. The sources must be committed, so that both builds are of the same.
set -eu

dist=$1
sources=$(git rev-parse --show-toplevel)
git diff --quiet HEAD -- || {
    echo "remit: error: something is not committed; a clone would be of other sources" >&2
    exit 1
}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
git clone -q --no-local "$sources" "$place/elsewhere"
make -C "$place/elsewhere" release >"$place/log" 2>&1 || {
    tail -n 40 "$place/log" >&2
    exit 1
}
if ! cmp -s "$dist/SHA256SUMS" "$place/elsewhere/.build/dist/SHA256SUMS"; then
    echo "remit: error: two builds of $(git rev-parse --short HEAD) differ" >&2
    diff "$dist/SHA256SUMS" "$place/elsewhere/.build/dist/SHA256SUMS" >&2 || true
    exit 1
fi
(cd "$dist" && sha256sum --quiet --check SHA256SUMS)
echo "two builds in two places, one digest:"
cat "$dist/SHA256SUMS"
