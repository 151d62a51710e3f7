"""Whole pushes to a local repository: with Remit, without it, and with the hooks of others."""

import os
import subprocess

import gitolite
import hooks
import peers
from measure import Failed, Span, differences, in_turn, peak_megabytes, ratios
from report import MEGABYTES, MILLISECONDS, MILLISECONDS_MORE, TIMES, figure
from servers import InPlace, Server
from starts import kept

NONE, TRIVIAL, REMIT, PIPE, LOOP = "none", "trivial shell", "Remit", "one git log and awk", "shell loop"
CHECKED, VERIFYING = "git log with %G?", "shell loop, verify-commit"
GITOLITE, NAMES, IGCOMMIT = "gitolite", "gitolite, VREF/NAME", "igcommit"
TOPIC, WORK = "refs/heads/topic", "refs/heads/agent/work"
# Above these a row would take minutes and show nothing that the row before it does not.
AT_MOST = {LOOP: 1000, CHECKED: 1000, VERIFYING: 100, IGCOMMIT: 100}
QUICK = {LOOP: 100, CHECKED: 100, VERIFYING: 1}
MEMORY = {1000: 45, 10_000: 75}
WORDS = {
    NONE: "git alone",
    TRIVIAL: "a hook that reads its input and lets everything through",
    REMIT: "every commit's marks, signature, delegation and changed paths, and the decision on the disk before the "
           "answer",
    PIPE: "one `git log --raw` for all commits: marks and changed paths; no signatures, no delegations, no record",
    LOOP: "three git processes a commit: marks and changed paths; no signatures, no delegations, no record",
    CHECKED: "is every commit signed with a known key; no marks, no paths, no delegations, no record",
    VERIFYING: "the loop, and `git verify-commit` for each commit",
    GITOLITE: "who may push to which ref; asked as sshd asks it, without sshd, its start included",
    NAMES: "the same, and `VREF/NAME`: the paths between the old tip and the new one, so what one commit does and a "
           "later one takes back is not seen; no signatures",
}


def measure(bench):
    peaks = {}
    for shape in bench.shapes:
        titles = {"marks": f"Push, {shape} trees, every third commit with an agent's mark",
                  "signed": f"Push, {shape} trees, every commit signed by a task key and delegated"}
        if any(bench.wants(title) for title in titles.values()):
            _Pushes(bench, shape, titles, peaks).measure()
    for size, values in sorted(peaks.items()):
        bench.report.goal("memory", f"peak memory, any push of {size:,} (the greatest counts)", MEMORY[size],
                          Span.of(values), MEGABYTES, worst=True)


class _Pushes:
    """The servers of one workload, and the pushes to them."""

    def __init__(self, bench, shape, titles, peaks):
        self.bench, self.shape, self.titles, self.peaks = bench, shape, titles, peaks
        self.work = bench.workload(shape)
        place, env, work = bench.place, bench.env, self.work

        def server(name, hook, **more):
            return Server(place, env, work, name, hook, **more)

        shim = hooks.remit(os.path.join(bench.root, "hooks", "pre-receive"), bench.hook)
        self.servers = {
            NONE: server("none", None), TRIVIAL: server("trivial", hooks.TRIVIAL),
            REMIT: server("remit", shim, settings=bench.enforced, ledger=bench.ledger),
            PIPE: server("pipe", hooks.PIPE), LOOP: server("loop", hooks.LOOP),
            CHECKED: server("checked", hooks.SIGNATURES, settings=bench.trusting),
            VERIFYING: server("verifying", hooks.VERIFYING, settings=bench.trusting),
        }
        if gitolite.installed():
            self.servers[GITOLITE] = gitolite.Gitolite(place, env, work, "gitolite", names=False)
            self.servers[NAMES] = gitolite.Gitolite(place, env, work, "gitolite-names", names=True)
            bench.report.say(f"{GITOLITE} {gitolite.Where.found(env).version}", WORDS[GITOLITE])
        else:
            bench.report.lack("gitolite", "not installed")
        if bench.peers.get(IGCOMMIT):
            self.servers[IGCOMMIT] = server("igcommit", hooks.refusing(bench.peers.get(IGCOMMIT)))
        for name in self.servers:
            if name in WORDS and name != GITOLITE:
                bench.report.say(name, WORDS[name])

    def measure(self):
        self._guards()
        marks = {}
        for size in self.bench.sizes:
            if self.bench.wants(self.titles["marks"]):
                names = [NONE, REMIT, TRIVIAL, PIPE, GITOLITE, NAMES, IGCOMMIT, LOOP]
                marks[size] = self._push("marks", names, self.work.tips[size], TOPIC, size)
            if self.bench.wants(self.titles["signed"]):
                taken = self._push("signed", [NONE, REMIT, CHECKED, VERIFYING], self.work.signed[size], WORK, size)
                if size == 1:
                    self._one(taken, marks.get(1))

    def _guards(self):
        """Each hook that is there to refuse something does; so the files are in the cache as well."""
        forbidden = self.work.forbidden()
        for name in (PIPE, LOOP, CHECKED, VERIFYING, NAMES):
            if name in self.servers:
                self.servers[name].refuses(forbidden, TOPIC)
        if IGCOMMIT in self.servers:
            server = self.servers[IGCOMMIT]
            server.renew()
            size = self.bench.sizes[1]
            done = subprocess.run(["git", "push", server.path, f"{self.work.tips[size]}:{TOPIC}"], cwd=self.work.path,
                                  env=self.bench.env, capture_output=True, check=False)
            try:
                if (looked := peers.looked_at(done.stderr)) != size:
                    raise Failed(f"looked at {looked} of {size} commits")
            except Failed as fault:
                del self.servers[IGCOMMIT]
                self.bench.report.lack(IGCOMMIT, str(fault))

    def _push(self, kind, names, tip, ref, size):
        most = {**AT_MOST, **(QUICK if self.bench.options.quick else {})}
        names = [name for name in names if name in self.servers and size <= most.get(name, size)]
        taken = in_turn([(name, lambda server=self.servers[name]: server.push(tip, ref, size)) for name in names],
                        self.bench.rounds, self.bench.patience)
        group = f"{self.titles[kind]}: {size:,}"
        spans = {name: ratios(taken, name, NONE) for name in names}
        self.bench.report.compare(group, taken, NONE, spans)
        if size >= 1000:
            said = {"marks": f"push of {size:,}, marks only", "signed": f"push of {size:,}, all signed and verified"}
            limit = {"marks": 1.10, "signed": 1.20}[kind]
            beside = ", ".join(f"{name} {figure(spans[name].median, TIMES)}" for name in names
                               if name not in (NONE, TRIVIAL, REMIT, GITOLITE))
            self.bench.report.goal(kind, f"{said[kind]}, {self.shape} trees", limit, spans[REMIT], beside=beside)
            self._memory(kind, tip, ref, size)
            if self.shape == "large":
                self.bench.report.draw(f"{said[kind]}, large trees (no hook = 1)".replace("push", "Push", 1), [
                    (name, spans[name], limit if name == REMIT else None)
                    for name in names if name not in (NONE, TRIVIAL)])
        return taken

    def _one(self, taken, marks):
        beside = ", ".join(
            f"{name} {figure(differences(other, name, NONE).median, MILLISECONDS_MORE)}"
            for other, names in ((marks, (PIPE, LOOP, GITOLITE)), (taken, (CHECKED,))) if other
            for name in names if name in other)
        wait = Span.of(kept(self.bench.place) for _ in range(self.bench.rounds))
        beside += f"; one wait for this disk {figure(wait.median, MILLISECONDS)}"
        self.bench.report.goal("one", f"push of 1 commit, signed, delegated, decision durable, {self.shape} trees",
                               0.004, differences(taken, REMIT, NONE), MILLISECONDS_MORE, beside=beside)

    def _memory(self, kind, tip, ref, size):
        """The hook alone over a push that git has stored."""
        place = InPlace.pushed(self.bench, self.work, f"memory-{kind}-{size}", [tip])
        asked = place.asked(self.work.base, tip, ref)
        peak = peak_megabytes(place.command, self.bench.place, **asked)
        place.require_allowed(size)
        self.bench.report.add(f"Peak memory of a push, {self.shape} trees", f"{size:,} commits, {kind}: Remit", [peak],
                              MEGABYTES)
        self.peaks.setdefault(size, []).append(peak)
