#!/bin/sh
# Feeds each parser for so many seconds; a broken one leaves its input behind and fails the run.
# usage: fuzz.sh <remit-fuzz> <directory> <seconds> [parser ...]
set -eu
# Its own report of a crash would come before libFuzzer has kept the input.
export SWIFT_BACKTRACE=enable=no
program=$1 directory=$2 seconds=$3
shift 3
# One name a line, none with a space.
# shellcheck disable=SC2046
[ $# -gt 0 ] || set -- $("$program")
failed=
for parser; do
    if "$program" "$parser" "$directory/corpus/$parser" -max_total_time="$seconds" -max_len=4096 -timeout=5 \
        -verbosity=0 -artifact_prefix="$directory/$parser-" 2>"$directory/$parser.log"; then
        echo "ok   $parser ($(find "$directory/corpus/$parser" -type f | wc -l) inputs)"
    else
        failed=yes
        echo "FAIL $parser"
        tail -n 20 "$directory/$parser.log"
    fi
done
[ -z "$failed" ]
