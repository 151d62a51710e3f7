"""Instructions, which are the same on a busy machine: what one more commit takes."""

import shutil

from histories import LOG, MESSAGES, RAW
from measure import Span, instructions
from report import MILLIONS, figure
from servers import InPlace

REV_LIST = "git rev-list"
MARKS, SIGNED = "Remit, marks only", "Remit, signed and delegated"


def measure(bench):
    for shape in bench.shapes:
        group = f"Instructions for one more commit, {shape} trees (callgrind, counted once)"
        if not bench.wants(group):
            continue
        if not shutil.which("valgrind"):
            bench.report.lack("instructions", "valgrind is not installed")
            return
        _count(bench, group, shape)


def counted(place, workload, tips, ref, commits):
    """The instructions of one judgement, which must allow the push."""
    number = instructions(place.command, **place.asked(workload.base, tips[commits], ref))
    place.require_allowed(commits)
    return number


def _count(bench, group, shape):
    """Of so many commits less those of one: what does not depend on their number falls out."""
    work, many = bench.workload(shape), 100 if bench.options.quick else 1000
    place = InPlace.pushed(bench, work, "counts", [work.tips[many], work.signed[100]])

    def more(count, last):
        return (count(last) - count(1)) / (last - 1)

    each = {
        program: more(lambda size, command=command: instructions(
            [*command, f"{work.base}..{work.tips[size]}"], cwd=place.path, env=bench.env), many)
        for program, command in LOG.items()
    }
    each[MARKS] = more(lambda size: counted(place, work, work.tips, "refs/heads/topic", size), many)
    each[SIGNED] = more(lambda size: counted(place, work, work.signed, "refs/heads/agent/work", size), 100)
    for name, number in each.items():
        ratio = (RAW, Span.of([number / each[RAW]])) if name != RAW else None
        bench.report.add(group, name, [number], MILLIONS, against=ratio)
    # The walk cannot be told apart within a program without symbols; git's own over the same commits stands for it.
    apart = Span.of([each[MARKS] - each[REV_LIST]])
    beside = (f"{RAW} {figure(each[RAW] - each[REV_LIST], MILLIONS)}, of which messages "
              f"{figure(each[MESSAGES] - each[REV_LIST], MILLIONS)}")
    bench.report.goal("instructions", f"instructions for one more commit, a walk's (`{REV_LIST}`) apart, {shape} trees",
                      0.5e6, apart, MILLIONS, beside=beside)
