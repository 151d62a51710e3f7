"""An authority, a delegation and an empty ledger, made with ssh-keygen, git and sqlite alone."""

import hashlib
import json
import os
import re
import sqlite3
import time

PERSON, LOGIN, REPOSITORY = "dana@example.org", "dana", "payments"
_OPERATIONS = ["ref.create", "ref.update", "file.create", "file.modify", "file.delete", "file.mode"]
_NAMESPACES = ["root", "authority", "delegation", "approval", "revocation", "exception"]


def _moment(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def _list(values):
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


class Authority:
    """One administrator, who is the delegator too; one agent; one delegation for one task key."""

    def __init__(self, path, git, person, task, *, limits=""):
        self.path, self.git, self.person = path, git, person
        now = int(time.time())
        git("init", "-q", "-b", "main", path)
        root = self._record("roots/1.toml", "root", f"""\
type = "root/v1"
organisation = "example.org"
version = 1
threshold = 1
[[administrator]]
id = "{PERSON}"
keys = ["{person.line}"]
""")
        self.pin = f"sha256:{root}"
        namespaces = ",".join(f"remit-{name}" for name in _NAMESPACES)
        people = self._write("people.allowed_signers", f'{PERSON} namespaces="{namespaces}" {person.line}\n')
        self._record("authority.toml", "authority", f"""\
type = "authority/v1"
organisation = "example.org"
version = 1
people = "sha256:{people}"
[[person]]
id = "{PERSON}"
logins = ["{LOGIN}"]
[[delegator]]
person = "{PERSON}"
repositories = ["*"]
refs = ["refs/heads/**"]
paths = ["**"]
operations = {_list(_OPERATIONS)}
lifetime_hours = 720
""")
        self._record("agents/claude-code.toml", "authority", f"""\
type = "agent/v1"
organisation = "example.org"
id = "claude-code"
vendor = "Anthropic"
models = ["claude-opus-4-6"]
tools = ["edit", "bash"]
business_owners = ["{PERSON}"]
technical_owners = ["{PERSON}"]
autonomy = "assistant"
review_by = {_moment(now + 90 * 86_400)}
""")
        text = f"""\
type = "delegation/v1"
organisation = "example.org"
delegator = "{PERSON}"
agent = "claude-code"
task = "PAY-42"
purpose = "A large piece of work"
issued_at = {_moment(now - 3600)}
expires_at = {_moment(now + 86_400)}
keys = ["{task.fingerprint}"]
[[grant]]
repository = "{REPOSITORY}"
refs = ["refs/heads/agent/**"]
paths = ["**"]
operations = {_list(_OPERATIONS)}
{limits}"""
        name = hashlib.sha256(text.encode()).hexdigest()
        self.delegation = f"delegations/{name[:2]}/{name}.toml"
        self._record(self.delegation, "delegation", text)
        self._write(f"keys/{task.digest.hex()}", f"delegation sha256:{name}\n")
        self.trailer = f"Delegation: sha256:{name}"
        git("add", "-A", cwd=path)
        git("commit", "-q", "-m", "The authority", cwd=path)

    def _write(self, name, text):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="ascii", newline="") as file:
            file.write(text)
        return hashlib.sha256(text.encode()).hexdigest()

    def _record(self, name, kind, text):
        digest = self._write(name, text)
        self.person.sign_file(os.path.join(self.path, name), f"remit-{kind}")
        return digest

    def configure(self, server, ledger, mode):
        """Sets what an administrator sets in a server's repository."""
        for key, value in {
            "authority": os.path.join(self.path, ".git"), "root": self.pin, "repository": REPOSITORY,
            "ledger": ledger, "mode": mode, "host": "ssh", "pusherVariable": "BENCH_LOGIN", "deadline": "3600",
        }.items():
            self.git("config", f"remit.{key}", value, cwd=server)


def make_ledger(path, sources):
    """An empty ledger by the schema in the sources, so that the hook is all that has to be built."""
    with open(os.path.join(sources, "RemitLedger", "Schema.swift"), encoding="utf-8") as file:
        swift = file.read()
    numbers = dict(re.findall(r"let (\w+): Int64 = (\w+)", swift))
    known = {name: str(int(text.replace("_", ""), 0)) for name, text in numbers.items()}
    known |= {"EvidenceDigest.byteCount": "32", "RecordID.byteCount": "32"}
    with open(os.path.join(sources, "RemitLedger", "Tree", "TileTable.swift"), encoding="utf-8") as file:
        tiles = re.search(r'static let schema = """\n(.*?)"""', file.read(), re.DOTALL).group(1)
    texts = dict(re.findall(r'static let (\w+) = """\n(.*?)"""', swift, re.DOTALL)) | {"TileTable.schema": tiles}
    # What a step does besides its text, it does to rows, and an empty ledger has none.
    listed = re.search(r"static let steps = \[(.*?)\]", swift, re.DOTALL).group(1)
    steps = re.findall(r"Step\(([\w. +]+)", listed)
    schema = "".join(texts[name] for step in steps for name in re.findall(r"[\w.]+", step))
    schema = re.sub(r"\\\((\w+)\)", lambda match: texts.get(match.group(1), match.group(0)), schema)
    schema = re.sub(r"\\\(([A-Za-z.]+)\)", lambda match: known[match.group(1)], schema)
    schema += f"PRAGMA user_version = {len(steps)};"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    database.executescript(schema)
    database.close()


def last_decision(path):
    """The exact bytes of the newest entry's document."""
    database = sqlite3.connect(path)
    try:
        def kept(digest):
            row = database.execute(
                "SELECT bytes FROM input WHERE digest = ?", [bytes.fromhex(digest.removeprefix("sha256:"))])
            return row.fetchone()[0]

        entry, = database.execute("SELECT bytes FROM entry ORDER BY sequence DESC LIMIT 1").fetchone()
        return kept(json.loads(kept(json.loads(entry)["evidence"]))["document"])
    finally:
        database.close()
