"""Programs of others that look at the same commits: where they are, and what they said of what they saw."""

import json
import os
import re
import shutil

from measure import Failed, run, seconds

# The executable, the package that it comes with, and what it does with a commit.
PROGRAMS = {
    "aiir": ("aiir", "aiir", "a receipt for each commit, with the signs of AI in it and its paths (`--range --jsonl`); "
             "some git processes a commit; refuses nothing"),
    "commit-check": ("commit-check", "commit-check", "the message of one commit (`--ai-attribution forbid`); one "
                     "process a commit, no paths, no signatures"),
    "coauthorcheck": ("coauthorcheck", "coauthorcheck", "the form of `Co-authored-by:` lines (`--range`); three git "
                      "processes a commit, no paths, no signatures"),
    "gitvow": ("gitvow", "gitvow", "paths and decisions of each commit (`report --base`); knows only agents that ran "
               "under it and left its own trailer"),
    "igcommit": ("igcommit-receive", "igcommit", "a `pre-receive` hook: messages, names, timestamps, file types; no "
                 "agents, no signatures; lets the push through when it fails itself"),
}


class Peers:
    """Those that are installed, in a folder or on PATH; the others are told of by name."""

    def __init__(self, folder, report):
        path = os.pathsep.join([os.path.abspath(folder), os.environ["PATH"]] if folder else [os.environ["PATH"]])
        self.report, self.found = report, {}
        for name, (executable, *_) in PROGRAMS.items():
            program = shutil.which(executable, path=path)
            if not program:
                report.lack(name, "not installed")
                continue
            self.found[name] = program

    def get(self, name):
        return self.found.get(name)

    def tell(self):
        """What each of them is and does."""
        for name, program in self.found.items():
            _, package, words = PROGRAMS[name]
            self.report.say(f"{name} {_version(program, package)}".strip(), words)


def _version(program, package):
    """The version of a Python package, told by the interpreter that its program names in its first line."""
    with open(program, "rb") as file:
        first = file.readline().decode(errors="replace").strip()
    if not first.startswith("#!"):
        return ""
    asked = ["-c", f"import importlib.metadata as m; print(m.version({package!r}))"]
    try:
        return run([*first[2:].split(), *asked]).decode().strip()
    except (Failed, OSError):
        return ""


class Range:
    """Some commits of a clone, and how each program is asked about them."""

    def __init__(self, path, base, tip, commits, env):
        self.path, self.base, self.tip, self.commits, self.env = path, base, tip, commits, env

    def commands(self, name, program):
        """The processes that it takes."""
        span = f"{self.base}..{self.tip}"
        if name == "aiir":
            return [[program, "--range", span, "--jsonl"]]
        if name == "gitvow":
            return [[program, "report", "--base", self.base, "--head", self.tip, "--json"]]
        if name == "coauthorcheck":
            return [[program, "--range", span, "--format", "json"]]
        return [[program, "--rev", commit, "--message", "--ai-attribution", "forbid", "--format", "json", "--dry-run"]
                for commit in self.commits]

    def seen(self, name, program):
        """Of how many commits it says that an agent wrote them, or has to find fault; it must have looked at all."""
        texts = [run(command, cwd=self.path, env=self.env, statuses=(0, 1)).decode()
                 for command in self.commands(name, program)]
        looked, found = _SAID[name](texts)
        if looked != len(self.commits):
            raise Failed(f"looked at {looked} of {len(self.commits)} commits")
        return found

    def seconds(self, name, program):
        return sum(seconds(command, cwd=self.path, env=self.env, statuses=(0, 1))
                   for command in self.commands(name, program))


def _receipts(texts):
    receipts = [json.loads(line) for line in texts[0].splitlines()]
    return len(receipts), sum(receipt["ai_attestation"]["is_ai_authored"] for receipt in receipts)


def _report(texts):
    report = json.loads(texts[0])
    return len(report["commits"]), report["agent_commits"]


def _summary(texts):
    summary = json.loads(texts[0])["summary"]
    return summary["commit_count"], summary["invalid_commit_count"]


def _checks(texts):
    checks = [check for text in texts for check in json.loads(text)["checks"] if check["check"] == "ai_attribution"]
    return len(checks), sum(check["status"] == "fail" for check in checks)


_SAID = {"aiir": _receipts, "gitvow": _report, "coauthorcheck": _summary, "commit-check": _checks}


def looked_at(answer):
    """The commits that igcommit names in what it tells a pusher."""
    if b"An error occurred" in answer:
        raise Failed("fails itself, and lets the push through")
    return len(set(re.findall(rb"=== \w+ on ([0-9a-f]{7,40}) ===", answer)))
