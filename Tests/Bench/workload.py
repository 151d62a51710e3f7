"""Repositories and histories to push, the same ones from the same seed."""

import hashlib
import os
import random
import struct
import zlib

_START = 1_767_225_600  # 2026-01-01; the dates prove nothing, they only have to be the same every time
_MARK = "Co-Authored-By: Claude <noreply@anthropic.com>"
_WORDS = "retry settle ledger batch queue parse render cache token window cursor stream index merge probe".split()

# Tree sizes matter more than anything else about a repository: a commit reads every directory above what it touches.
SHAPES = {
    "small": {"root": 20, "directories": {f"Sources/Part{n}": 26 for n in range(5)}},
    "large": {"root": 550, "directories": {"t": 1150, **{f"area{n:02}": 60 for n in range(40)}}},
}


class Workload:
    """A client's repository with a base and a line of commits on top of it, and where each push ends."""

    def __init__(self, place, git, shape, sizes, seed):
        self.git = git
        self.path = os.path.join(place, f"client-{shape}")
        self.shape = shape
        self.sizes = sizes
        self.random = random.Random(f"{seed}/{shape}")
        git("init", "-q", "-b", "main", self.path)
        parts = SHAPES[shape]
        self.directories = list(parts["directories"])
        self.files = {name: [f"{name}/file{n:04}.swift" for n in range(count)]
                      for name, count in parts["directories"].items()}
        self.top = [f"topic-{n:03}.c" for n in range(parts["root"])]
        git("fast-import", "--quiet", "--done", cwd=self.path, given=self._stream(max(sizes)))
        self.commits = git("rev-list", "--reverse", "main..work", cwd=self.path).decode().split()
        self.base = git("rev-parse", "main", cwd=self.path).decode().strip()
        self.tips = {size: self.commits[size - 1] for size in sizes}

    def _body(self):
        return "".join(" ".join(self.random.choices(_WORDS, k=8)) + "\n" for _ in range(6)).encode()

    def _message(self, number):
        text = f"Work {number}: {' '.join(self.random.choices(_WORDS, k=5))}\n\n"
        text += " ".join(self.random.choices(_WORDS, k=20)) + "\n"
        if number % 3 == 0:
            text += f"\n{_MARK}\n"
        return text.encode()

    def _stream(self, count):
        def data(content):
            return b"data %d\n%s\n" % (len(content), content)

        def commit(branch, number, message):
            when = _START + 60 * number
            who = b"Dana Example <dana@example.org> %d +0000\n" % when
            return b"commit refs/heads/%s\nauthor %scommitter %s%s" % (branch, who, who, data(message))

        parts = [commit(b"main", 0, b"Begin\n")]
        for path in self.top + [path for paths in self.files.values() for path in paths]:
            parts.append(b"M 100644 inline %s\n%s" % (path.encode(), data(self._body())))
        for number in range(1, count + 1):
            parts.append(commit(b"work", number, self._message(number)))
            if number == 1:
                parts.append(b"from refs/heads/main\n")
            for path in self._touched():
                parts.append(b"M 100644 inline %s\n%s" % (path.encode(), data(self._body())))
        parts.append(b"done\n")
        return b"".join(parts)

    def _touched(self):
        """Two paths: one in the widest directory or at the top, one anywhere."""
        first = self.random.choice([self.random.choice(self.top), self.random.choice(self.files[self.directories[0]])])
        return first, self.random.choice(self.files[self.random.choice(self.directories[1:])])

    def forbidden(self):
        """A commit that every hook here has to refuse: an agent's, unsigned, below Secrets/."""
        who = f"Dana Example <dana@example.org> {_START + 60} +0000"
        message = f"Look\n\n{_MARK}\n"
        stream = (f"commit refs/heads/forbidden\nauthor {who}\ncommitter {who}\ndata {len(message)}\n{message}"
                  f"from {self.base}\nM 100644 inline Secrets/key\ndata 2\nx\ndone\n")
        self.git("fast-import", "--quiet", "--done", "--force", cwd=self.path, given=stream.encode())
        return self.git("rev-parse", "forbidden", cwd=self.path).decode().strip()

    def sign(self, agent, trailer):
        """The same commits again, each signed by the task key and naming its delegation; their tips by size."""
        trees = self.git("log", "--reverse", "--format=%T", "main..work", cwd=self.path).decode().split()
        parent, tips, objects = self.base, {}, []
        for number, tree in enumerate(trees, 1):
            when = _START + 60 * number
            who = f"Claude <noreply@anthropic.com> {when} +0000"
            head = f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n".encode()
            text = f"\nWork {number}\n\n{' '.join(self.random.choices(_WORDS, k=20))}\n\n{trailer}\n".encode()
            lines = agent.sign(head + text)
            objects.append(head + b"gpgsig " + b"\n ".join(lines) + b"\n" + text)
            parent = hashlib.sha1(b"commit %d\0" % len(objects[-1]) + objects[-1]).hexdigest()
            if number in self.sizes:
                tips[number] = parent
        self.git("index-pack", "--stdin", cwd=self.path, given=_pack(objects))
        self.git("update-ref", "refs/heads/signed", parent, cwd=self.path)
        return tips


def _pack(commits):
    """A pack of whole commits: fast-import cannot write signatures."""
    parts = [b"PACK" + struct.pack(">II", 2, len(commits))]
    for commit in commits:
        size = len(commit)
        byte, size = 1 << 4 | size & 15, size >> 4
        header = bytearray()
        while size:
            header.append(byte | 0x80)
            byte, size = size & 0x7F, size >> 7
        header.append(byte)
        parts.append(bytes(header) + zlib.compress(commit))
    body = b"".join(parts)
    return body + hashlib.sha1(body).digest()
