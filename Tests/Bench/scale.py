"""What an authority of 100,000 delegations and a ledger of 1,000,000 entries cost a push, beside ten of each.

Nothing here is copied for each round, because copying such a ledger would hide what is measured: every round judges the
next commits of one line, in both places, and both ledgers grow by the same entries.
"""

import os
import shutil
import sys
import tempfile

from authority import Authority, make_ledger
from filler import fill_authority, fill_ledger
from measure import Failed, in_turn, instructions, ratios, seconds
from report import MILLIONS
from servers import require_allowed
from signing import Agent, Key
from workload import Workload

BOUND = 1.1
# Delegations, agents, entries, and how many of the entries are about the delegation that pushes.
TEN, LARGE, QUICK = (10, 10, 10, 10), (100_000, 10_000, 1_000_000, 100_000), (2_000, 200, 20_000, 2_000)
# Commits of a push, and the rounds of it: timed, and under valgrind.
PUSHES = [(1, 15, 3), (100, 7, 2)]
_SOURCES = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "Sources")
NAMES = ("with ten of each", "with so many")
REF = "refs/heads/agent/work"
_LIMITS = "[limits]\n" + "".join(
    f"{name} = 1000000000\n" for name in ("commits", "files", "lines", "bytes", "pushes"))


class Place:
    """A server's repository with an authority and a ledger of some size."""

    def __init__(self, bench, path, line, size):
        self.bench, self.path, self.ledger, self.line = bench, path, path + ".ledger", line
        bench.git("clone", "-q", "--bare", "--no-local", line.work.path, path)
        bench.git("update-ref", REF, line.work.base, cwd=path)
        delegations, agents, entries, own = size
        self.authority = path + ".authority"
        bench.git("clone", "-q", "--bare", "--no-local", line.authority.path, self.authority)
        fill_authority(bench.git, self.authority, line, delegations, agents)
        make_ledger(self.ledger, _SOURCES)
        line.authority.configure(path, self.ledger, "enforce")
        bench.git("config", "remit.authority", self.authority, cwd=path)
        if size != TEN:
            fill_ledger(self.ledger, line, REF, entries, own, delegations)

    def command(self, stretch):
        """The environment and the input of the hook for some commits of the line."""
        old, new, _ = stretch
        self.bench.git("update-ref", REF, old, cwd=self.path)
        return {**self.bench.env, "GIT_DIR": self.path}, f"{old} {new} {REF}\n".encode()

    def seconds(self, stretch):
        env, given = self.command(stretch)
        took = seconds([self.bench.hook, "pre-receive"], env=env, given=given)
        require_allowed(self.ledger, stretch[2])
        return took

    def instructions(self, stretch):
        env, given = self.command(stretch)
        number = instructions([self.bench.hook, "pre-receive"], env=env, given=given)
        require_allowed(self.ledger, stretch[2])
        return number


class Line:
    """Commits that follow each other, each signed by one task key, under a delegation with every limit."""

    def __init__(self, bench, place, commits):
        person, self.task = (Key(os.path.join(place, name), name) for name in ("person", "task"))
        self.authority = Authority(os.path.join(place, "authority"), bench.git, person, self.task, limits=_LIMITS)
        self.work = Workload(place, bench.git, "small", [commits], bench.options.seed)
        with Agent(self.task, place) as agent:
            self.work.sign(agent, self.authority.trailer)
        self.commits = bench.git("rev-list", "--reverse", "main..signed", cwd=self.work.path).decode().split()
        self.next = 0

    def stretch(self, count):
        """The commits after the last stretch: from, to, how many."""
        old = self.commits[self.next - 1] if self.next else self.work.base
        self.next += count
        return old, self.commits[self.next - 1], count


def measure(bench):
    """Adds the group to the report."""
    size = QUICK if bench.options.quick else LARGE
    group = "Scale: {:,} delegations, {:,} agents, {:,} ledger entries, beside ten of each".format(*size)
    if not bench.wants(group):
        return
    place = os.path.join(bench.place, "scale")
    os.mkdir(place)
    pushes = [(count, 3 if bench.options.quick else bench.options.rounds or timed, counted)
              for count, timed, counted in PUSHES]
    line = Line(bench, place, 10 + sum(count * (1 + timed + counted) for count, timed, counted in pushes))
    ten = Place(bench, os.path.join(place, "ten.git"), line, TEN)
    large = Place(bench, os.path.join(place, "large.git"), line, size)
    for _ in range(TEN[2]):
        # The ten entries; the other ledger takes them too, so that both know every commit before the next one.
        stretch = line.stretch(1)
        for server in (ten, large):
            server.seconds(stretch)
    for count, timed, counted in pushes:
        # The first is not counted: a file that was just written lies in the machine's memory, another one may not.
        _turns(line, (ten, large), count, 1, Place.seconds)
        figures = [(Place.seconds, None, timed), (Place.instructions, MILLIONS, counted)]
        # Counts are the same on a busy machine, where times say little; without valgrind there are only times.
        for figure, unit, rounds in figures if shutil.which("valgrind") else figures[:1]:
            _compare(bench.report, group, count, unit, _turns(line, (ten, large), count, rounds, figure))


def _turns(line, places, count, rounds, figure):
    """The figures of two places in turn, by their names, each over the same commits."""
    stretches = [line.stretch(count) for _ in range(rounds)]

    def contestant(place):
        left = iter(stretches)
        return lambda: figure(place, next(left))

    return in_turn([(name, contestant(place)) for name, place in zip(NAMES, places)], rounds)


def _compare(report, group, count, unit, taken):
    spans = ratios(taken, NAMES[1], NAMES[0])
    what = f"{count} commit{'s' * (count > 1)}{', counted' * bool(unit)}"
    report.add(group, f"{what}: {NAMES[0]}", taken[NAMES[0]], unit)
    report.add(group, f"{what}: {NAMES[1]}", taken[NAMES[1]], unit, against=("ten of each", spans))
    report.goal("scale", f"{group.removeprefix('Scale: ')}: {what}", BOUND, spans)


def main():
    """The group alone, without what the others need."""
    import bench  # Not at the top: it imports this file.

    options = bench.arguments()
    with tempfile.TemporaryDirectory(prefix="remit-scale.") as place:
        try:
            one = bench.Bench(options, place)
            measure(one)
        except Failed as fault:
            print(f"scale: error: {fault}", file=sys.stderr)
            return 1
        print(one.report.markdown(), end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
