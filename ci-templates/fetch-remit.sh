# shellcheck shell=sh
# Fetches the gate and a copy of the authority, and puts the gate first on PATH. To be read with '.', or to be copied as
# it is into a job: the templates hold these same lines.
#
# REMIT_URL        where the release file is; https
# REMIT_SHA256     its SHA-256; any other file ends the job here
# REMIT_AUTHORITY  what 'git clone' takes, a URL or a bundle; the copy is not trusted, it is verified from --root
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
curl -fsSL --proto '=https,file' --max-time 300 -o "$place/remit" "$REMIT_URL"
echo "$REMIT_SHA256  $place/remit" | sha256sum -c -
chmod 700 "$place/remit"
git clone -q --bare "$REMIT_AUTHORITY" "$place/authority.git"
PATH="$place:$PATH"
