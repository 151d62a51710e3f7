"""Whole histories judged as one push of a branch that is new."""

from measure import Failed, Span, in_turn, peak_megabytes, ratios, seconds
from report import MEGABYTES, figure
from servers import InPlace

ZERO = "0" * 40
RAW, MESSAGES, REMIT = "git log --raw", "git log, no paths", "Remit"
FORMAT = "--format=%H %an %ae %cn %ce%n%B"
LOG = {RAW: ["git", "log", "--raw", "--no-renames", "--no-abbrev", "-z", FORMAT],
       MESSAGES: ["git", "log", "-z", FORMAT], "git rev-list": ["git", "rev-list"]}


def measure(bench):
    peaks = {RAW: [], REMIT: []}
    places = [(f"generated, {shape} trees", bench.workload, shape) for shape in reversed(bench.shapes)]
    places += [(name, None, path) for name, path in bench.real]
    for name, made, path in places:
        group = f"Whole history: {name}"
        if bench.wants(group):
            source = made(path) if made else None
            _history(bench, group, name, source.path if source else path, "work" if source else "HEAD", peaks)
    if peaks[REMIT]:
        bench.report.goal("memory", "peak memory, whole history (the greatest counts)", 200, Span.of(peaks[REMIT]),
                          MEGABYTES, worst=True, beside=f"{RAW} up to {figure(max(peaks[RAW]), MEGABYTES)}")


def _history(bench, group, name, path, head, peaks):
    """All that lies behind HEAD (of a generated history: behind its last commit)."""
    tip = bench.git("rev-parse", head, cwd=path).decode().strip()
    place = InPlace.borrowed(bench, path, "history")
    commits = int(bench.git("rev-list", "--count", tip, cwd=place.path))
    logs = {program: [*command, tip] for program, command in LOG.items()}

    def log(program):
        return lambda: seconds(logs[program], cwd=place.path, env=bench.env)

    def judged():
        return place.asked(ZERO, tip, "refs/heads/judged")

    taken = in_turn([(RAW, log(RAW)), (REMIT, lambda: seconds(place.command, **judged())),
                     *((program, log(program)) for program in LOG if program != RAW)], bench.rounds, bench.patience)
    if (looked := place.decision()["commits"]) != commits:
        raise Failed(f"{group}: {looked} of {commits} commits were judged")
    spans = {program: ratios(taken, program, RAW) for program in taken}
    bench.report.compare(f"{group}, {commits:,} commits", taken, RAW, spans)
    bench.report.goal("history", f"whole history judged, {name}, {commits:,} commits, against `{RAW}`", 0.6,
                      spans[REMIT])
    bench.report.draw("Whole history judged (git log --raw = 1)", [(name, spans[REMIT], 0.6)])
    for program, command, more in ((RAW, logs[RAW], {"cwd": place.path, "env": bench.env}),
                                   (REMIT, place.command, judged())):
        peaks[program].append(peak_megabytes(command, bench.place, **more))
        bench.report.add("Peak memory of a history", f"{name}: {program}", [peaks[program][-1]], MEGABYTES)
