"""Bare repositories to push to, as fresh for every push as for the first."""

import json
import os
import shutil

import authority as records
from measure import Failed, run, seconds


class Server:
    """One repository with one hook; `push` makes it anew from its template and times a push."""

    def __init__(self, place, env, workload, name, hook, *, settings=None, ledger=None):
        self.env, self.workload = env, workload
        self.template = os.path.join(place, f"{workload.shape}-{name}.template")
        self.path = os.path.join(place, f"{workload.shape}-{name}.git")
        self.clean_ledger, self.ledger = ledger, self.path + ".ledger"
        git = workload.git
        git("clone", "-q", "--bare", "--no-local", "--single-branch", "-b", "main", workload.path, self.template)
        for ref in ("refs/heads/topic", "refs/heads/agent/work"):
            git("update-ref", ref, workload.base, cwd=self.template)
        shutil.rmtree(os.path.join(self.template, "hooks"), ignore_errors=True)
        os.mkdir(os.path.join(self.template, "hooks"))
        if settings:
            settings(self.template, self.ledger)
        if hook:
            path = os.path.join(self.template, "hooks", "pre-receive")
            with open(path, "w", encoding="utf-8") as file:
                file.write(hook)
            os.chmod(path, 0o755)

    def renew(self):
        shutil.rmtree(self.path, ignore_errors=True)
        # Hard links: nothing that is pushed changes a file in place.
        run(["cp", "-al", self.template, self.path])
        if self.clean_ledger:
            for end in ("", "-wal", "-shm"):
                if os.path.exists(self.ledger + end):
                    os.remove(self.ledger + end)
            shutil.copyfile(self.clean_ledger, self.ledger)

    def push(self, tip, ref, commits):
        """The seconds that a push takes which must be accepted, and allowed where Remit judges it."""
        self.renew()
        took = seconds(["git", "push", "-q", self.path, f"{tip}:{ref}"], cwd=self.workload.path, env=self.env)
        if self.workload.git("rev-parse", ref, cwd=self.path).decode().strip() != tip:
            raise Failed(f"{self.path}: {ref} did not move")
        if self.clean_ledger:
            require_allowed(self.ledger, commits)
        return took


def require_allowed(ledger, commits, outcome="allowed"):
    decision = json.loads(records.last_decision(ledger))
    if (decision["outcome"], decision["commits"]) != (outcome, commits):
        rules = sorted({finding["rule"] for finding in decision["findings"]})
        raise Failed(f"decision: {decision['outcome']} over {decision['commits']} commits, not {commits}: {rules}")
