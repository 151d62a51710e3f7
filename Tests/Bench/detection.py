"""Who wrote some commits: Remit's judgement of them in place, and the programs that look for the same."""

import os

from histories import LOG, RAW
from measure import Failed, in_turn, ratios, run, seconds
from peers import Range
from servers import InPlace

REMIT = "Remit"
_ASKED = ("aiir", "gitvow", "coauthorcheck", "commit-check")


def measure(bench):
    """Some commits only: a program that starts a process or more for each of them takes its time."""
    count = bench.options.detect or (20 if bench.options.quick else 100)
    places = [("generated, small trees", None)] + bench.real
    for name, path in places:
        group = f"Who wrote them: {name}"
        if bench.wants(group):
            _detect(bench, group, name, path, count)


def _detect(bench, group, name, path, count):
    if path:
        clone = os.path.join(bench.place, f"detection of {name}")
        bench.git("clone", "-q", "--shared", "--no-checkout", path, clone)
        base, tip = _last(bench, clone, count)
        if not base:
            bench.report.lack(group, "its last commit has no parent, or brings too many")
            return
    else:
        work = bench.workload("small")
        clone, base, tip = work.path, work.base, work.commits[count - 1]
    commits = bench.git("rev-list", "--reverse", f"{base}..{tip}", cwd=clone).decode().split()
    place = InPlace.borrowed(bench, clone, "detection", base)
    span = Range(clone, base, tip, commits, bench.env)

    def judged():
        return place.asked(base, tip, "refs/heads/judged")

    run(place.command, **judged())
    decision = place.decision()
    if decision["commits"] != len(commits):
        raise Failed(f"{group}: Remit judged {decision['commits']} of {len(commits)} commits")
    found = {REMIT: sum(bool(commit["agents"]) for commit in decision["authorship"])}
    contestants = [
        (REMIT, lambda: seconds(place.command, **judged())),
        (RAW, lambda: seconds([*LOG[RAW], f"{base}..{tip}"], cwd=clone, env=bench.env)),
    ]
    for peer in _ASKED:
        program = bench.peers.get(peer)
        if not program:
            continue
        try:
            found[peer] = span.seen(peer, program)
        except (Failed, KeyError, ValueError) as fault:
            bench.report.lack(peer, str(fault).split("\n", maxsplit=1)[0])
            continue
        contestants.append((peer, lambda peer=peer, program=program: span.seconds(peer, program)))
    taken = in_turn(contestants, bench.rounds, bench.patience)
    spans = {who: ratios(taken, who, REMIT) for who in taken}
    for who, values in taken.items():
        said = f"{who}, {found[who]} found" if who in found else who
        bench.report.add(f"{group}, {len(commits):,} commits", said, values,
                         against=None if who == REMIT else (REMIT, spans[who]))
    if not path:
        bench.report.draw(f"{len(commits):,} commits, who wrote them (Remit, with its decision on the disk = 1)",
                          [(who, spans[who], None) for who in taken if who != REMIT])


def _last(bench, clone, asked):
    """The last commits of a history; a merge may bring more of them than asked for."""
    count = asked
    while count:
        base = run(["git", "rev-parse", "-q", "--verify", f"HEAD~{count}"], cwd=clone, env=bench.env, statuses=(0, 1))
        base = base.decode().strip()
        if base and int(bench.git("rev-list", "--count", f"{base}..HEAD", cwd=clone)) <= 2 * asked:
            return base, bench.git("rev-parse", "HEAD", cwd=clone).decode().strip()
        count //= 2
    return None, None
