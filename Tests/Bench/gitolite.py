"""A gitolite of our own, asked as sshd asks it, but without sshd: what it takes is its own."""

import os
import shutil
from typing import NamedTuple

from measure import run
from servers import Server

_RULES = """\
repo gitolite-admin
    RW+ = administrator
repo payments
    RW+ = dana
"""
_NAMES = "    - VREF/NAME/Secrets/ = dana\n"


def installed():
    return shutil.which("gitolite") is not None


class Where(NamedTuple):
    """Where gitolite lies, and which it is."""

    folder: str
    version: str

    @classmethod
    def found(cls, env):
        folder = run(["gitolite", "query-rc", "GL_BINDIR"], env={**env, "USER": "git"}).decode().strip()
        with open(os.path.join(folder, "VERSION"), encoding="ascii") as file:
            return cls(folder, file.read().split()[0])


class Gitolite(Server):
    """A repository behind gitolite, with or without a rule about names of paths."""

    def __init__(self, place, env, workload, name, *, names):
        home = os.path.join(place, f"{workload.shape}-{name}")
        repositories = os.path.join(home, "repositories")
        own = {**env, "HOME": home, "USER": "git"}
        os.mkdir(home)
        with open(os.path.join(home, ".gitolite.rc"), "w", encoding="ascii") as file:
            file.write(f"%RC = (UMASK => 0077, GL_REPO_BASE => '{repositories}', ENABLE => []);\n1;\n")
        run(["gitolite", "setup", "-a", "administrator"], env=own)
        path = os.path.join(repositories, "payments.git")
        super().__init__(place, env, workload, name, None, path=path)
        # Gitolite puts its hook and its rules into the repository where that lies.
        os.rename(self.template, path)
        with open(os.path.join(home, ".gitolite", "conf", "gitolite.conf"), "w", encoding="ascii") as file:
            file.write(_RULES + (_NAMES if names else ""))
        for command in (["compile"], ["setup", "--hooks-only"], ["trigger", "POST_COMPILE"]):
            run(["gitolite", *command], env=own)
        os.rename(path, self.template)
        self.env = {**env, "GIT_SSH": self._entrance(home, Where.found(own).folder), "GIT_SSH_VARIANT": "simple"}
        self.address = "git@localhost:payments"

    @staticmethod
    def _entrance(home, folder):
        """What git runs in ssh's place, with the host and the command."""
        path = os.path.join(home, "ssh")
        with open(path, "w", encoding="ascii") as file:
            file.write(f"""#!/bin/sh
HOME='{home}' SSH_CONNECTION='127.0.0.1 1 127.0.0.1 22' SSH_ORIGINAL_COMMAND=$2
export HOME SSH_CONNECTION SSH_ORIGINAL_COMMAND
exec '{folder}/gitolite-shell' dana
""")
        os.chmod(path, 0o755)
        return path
