#!/bin/sh
# Every template of ci-templates/ held against its system's schema and linters, and the gate run in two real CI systems.
# Needs the network once, for the tools; everything else stays on loopback. Ends with one line: N passed, N failed.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
bin=${REMIT_BIN:-$root/.build/debug}
venv=$root/.build/ci-venv
requirements=$root/Tests/CI/requirements.txt

if ! cmp -s "$requirements" "$venv/requirements.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check --only-binary :all: -r "$requirements"
    cp "$requirements" "$venv/requirements.txt"
fi

place=$(mktemp -d "${TMPDIR:-/tmp}/remit-ci.XXXXXX")
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM

results=$place/results
# A part that ends early has failed, whatever it said before.
part() { # name seconds command...
    name=$1 seconds=$2
    shift 2
    status=0
    timeout --kill-after=10 "$seconds" "$@" >"$place/part" 2>&1 || status=$?
    cat "$place/part"
    grep -E '^(ok  |FAIL) ' "$place/part" >>"$results" || true
    if [ "$status" -ne 0 ] && ! grep -q '^FAIL ' "$place/part"; then
        echo "FAIL $name ended with status $status" | tee -a "$results"
    fi
}

part templates 90 "$venv/bin/python" "$root/Tests/CI/templates.py" "$root/ci-templates" "$venv/bin" "$bin/remit"
part repository 60 sh "$root/Tests/CI/repository.sh" "$place" "$bin"
part act 90 sh "$root/Tests/CI/act.sh" "$venv/bin" "$place" "$root/ci-templates"
part buildbot 90 sh "$root/Tests/CI/buildbot.sh" "$venv/bin" "$place" "$root/ci-templates"

passed=$(grep -c '^ok ' "$results") || true
failed=$(grep -c '^FAIL ' "$results") || true
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
