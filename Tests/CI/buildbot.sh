#!/bin/sh
# The gate as a step of a Buildbot master and worker on loopback: one build is allowed and lands, one is refused and the
# step after the gate never runs.
# usage: buildbot.sh <directory of the tools> <scene of repository.sh> <ci-templates>
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$1 scene=$2 templates=$3
place=$scene/buildbot
mkdir -p "$place/home"
cd "$place"
export HOME="$place/home" GIT_CONFIG_NOSYSTEM=1 PATH="$tools:$PATH"
unset GIT_CONFIG_GLOBAL || true

port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
REMIT_SCENE=$scene REMIT_PORT=$(port) REMIT_FETCH=$templates/fetch-remit.sh
REMIT_TOKEN=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
export REMIT_SCENE REMIT_PORT REMIT_FETCH REMIT_TOKEN

children=
# A worker ends the commands that it runs when it is ended.
end() {
    # shellcheck disable=SC2086 # a list of ids
    [ -z "$children" ] || kill $children 2>/dev/null || true
    wait
}
trap end EXIT
trap 'exit 130' INT TERM

buildbot create-master -q master
cp "$root/Tests/CI/buildbot/master.cfg" master/
buildbot checkconfig master >checkconfig.log 2>&1 || { cat checkconfig.log && exit 1; }
(cd master && exec twistd --nodaemon --pidfile= -y buildbot.tac) >master.log 2>&1 &
children=$!
buildbot-worker create-worker -q worker "127.0.0.1:$REMIT_PORT" gates "$REMIT_TOKEN"
(cd worker && exec twistd --nodaemon --pidfile= -y buildbot.tac) >worker.log 2>&1 &
children="$children $!"

ask() { sqlite3 -readonly -cmd '.timeout 5000' master/state.sqlite "$1"; }
# Waits until a command succeeds, a minute at most.
until_true() {
    for _ in $(seq 120); do
        if "$@" 2>/dev/null; then return; fi
        sleep 0.5
    done
    return 1
}
is_connected() { grep -q 'Connected to' worker/twistd.log; }
is_complete() { [ "$(ask "SELECT count(*) FROM builds WHERE number = $1 AND complete_at IS NOT NULL")" = 1 ]; }
step() { ask "SELECT steps.results FROM steps JOIN builds ON builds.id = steps.buildid
    WHERE builds.number = $1 AND steps.name = '$2'"; }
said() { # build text
    ask "SELECT hex(content) FROM logchunks JOIN logs ON logs.id = logchunks.logid JOIN steps ON steps.id = logs.stepid
        JOIN builds ON builds.id = steps.buildid WHERE builds.number = $1 AND steps.name = 'remit'" >"said-$1.hex"
    python3 - "said-$1.hex" "$2" <<'END'
import bz2, sys, zlib
text = b""
for line in open(sys.argv[1]):
    chunk = bytes.fromhex(line.strip())
    for read in (zlib.decompress, bz2.decompress):
        try:
            chunk = read(chunk)
            break
        except (OSError, zlib.error):
            continue
    text += chunk
sys.exit(0 if sys.argv[2].encode() in text else 1)
END
}

failed=
check() { # name, then a command
    name=$1
    shift
    if "$@"; then echo "ok   buildbot: $name"; else failed=yes && echo "FAIL buildbot: $name"; fi
}
change() { # number of the pull request
    buildbot sendchange --master "127.0.0.1:$REMIT_PORT" --auth "tests:$REMIT_TOKEN" --who dana --branch main \
        --revision "$(git -C "$scene/payments.git" rev-parse "refs/pull/$1/merge")" --property "head:refs/pull/$1/head" \
        --vc git --repository payments Sources/Settlement.swift >>sendchange.log 2>&1
}

check 'the worker finds its master' until_true is_connected
change 1
check 'a build ends' until_true is_complete 1
# 0 is success, 2 failure.
check 'the gate allows a pull request' [ "$(step 1 remit)" = 0 ]
check 'and says under what' said 1 'remit: allowed to land 1 commit of claude-code under delegation '
check 'and it lands' [ -e landed-1 ]
change 2
check 'a second build ends' until_true is_complete 2
check 'the gate refuses what goes beyond the delegation' [ "$(step 2 remit)" = 2 ]
check 'and says why' said 2 "changes 'Deploy/prod.yml' outside its grant"
check 'and nothing lands' [ ! -e landed-2 ]
check 'for the step after it never ran' [ -z "$(step 2 land)" ]

if [ -n "$failed" ]; then tail -n 30 ./*.log master/twistd.log worker/twistd.log; fi
[ -z "$failed" ]
