#!/usr/bin/env python3
"""Times Remit, what it promises, and whatever else looks at the same commits, all in turn on one machine.

Figures are ratios between runs made in turn: wall times of a machine say little about another one. Without options it
takes some fifteen minutes; --quick leaves out the largest pushes and the large trees, and takes two.
"""

import argparse
import datetime
import os
import subprocess
import sys
import tempfile

import counts
import detection
import histories
import pushes
import results
import scale
import signatures
import starts
from authority import LOGIN, Authority, make_ledger
from measure import Failed, run
from peers import Peers
from report import Report, machine
from signing import Agent, Key
from workload import Workload

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Each measures what it is named after, and adds its rows and the goals that they meet or miss.
GROUPS = [starts, pushes, histories, counts, signatures, scale, detection]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small trees, up to 1,000 commits: two minutes")
    parser.add_argument("--repository", metavar="PATH", action="append", default=[],
                        help="a real repository, whose history is judged too, and who wrote its last commits; may be "
                             "repeated")
    parser.add_argument("--peers", metavar="DIR",
                        help="where aiir, commit-check, coauthorcheck, gitvow and igcommit-receive are, such as the "
                             "bin of a virtual environment; otherwise they are looked for on PATH")
    parser.add_argument("--detect", type=int, metavar="N", help="commits of which they say who wrote them; default 100")
    parser.add_argument("--write", action="store_true", help="write Tests/Bench/results and the table in README.md")
    parser.add_argument("--json", metavar="FILE", help="write the figures there as well")
    parser.add_argument("--only", metavar="WORD", help="of the groups, only those whose name holds the word")
    parser.add_argument("--rounds", type=int, help="the most rounds of each measurement")
    parser.add_argument("--seed", type=int, default=1, help="of the generated histories; default 1")
    options = parser.parse_args()
    if options.write and (options.quick or options.only):
        parser.error("--write takes a whole run, without --quick and --only")
    return options


class Bench:
    """One run: everything is made in one temporary folder, and nobody's own configuration takes part."""

    root = ROOT

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
        self.shapes = ["small"] if options.quick else ["small", "large"]
        self.rounds = options.rounds or (7 if options.quick else 21)
        self.patience = 1 if options.quick else 6
        self.real = [(f"real {number}", os.path.abspath(path)) for number, path in enumerate(options.repository, 1)]
        self.workloads = {}
        self.report = Report({
            "date": datetime.date.today().isoformat(), "machine": f"on {machine()}",
            "versions": "with " + ", ".join([
                run([self.hook, "--version"]).decode().strip(), self.git("--version").decode().strip(), _openssh(),
            ]),
            "seed": f"seed {options.seed}",
            "load": f"load {os.getloadavg()[0]:.1f} before",
        })

    def git(self, *command, cwd=None, given=b""):
        return run(["git", *command], cwd=cwd, env=self.env, given=given)

    def wants(self, group):
        return not self.options.only or self.options.only in group

    def run(self):
        self.make()
        self.peers = Peers(self.options.peers, self.report)
        for group in GROUPS:
            print(f"bench: {group.__name__}", file=sys.stderr)
            group.measure(self)
        self.peers.tell()

    def make(self):
        person, self.task = (Key(os.path.join(self.place, name), name) for name in ("person", "task"))
        self.authority = Authority(os.path.join(self.place, "authority"), self.git, person, self.task)
        self.ledger = os.path.join(self.place, "empty.ledger")
        make_ledger(self.ledger, os.path.join(ROOT, "Sources"))

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
        if options.write:
            results.write(ROOT, bench.report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
