#!/usr/bin/env python3
"""Times pushes and histories with Remit, without it, and with the commonplace hooks, on the same work in one run.

Figures are ratios between runs made in turn: wall times of a machine say little about another one.
"""

import argparse
import datetime
import os
import shutil
import subprocess
import sys
import tempfile

import hooks
import scale
from authority import LOGIN, Authority, last_decision, make_ledger
from measure import Failed, difference, in_turn, peak_megabytes, ratio, run, seconds
from report import Report, machine
from servers import Server
from signing import Agent, Key
from workload import Workload

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ZERO = "0" * 40
# Larger pushes would take the shell minutes and show nothing new.
LOOP_AT_MOST, SIGNATURES_AT_MOST = 1000, 100


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small trees, up to 1,000 commits: under a minute")
    parser.add_argument("--repository", metavar="PATH", action="append", default=[],
                        help="a real repository whose whole history is judged too; may be repeated")
    parser.add_argument("--json", metavar="FILE", help="write the figures there as well")
    parser.add_argument("--only", metavar="WORD", help="of the groups, only those whose name holds the word")
    parser.add_argument("--rounds", type=int, help="rounds of each measurement")
    parser.add_argument("--seed", type=int, default=1, help="of the generated histories; default 1")
    return parser.parse_args()


class Bench:
    """One run: everything is made in one temporary folder, and nobody's own configuration takes part."""

    def __init__(self, options, place):
        self.options, self.place = options, place
        binaries = os.environ.get("REMIT_BIN") or os.path.join(ROOT, ".build", "static", "release")
        self.hook = os.path.join(os.path.abspath(binaries), "remit-hook")
        if not os.access(self.hook, os.X_OK):
            raise Failed(f"'{self.hook}' cannot be run; 'make bench' builds it, REMIT_BIN names another folder")
        self.env = {
            "PATH": os.environ["PATH"], "HOME": place, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Dana Example", "GIT_AUTHOR_EMAIL": "dana@example.org",
            "GIT_COMMITTER_NAME": "Dana Example", "GIT_COMMITTER_EMAIL": "dana@example.org",
            "LC_ALL": "C", "BENCH_LOGIN": LOGIN,
        }
        self.sizes = [1, 100, 1000] if options.quick else [1, 100, 1000, 10_000]
        self.report = Report({
            "date": datetime.date.today().isoformat(), "machine": machine(),
            "versions": ", ".join([
                run([self.hook, "--version"]).decode().strip(), self.git("--version").decode().strip(), _openssh(),
            ]),
            "seed": options.seed,
        })

    def git(self, *command, cwd=None, given=b""):
        return run(["git", *command], cwd=cwd, env=self.env, given=given)

    def rounds(self, commits):
        if self.options.rounds:
            return self.options.rounds
        return {1: 11, 100: 7, 1000: 5}.get(commits, 3) if not self.options.quick else {1: 5}.get(commits, 3)

    def wants(self, group):
        return not self.options.only or self.options.only in group

    def run(self):
        self.make()
        for shape in ["small"] if self.options.quick else ["small", "large"]:
            self.pushes(shape)
        self.start()
        scale.measure(self)
        for name, path in [("generated, large trees", self.workload("large").path)] * (not self.options.quick) + [
            ("generated, small trees", self.workload("small").path)
        ] + [(f"real {number}", path) for number, path in enumerate(self.options.repository, 1)]:
            self.history(name, path)

    def make(self):
        person, self.task = (Key(os.path.join(self.place, name), name) for name in ("person", "task"))
        self.authority = Authority(os.path.join(self.place, "authority"), self.git, person, self.task)
        self.ledger = os.path.join(self.place, "empty.ledger")
        make_ledger(self.ledger, os.path.join(ROOT, "Sources"))
        self.workloads = {}

    def workload(self, shape):
        if shape not in self.workloads:
            work = Workload(self.place, self.git, shape, self.sizes, self.options.seed)
            with Agent(self.task, self.place) as agent:
                work.signed = work.sign(agent, self.authority.trailer)
            self.workloads[shape] = work
        return self.workloads[shape]

    def enforced(self, server, ledger):
        self.authority.configure(server, ledger, "enforce")

    def trusting(self, server, _):
        """What `git log --format=%G?` needs to know the task key."""
        signers = os.path.join(self.place, "signers")
        with open(signers, "w", encoding="ascii") as file:
            file.write(f'* namespaces="git" {self.task.line}\n')
        self.git("config", "gpg.ssh.allowedSignersFile", signers, cwd=server)

    # Pushes

    def pushes(self, shape):
        titles = {"marks": f"Push, {shape} trees, every third commit with an agent's mark",
                  "signed": f"Push, {shape} trees, every commit signed by a task key and delegated"}
        if not any(self.wants(title) for title in titles.values()):
            return
        work = self.workload(shape)
        shim = hooks.remit(os.path.join(ROOT, "hooks", "pre-receive"), self.hook)

        def server(name, hook, **more):
            return name, Server(self.place, self.env, work, name, hook, **more)

        none, remit = server("none", None), server("Remit", shim, settings=self.enforced, ledger=self.ledger)
        trivial, pipe = server("trivial shell", hooks.TRIVIAL), server("one git log and awk", hooks.PIPE)
        loop = server("shell loop", hooks.LOOP)
        checked = server("git log with %G?", hooks.SIGNATURES, settings=self.trusting)
        for size in self.sizes:
            if self.wants(titles["marks"]):
                servers = [none, trivial, remit, pipe] + [loop] * (size <= LOOP_AT_MOST)
                self.push(titles["marks"], servers, work.tips[size], "refs/heads/topic", size, "× 1.10")
            if self.wants(titles["signed"]):
                servers = [none, remit] + [checked] * (size <= SIGNATURES_AT_MOST)
                self.push(titles["signed"], servers, work.signed[size], "refs/heads/agent/work", size, "× 1.20")

    def push(self, group, servers, tip, ref, size, bound):
        taken = in_turn([(name, lambda server=server: server.push(tip, ref, size)) for name, server in servers],
                        self.rounds(size))
        for name, _ in servers:
            times, more = ratio(taken, name, "none"), difference(taken, name, "none")
            goal = ""
            if name == "Remit" and size == 1:
                goal = ("+4 ms", more <= 0.004)
            elif name == "Remit" and size >= 1000:
                goal = (bound, times <= float(bound[2:]))
            compared = "" if name == "none" else f"× {times:.2f}, {more * 1000:+.1f} ms"
            self.report.add(group, f"{size:,} commits: {name}", taken[name], compared=compared, goal=goal)
        remit = dict(servers)["Remit"]
        if size >= 1000:
            self.memory(f"{group}: memory", remit, tip, ref, size)

    def memory(self, group, remit, tip, ref, size):
        """The hook alone over the push that has just landed."""
        limit = {1000: 45, 10_000: 75}.get(size)
        given = f"{remit.workload.base} {tip} {ref}\n".encode()
        env = {**self.env, "GIT_DIR": remit.path}
        peak = peak_megabytes([self.hook, "pre-receive"], self.place, env=env, given=given)
        goal = (f"{limit} MB", peak <= limit) if limit else ""
        self.report.add(group, f"{size:,} commits: Remit", [peak], "MB", goal=goal)

    # Start and histories

    def start(self):
        group = "Start of the process"
        if not self.wants(group):
            return
        name, server = "Remit", Server(self.place, self.env, self.workload("small"), "start", None,
                                       settings=self.enforced, ledger=self.ledger)
        server.renew()
        env = {**self.env, "GIT_DIR": server.path}
        taken = in_turn([
            ("git --version", lambda: seconds(["git", "--version"], env=self.env)),
            ("remit-hook --version", lambda: seconds([self.hook, "--version"], env=self.env)),
            ("an empty push", lambda: seconds([self.hook, "pre-receive"], env=env)),
        ], 20 if self.options.quick else 60)
        for name, values in taken.items():
            times = ratio(taken, name, "git --version")
            goal = ("× 1.0", times <= 1.0) if name == "an empty push" else ""
            self.report.add(group, name, values, compared="" if name == "git --version" else f"× {times:.2f}",
                            goal=goal)

    def history(self, name, path):
        """The whole history behind HEAD (of a generated one: behind its last commit), as a branch that is new."""
        group = f"Whole history: {name}"
        if not self.wants(group):
            return
        bare = os.path.join(self.place, "history.git")
        shutil.rmtree(bare, ignore_errors=True)
        self.git("clone", "-q", "--bare", "--shared", os.path.abspath(path), bare)
        tip = self.git("rev-parse", "work" if name.startswith("generated") else "HEAD", cwd=bare).decode().strip()
        for ref in self.git("for-each-ref", "--format=delete %(refname)", cwd=bare).splitlines():
            self.git("update-ref", "--stdin", cwd=bare, given=ref + b"\n")
        commits = int(self.git("rev-list", "--count", tip, cwd=bare))
        ledger = os.path.join(self.place, "history.ledger")
        shutil.copyfile(self.ledger, ledger)
        self.authority.configure(bare, ledger, "monitor")
        env, given = {**self.env, "GIT_DIR": bare}, f"{ZERO} {tip} refs/heads/judged\n".encode()
        log = ["git", "log", "--raw", "--no-renames", "--no-abbrev", "-z", "--format=%H %an %ae %cn %ce%n%B", tip]
        judge = [self.hook, "pre-receive"]
        taken = in_turn([
            ("git log --raw", lambda: seconds(log, cwd=bare, env=self.env)),
            ("Remit", lambda: seconds(judge, env=env, given=given)),
        ], 2 if self.options.quick else 3)
        if f'"commits":{commits},'.encode() not in last_decision(ledger).replace(b": ", b":"):
            raise Failed(f"{group}: not every commit was judged")
        times = ratio(taken, "Remit", "git log --raw")
        self.report.add(group, f"{commits:,} commits: git log --raw", taken["git log --raw"])
        self.report.add(group, f"{commits:,} commits: Remit", taken["Remit"], compared=f"× {times:.2f}",
                        goal=("× 0.60", times <= 0.6))
        for program, command, where in [("git log --raw", log, self.env), ("Remit", judge, env)]:
            peak = peak_megabytes(command, self.place, cwd=bare, env=where, given=given)
            self.report.add(f"{group}: memory", program, [peak], "MB",
                            goal=("200 MB", peak <= 200) if program == "Remit" else "")


def _openssh():
    return subprocess.run(["ssh", "-V"], capture_output=True, check=False).stderr.decode().split(",")[0].strip()


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="remit-bench.") as place:
        try:
            bench = Bench(options, place)
            bench.run()
        except Failed as fault:
            print(f"bench: error: {fault}", file=sys.stderr)
            return 1
        print(bench.report.markdown(), end="")
        if options.json:
            with open(options.json, "w", encoding="utf-8") as file:
                file.write(bench.report.json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
