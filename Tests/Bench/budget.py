#!/usr/bin/env python3
"""Counts the instructions that `remit-hook` takes for three fixed pushes, and fails where they exceed their budget.

Counts, not times: they are the same on a busy machine. The pushes come from the seeded generator of the bench, and are
judged in place by the static program under 'valgrind --tool=callgrind'. What they may take stands in budget.json; a
count of more than a fifth above it fails. A change that is worth its price writes a new budget with --write.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile

from bench import Bench
from counts import counted
from measure import Failed
from servers import InPlace

HERE = os.path.dirname(os.path.abspath(__file__))
BUDGET = os.path.join(HERE, "budget.json")
ALLOWANCE = 1.2
# Name, which commits, to which ref, how many: a start, what every push pays for a commit, and signatures.
PUSHES = [
    ("1 commit, signed and delegated", "signed", "refs/heads/agent/work", 1),
    ("1,000 commits, every third with an agent's mark", "tips", "refs/heads/topic", 1000),
    ("100 commits, signed and delegated", "signed", "refs/heads/agent/work", 100),
]


class Options:
    """Those of the bench that shape what it makes."""

    quick, repository, rounds, seed = True, [], None, 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--write", action="store_true", help="write what is counted as the new budget")
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        print("budget: error: valgrind is not installed", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="remit-budget.") as place:
        try:
            bench = Bench(Options, place)
            bench.make()
            work = bench.workload("small")
            found = {}
            for name, tips, ref, commits in PUSHES:
                where = InPlace.pushed(bench, work, f"budget-{len(found)}", [getattr(work, tips)[commits]])
                found[name] = counted(where, work, getattr(work, tips), ref, commits)
        except Failed as fault:
            print(f"budget: error: {fault}", file=sys.stderr)
            return 1
    if options.write:
        with open(BUDGET, "w", encoding="ascii") as file:
            json.dump(found, file, indent=2)
            file.write("\n")
    with open(BUDGET, encoding="ascii") as file:
        budget = json.load(file)
    return report(found, budget)


def report(found, budget):
    """Prints each count beside its budget; 1 where one exceeds it."""
    over = [name for name, number in found.items() if name not in budget or number > budget[name] * ALLOWANCE]
    print("| push | instructions | budget | |\n|---|---|---|---|")
    for name, number in found.items():
        allowed = budget.get(name)
        share = f"{100 * number / allowed - 100:+.1f} %" if allowed else "no budget"
        print(f"| {name} | {number / 1e6:,.1f} M | {allowed / 1e6 if allowed else 0:,.1f} M | {share} |")
    for name in over:
        print(f"budget: error: '{name}' takes more than {ALLOWANCE:.0%} of its budget; find what made it dearer, or, "
              "where that is worth it, write a new budget with --write", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
