"""An authority and a ledger as years of work leave them, made in minutes: true in shape and size, in nothing else."""

import base64
import hashlib
import json
import random
import sqlite3

from authority import REPOSITORY

# From so many entries on, `remit` puts what it adds to a directory of the authority on shelves.
WIDEST = 64


def fill_authority(git, path, line, delegations, agents):
    """Adds delegations and agents in the shape of the ones that are there; nobody verifies their signatures.

    Each hundredth delegation was ended. They come in one commit after the real ones, where `remit` would have put them,
    and everything lies in one pack, as on a server after `git gc`.
    """
    def file(name):
        return git("show", f"main:{name}", cwd=path).decode()

    numbers = random.Random("authority")
    delegation, agent = file(line.authority.delegation), file("agents/claude-code.toml")
    signature = file(line.authority.delegation + ".sig")

    def stream():
        yield b"commit refs/heads/main\ncommitter Dana Example <dana@example.org> 1767225600 +0000\n"
        yield b"data 5\nMore\n\nfrom refs/heads/main^0\n"
        for number in range(1, delegations):
            digest = numbers.randbytes(32)
            fingerprint = "SHA256:" + base64.b64encode(digest).decode().rstrip("=")
            text = delegation.replace(line.task.fingerprint, fingerprint).replace("PAY-42", f"PAY-{1000 + number}")
            name = hashlib.sha256(text.encode()).hexdigest()
            yield from _signed(f"delegations/{name[:2]}/{name}.toml", text, signature, numbers)
            key = digest.hex()
            yield _blob(f"keys/{_shelf(key, number)}{key}", f"delegation sha256:{name}\n")
            if number % 100 == 0:
                end = f"revocations/{_shelf(name, 2 * number // 100)}{name}.toml"
                yield from _signed(end, _END.format(name), signature, numbers)
        for number in range(1, agents):
            name = f"agent-{number:05}"
            place = "~" * (2 * number >= WIDEST) + _shelf(hashlib.sha256(name.encode()).hexdigest(), 2 * number)
            yield from _signed(f"agents/{place}{name}.toml", agent.replace("claude-code", name), signature, numbers)
        yield b"done\n"

    git("fast-import", "--quiet", "--done", cwd=path, given=b"".join(stream()))
    git("repack", "-a", "-d", "-q", cwd=path)


_END = """\
type = "revocation/v1"
organisation = "example.org"
delegation = "sha256:{}"
cause = "ended"
reason = "the work is done"
issued_at = 2026-11-20T09:00:00Z
issuer = "dana@example.org"
"""


def _shelf(digits, before):
    """The directory in which a file goes that so many others came before."""
    return f"{digits[:2]}/" if before >= WIDEST else ""


def _signed(name, text, signature, numbers):
    yield _blob(name, text)
    first, *lines, last = signature.rstrip("\n").split("\n")
    body = "".join(lines)
    # Of the true length, and different for each record, as a signature is.
    changed = base64.b64encode(numbers.randbytes(len(body) * 3 // 4)).decode()[: len(body)]
    armoured = [changed[start : start + len(lines[0])] for start in range(0, len(changed), len(lines[0]))]
    yield _blob(f"{name}.sig", "\n".join([first, *armoured, last, ""]))


def _blob(name, text):
    content = text.encode()
    return b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(content), content)


def fill_ledger(path, line, ref, entries, own, delegations):
    """Entries, and what a push looks up beside them, in the order in which years of pushes would have come.

    The tree over them is a true one. Of what entries rest on, each keeps two short inputs: a push never reads them, and
    only how many rows there are weighs on its own.
    """
    numbers = random.Random("ledger")
    used = bytes.fromhex(line.authority.trailer.rsplit(":", maxsplit=1)[1])
    others = [numbers.randbytes(32) for _ in range(delegations)]
    repositories = [REPOSITORY.encode()] + [f"service-{number:03}".encode() for number in range(100)]
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -4000000; BEGIN")
    tree, step = Tree(database), entries // own
    totals = {used: [0, 0]}
    for first in range(1, entries + 1, 10_000):
        rows = {name: [] for name in ("entry", "input", "about", "seen", "change", "file")}
        for number in range(first, min(first + 10_000, entries + 1)):
            delegation = used if number % step == 0 else numbers.choice(others)
            repository = repositories[0] if delegation == used else numbers.choice(repositories)
            total = totals.setdefault(delegation, [0, 0])
            total[0], total[1] = total[0] + 1, number
            evidence, moment = numbers.randbytes(32), 1_767_225_600 + number * 30
            leaf = _leaf(evidence, repository)
            rows["entry"].append((number, "decision", moment, hashlib.sha256(leaf).digest(), leaf))
            rows["input"] += [(evidence, numbers.randbytes(64)), (numbers.randbytes(32), numbers.randbytes(64))]
            commit, old, base, result = (numbers.randbytes(20) for _ in range(4))
            branch = ref.encode() if delegation == used else b"refs/heads/agent/" + delegation[:4].hex().encode()
            rows["about"] += [(kind, value, repository, number) for kind, value in (
                ("commit", commit), ("ref", branch), ("update", old + commit + branch), ("delegation", delegation),
                ("agent", b"claude-code"))]
            rows["seen"].append((commit, delegation, repository, branch, moment, number))
            rows["change"].append((delegation, base, result, repository, branch, moment, number))
            rows["file"].append((delegation, repository, numbers.randbytes(32), number))
            tree.add(leaf)
        for name, sql in _INSERTIONS.items():
            database.executemany(sql, rows[name])
    database.executemany(
        "INSERT INTO spent VALUES (?, ?, ?, 0, 0, ?, ?)",
        [(delegation, count, count, count, last) for delegation, (count, last) in totals.items()])
    tree.finish()
    # The moment of the last entry stays out: the hook's clock decides what comes next, and this is a filled ledger.
    for statement in ("COMMIT", "PRAGMA wal_checkpoint(TRUNCATE)"):
        database.execute(statement)
    database.close()


_INSERTIONS = {
    "entry": "INSERT INTO entry VALUES (?, ?, ?, ?, ?)",
    "input": "INSERT INTO input VALUES (?, ?)",
    "about": "INSERT INTO about VALUES (?, ?, ?, ?)",
    "seen": "INSERT INTO seen VALUES (?, ?, ?, ?, ?, ?)",
    "change": "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?)",
    "file": "INSERT INTO spent_file VALUES (?, ?, ?, ?)",
}


def _leaf(evidence, repository):
    """An entry as the hook writes it."""
    return json.dumps({
        "schema": "entry/v1", "kind": "decision", "at": "2026-01-01T00:00:00Z", "program": "remit-hook 0.1.0",
        "repository": repository.decode(), "evidence": f"sha256:{evidence.hex()}", "submission": "push",
        "outcome": "allowed", "mode": "enforce", "overridden": False,
    }, separators=(",", ":")).encode()


class Tree:
    """The tiles over the entries (RFC 6962's tree, 256 hashes in a tile)."""

    def __init__(self, database):
        self.database, self.levels, self.full = database, [[]], [0]

    def add(self, leaf):
        self._append(0, hashlib.sha256(b"\0" + leaf).digest())

    def _append(self, level, digest):
        if level == len(self.levels):
            self.levels.append([])
            self.full.append(0)
        self.levels[level].append(digest)
        if len(self.levels[level]) < 256:
            return
        hashes = self.levels[level]
        self._write(level)
        self.levels[level], self.full[level] = [], self.full[level] + 1
        while len(hashes) > 1:
            hashes = [hashlib.sha256(b"\1" + hashes[at] + hashes[at + 1]).digest() for at in range(0, len(hashes), 2)]
        self._append(level + 1, hashes[0])

    def _write(self, level):
        self.database.execute(
            "INSERT INTO tile VALUES (?, ?, ?)", (level, self.full[level], b"".join(self.levels[level])))

    def finish(self):
        for level, hashes in enumerate(self.levels):
            if hashes:
                self._write(level)
