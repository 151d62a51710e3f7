"""SSH signatures by the thousand: an agent signs what ssh-keygen would need a process for."""

import base64
import hashlib
import os
import socket
import struct
import subprocess
import time

from measure import Failed, run

_SIGN_REQUEST, _SIGN_RESPONSE = 13, 14


def string(data):
    return struct.pack(">I", len(data)) + data


class Key:
    """An Ed25519 key in a file, made anew."""

    def __init__(self, path, comment):
        run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path])
        self.path = path
        with open(path + ".pub", encoding="ascii") as file:
            kind, text, _ = file.read().split(" ", 2)
        self.line = f"{kind} {text}"
        self.blob = base64.b64decode(text)
        self.digest = hashlib.sha256(self.blob).digest()
        self.fingerprint = "SHA256:" + base64.b64encode(self.digest).decode().rstrip("=")

    def sign_file(self, path, namespace):
        run(["ssh-keygen", "-q", "-Y", "sign", "-f", self.path, "-n", namespace, path])


class Agent:
    """An ssh-agent of our own that holds one key."""

    def __init__(self, key, place):
        self.key = key
        address = os.path.join(place, "agent")
        self.process = subprocess.Popen(["ssh-agent", "-D", "-a", address], stdout=subprocess.DEVNULL)
        for _ in range(100):
            if os.path.exists(address):
                break
            time.sleep(0.02)
        run(["ssh-add", "-q", key.path], env={**os.environ, "SSH_AUTH_SOCK": address})
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(address)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
        self.process.terminate()
        self.process.wait()

    def sign(self, message, namespace=b"git"):
        """The armoured signature of a message: PROTOCOL.sshsig."""
        rest = string(namespace) + string(b"") + string(b"sha512")
        signed = b"SSHSIG" + rest + string(hashlib.sha512(message).digest())
        request = bytes([_SIGN_REQUEST]) + string(self.key.blob) + string(signed) + struct.pack(">I", 0)
        self.socket.sendall(string(request))
        reply = self._read(struct.unpack(">I", self._read(4))[0])
        if reply[0] != _SIGN_RESPONSE:
            raise Failed("ssh-agent does not sign")
        blob = b"SSHSIG" + struct.pack(">I", 1) + string(self.key.blob) + rest + reply[1:]
        text = base64.b64encode(blob)
        lines = [text[start : start + 70] for start in range(0, len(text), 70)]
        return [b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----"]

    def _read(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise Failed("ssh-agent has gone away")
            data += more
        return data
