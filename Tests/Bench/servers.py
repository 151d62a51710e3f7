"""Bare repositories to push to, as fresh for every push as for the first."""

import json
import os
import shutil
import subprocess

import authority as records
from measure import Failed, run, seconds


class Server:
    """One repository with one hook; `push` makes it anew from its template and times a push."""

    def __init__(self, place, env, workload, name, hook, *, settings=None, ledger=None, path=None):
        self.env, self.workload = env, workload
        self.template = os.path.join(place, f"{workload.shape}-{name}.template")
        self.path = path or os.path.join(place, f"{workload.shape}-{name}.git")
        self.address = self.path
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
            renew_ledger(self.ledger, self.clean_ledger)
        settle(self.path)

    def push(self, tip, ref, commits):
        """The seconds that a push takes which must be accepted, and allowed where Remit judges it."""
        self.renew()
        took = seconds(["git", "push", "-q", self.address, f"{tip}:{ref}"], cwd=self.workload.path, env=self.env)
        if self.workload.git("rev-parse", ref, cwd=self.path).decode().strip() != tip:
            raise Failed(f"{self.path}: {ref} did not move")
        if self.clean_ledger:
            require_allowed(self.ledger, commits)
        return took

    def refuses(self, tip, ref):
        """Pushes what the hook is there to refuse: one that lets everything through has no time worth telling."""
        self.renew()
        done = subprocess.run(["git", "push", "-q", self.address, f"{tip}:{ref}"], cwd=self.workload.path,
                              env=self.env, capture_output=True, check=False)
        if b"hook declined" not in done.stderr:
            raise Failed(f"{self.path} does not refuse: {done.stderr.decode(errors='replace')[-2000:]}")


class InPlace:
    """A repository that has the commits of a push already, so that the hook can be asked without git around it."""

    def __init__(self, bench, path, mode, ledger=None):
        self.bench, self.path, self.ledger = bench, path, ledger or path + ".ledger"
        bench.authority.configure(path, self.ledger, mode)
        self.command = [bench.hook, "pre-receive"]

    @classmethod
    def pushed(cls, bench, workload, name, tips, ledger=None):
        """A repository to which these commits have been pushed."""
        server = Server(bench.place, bench.env, workload, name, None)
        server.renew()
        for number, tip in enumerate(tips):
            bench.git("push", "-q", server.path, f"{tip}:refs/pushed/{number}", cwd=workload.path)
        return cls(bench, server.path, "enforce", ledger)

    @classmethod
    def borrowed(cls, bench, source, name, old=None):
        """A repository that borrows another's objects, with one ref of its own, or none."""
        path = os.path.join(bench.place, f"{name}.git")
        shutil.rmtree(path, ignore_errors=True)
        bench.git("clone", "-q", "--bare", "--shared", os.path.abspath(source), path)
        deletions = bench.git("for-each-ref", "--format=delete %(refname)", cwd=path)
        bench.git("update-ref", "--stdin", cwd=path, given=deletions)
        if old:
            bench.git("update-ref", "refs/heads/judged", old, cwd=path)
        return cls(bench, path, "monitor")

    def asked(self, old, new, ref):
        """What the hook is run with; its ledger is empty again."""
        renew_ledger(self.ledger, self.bench.ledger)
        settle(self.path)
        lines = f"{old} {new} {ref}\n" if new else ""
        return {"env": {**self.bench.env, "GIT_DIR": self.path}, "given": lines.encode()}

    def decision(self):
        return json.loads(records.last_decision(self.ledger))

    def require_allowed(self, commits):
        require_allowed(self.ledger, commits)


def renew_ledger(ledger, clean):
    for end in ("", "-wal", "-shm"):
        if os.path.exists(ledger + end):
            os.remove(ledger + end)
    shutil.copyfile(clean, ledger)
    file = os.open(ledger, os.O_RDONLY)
    os.fsync(file)
    os.close(file)


def settle(folder):
    """Has the disk take what was renewed: otherwise whoever waits for the disk next would wait for that too."""
    note = os.open(os.path.join(folder, "settled"), os.O_CREAT | os.O_WRONLY, 0o600)
    os.write(note, b"\n")
    os.fsync(note)
    os.close(note)


def require_allowed(ledger, commits):
    decision = json.loads(records.last_decision(ledger))
    if (decision["outcome"], decision["commits"]) != ("allowed", commits):
        rules = sorted({finding["rule"] for finding in decision["findings"]})
        raise Failed(f"decision: {decision['outcome']} over {decision['commits']} commits, not {commits}: {rules}")
