"""What a signature takes of the processor: more than the same commits without."""

from measure import Span, in_turn, processor_seconds
from report import MICROSECONDS, figure
from servers import InPlace

MARKS, SIGNED, PLAIN = "Remit, marks only", "Remit, signed", "git log"
ASKED = "git log with %G?"
VERIFIED = "git verify-commit, all in one process"
COMMITS, GIT_COMMITS = 1000, 100


def measure(bench):
    group = "One signature, time on all cores"
    if not bench.wants(group):
        return
    work = bench.workload("small")
    place = InPlace.pushed(bench, work, "signatures", [work.tips[COMMITS], work.signed[COMMITS]])
    bench.trusting(place.path, None)
    span = f"{work.base}..{work.signed[GIT_COMMITS]}"
    listed = bench.git("rev-list", span, cwd=place.path).decode().split()

    def judged(tips, ref):
        return lambda: processor_seconds(place.command, **place.asked(work.base, tips[COMMITS], ref))

    def git(*command):
        return lambda: processor_seconds(["git", *command], cwd=place.path, env=bench.env)

    taken = in_turn([
        (MARKS, judged(work.tips, "refs/heads/topic")), (SIGNED, judged(work.signed, "refs/heads/agent/work")),
        (PLAIN, git("log", "--format=%H", span)), (ASKED, git("log", "--format=%G?", span)),
        (VERIFIED, git("verify-commit", *listed)),
    ], bench.rounds, bench.patience)
    place.require_allowed(COMMITS)

    def each(name, base, commits):
        return [(one - other) / commits for one, other in zip(taken[name], taken[base])]

    figures = {SIGNED: each(SIGNED, MARKS, COMMITS), ASKED: each(ASKED, PLAIN, GIT_COMMITS),
               VERIFIED: each(VERIFIED, PLAIN, GIT_COMMITS)}
    for name, values in figures.items():
        ratio = Span.of(one / other for one, other in zip(values, figures[SIGNED]))
        bench.report.add(group, name, values, MICROSECONDS, against=None if name == SIGNED else (SIGNED, ratio))
    beside = ", ".join(f"{name} {figure(Span.of(figures[name]).median, MICROSECONDS)}" for name in (ASKED, VERIFIED))
    bench.report.goal("signature", "one signature with its delegation, time on all cores", 80e-6,
                      Span.of(figures[SIGNED]), MICROSECONDS, beside=beside)
