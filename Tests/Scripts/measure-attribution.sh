#!/bin/sh
# Measures how well agents are seen: on clones where a directory of them is named, otherwise on the collection.
# usage: measure-attribution.sh <measure-attribution> <labels.tsv> <collection.tsv.gz> <mirrors or nothing>
set -eu
program=$1 labels=$2 collection=$3 mirrors=$4
if [ -n "$mirrors" ]; then
    echo "from clones in $mirrors:"
    exec "$program" "$labels" --mirrors "$mirrors"
fi
if [ ! -r "$collection" ]; then
    echo "'$collection' is not there; name a directory of clones of the repositories in '$labels': MIRRORS=DIR" >&2
    exit 2
fi
echo "from $collection:"
scratch=$(mktemp)
trap 'rm -f "$scratch"' EXIT
gzip -dc "$collection" >"$scratch"
"$program" "$labels" "$scratch"
