#!/bin/sh
# Puts what is released into a directory: usage: release.sh BUILT DIRECTORY. The program, what it is made of, and digests.
set -eu

built=$1
directory=$2
rm -rf "$directory"
mkdir -p "$directory"
# The compiler's hashes of its modules, and the linker's of them, differ with the place where it was built. Nothing reads
# them; without them two builds give the same bytes.
objcopy --remove-section .swift_modhash --remove-section .note.gnu.build-id \
    "$built/release/remit-hook" "$directory/remit-hook"
python3 "$(dirname "$0")/sbom.py" "$directory/remit-hook" "$built/remit-hook.map" >"$directory/remit-hook.spdx.json"
cd "$directory"
sha256sum remit-hook remit-hook.spdx.json >SHA256SUMS
cat SHA256SUMS
