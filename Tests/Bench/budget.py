#!/usr/bin/env python3
"""Counts the instructions that `remit-hook` takes for three fixed pushes, and fails where they exceed their budget.

Counts, not times: they are the same on a busy machine. The pushes come from the seeded generator of the bench, and are
judged in place by the static program under 'valgrind --tool=callgrind'. What they may take stands in budget.json; a
count of more than a fifth above it fails. A change that is worth its price writes a new budget with --write.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from bench import Bench
from measure import Failed
from servers import Server, require_allowed

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

    quick, repository, json, only, rounds, seed = True, [], None, None, None, 1


def count(bench, server, tips, ref, commits):
    """The instructions of one judgement, of a push that git has already stored."""
    server.renew()
    bench.git("push", "-q", server.path, f"{tips[commits]}:refs/pushed/here", cwd=server.workload.path)
    given = f"{server.workload.base} {tips[commits]} {ref}\n".encode()
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", bench.hook, "pre-receive"],
        env={**bench.env, "GIT_DIR": server.path}, input=given, capture_output=True, check=False)
    if done.returncode != 0:
        raise Failed(f"remit-hook ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    require_allowed(server.ledger, commits)
    found = re.search(rb"Collected : (\d+)", done.stderr)
    if not found:
        raise Failed(f"valgrind counted nothing: {done.stderr.decode(errors='replace')[-2000:]}")
    return int(found.group(1))


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
            server = Server(place, bench.env, work, "Remit", None, settings=bench.enforced, ledger=bench.ledger)
            counted = {name: count(bench, server, getattr(work, tips), ref, commits)
                       for name, tips, ref, commits in PUSHES}
        except Failed as fault:
            print(f"budget: error: {fault}", file=sys.stderr)
            return 1
    if options.write:
        with open(BUDGET, "w", encoding="ascii") as file:
            json.dump(counted, file, indent=2)
            file.write("\n")
    with open(BUDGET, encoding="ascii") as file:
        budget = json.load(file)
    return report(counted, budget)


def report(counted, budget):
    """Prints each count beside its budget; 1 where one exceeds it."""
    over = [name for name, number in counted.items() if name not in budget or number > budget[name] * ALLOWANCE]
    print("| push | instructions | budget | |\n|---|---|---|---|")
    for name, number in counted.items():
        allowed = budget.get(name)
        share = f"{100 * number / allowed - 100:+.1f} %" if allowed else "no budget"
        print(f"| {name} | {number / 1e6:,.1f} M | {allowed / 1e6 if allowed else 0:,.1f} M | {share} |")
    for name in over:
        print(f"budget: error: '{name}' takes more than {ALLOWANCE:.0%} of its budget; find what made it dearer, or, "
              "where that is worth it, write a new budget with --write", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
