#!/usr/bin/env python3
"""Reads what `remit export` wrote as its readers would, by their own specifications, and prints what it understood.

usage: check-export.py cef|ocsf|decision-log FILE
       check-export.py statements FILE VKEY

Everything that a specification demands is checked; what is against it ends with status 1 and a word why. The rest is
printed as one JSON object a line.
"""
import base64
import json
import re
import subprocess
import sys
import tempfile


def fail(line, reason):
    sys.exit(f"{reason}: {line!r}")


def lines(path):
    data = open(path, "rb").read()
    if data and not data.endswith(b"\n"):
        fail(data[-80:], "the last line has no end")
    return data.split(b"\n")[:-1]


def strict(text):
    def once(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            fail(text, "a member stands twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once)


def tell(value):
    print(json.dumps(value, sort_keys=True, ensure_ascii=True))


def inert(line):
    """No byte that a terminal obeys."""
    if any(ord(character) < 0x20 or 0x7F <= ord(character) <= 0x9F for character in line):
        fail(line, "a control character")
    if any(character in line for character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b"):
        fail(line, "a character that reorders or hides others")


# Common Event Format: header fields up to an unescaped bar, then key=value up to the next key.
CEF_KEYS = {
    "rt": 1023, "deviceExternalId": 255, "externalId": 40, "cat": 1023, "suser": 1023, "act": 63, "outcome": 63,
    "reason": 1023, "msg": 1023, "request": 1023, "cn1": 1023, "cn1Label": 1023, "flexString1": 1023,
    "flexString1Label": 128, **{f"cs{n}": 4000 for n in range(1, 7)}, **{f"cs{n}Label": 1023 for n in range(1, 7)},
}


def cef(path):
    for raw in lines(path):
        line = raw.decode("utf-8")
        inert(line)
        header, field, position = [], "", 0
        while len(header) < 7:
            if position >= len(line):
                fail(line, "fewer than seven header fields")
            character = line[position]
            if character == "\\":
                if line[position + 1] not in "\\|":
                    fail(line, "an escape that the header does not have")
                field += line[position + 1]
                position += 2
            elif character == "|":
                header.append(field)
                field, position = "", position + 1
            else:
                field += character
                position += 1
        if header[0] != "CEF:0" or not re.fullmatch(r"10|[0-9]", header[6]):
            fail(line, "no header of version 0, or no severity from 0 to 10")
        rest, values = line[position:], {}
        starts = list(re.finditer(r"(?:^| )([A-Za-z0-9_]+)=", rest))
        if not starts or starts[0].start() != 0:
            fail(line, "the extension begins with no key")
        for index, start in enumerate(starts):
            end = starts[index + 1].start() if index + 1 < len(starts) else len(rest)
            text = rest[start.end():end]
            if re.search(r"(?<!\\)(?:\\\\)*=", text):
                fail(line, "an equals sign that is not escaped")
            value = re.sub(r"\\(.)", lambda match: {"n": "\n", "r": "\r"}.get(match[1], match[1]), text)
            key = start[1]
            if key not in CEF_KEYS or key in values:
                fail(line, f"the key {key} is unknown or stands twice")
            if len(value.encode()) > CEF_KEYS[key]:
                fail(line, f"the value of {key} is too long")
            values[key] = value
        if not values["rt"].isdigit():
            fail(line, "rt is not milliseconds")
        tell({"class": header[4], "name": header[5], "severity": int(header[6]), **values})


# OCSF 1.5.0: what each class requires (events/*.json, objects/*.json of its repository), and what it may have.
BASE = {
    "activity_id": int, "category_uid": int, "class_uid": int, "metadata": dict, "severity_id": int, "time": int,
    "type_uid": int,
}
BASE_MORE = {"activity_name": str, "message": str, "unmapped": dict, "status_id": int}
CLASSES = {
    0: (0, {}, {}, {0, 99}),
    2003: (2, {"compliance": dict, "finding_info": dict}, {"resources": list}, {1, 2, 3}),
    2004: (2, {"finding_info": dict}, {"resources": list}, {1, 2, 3}),
    6002: (6, {"app": dict}, {}, {1, 2, 3, 4, 5, 6, 7, 8, 99}),
}
COMPLIANCE = {"control", "status_id", "status", "standards", "checks"}
CHECK = {"uid", "name", "status_id"}
METADATA = {"version", "product", "uid", "event_code", "log_name", "sequence"}


def ocsf(path):
    for raw in lines(path):
        event = strict(raw)
        inert(raw.decode("ascii"))
        category, required, more, activities = CLASSES[event["class_uid"]]
        wanted = {**BASE, **required}
        for name, kind in wanted.items():
            if type(event.get(name)) is not kind:
                fail(raw, f"{name} is missing or of another type")
        for name, value in event.items():
            if type(value) is not {**wanted, **more, **BASE_MORE}.get(name):
                fail(raw, f"{name} is not of this class")
        if event["category_uid"] != category or event["activity_id"] not in activities:
            fail(raw, "another category, or an activity that the class does not have")
        if event["type_uid"] != event["class_uid"] * 100 + event["activity_id"]:
            fail(raw, "type_uid is not made of class and activity")
        if event["severity_id"] not in range(0, 7) or not 1_000_000_000_000 < event["time"] < 10_000_000_000_000:
            fail(raw, "severity or time is out of range")
        metadata = event["metadata"]
        if metadata["version"] != "1.5.0" or not set(metadata) <= METADATA or not metadata["product"].get("name"):
            fail(raw, "metadata without version or product")
        if "finding_info" in required and not event["finding_info"]["uid"]:
            fail(raw, "finding_info without uid")
        if "app" in required and not event["app"].get("name"):
            fail(raw, "an app without a name")
        compliance = event.get("compliance")
        if compliance is not None:
            if not set(compliance) <= COMPLIANCE or compliance["status_id"] not in (0, 1, 2, 3, 99):
                fail(raw, "compliance has what its object has not")
            if any(set(check) != CHECK for check in compliance.get("checks", [])):
                fail(raw, "a check has what its object has not")
        tell(event)


def decision_log(path):
    for raw in lines(path):
        event = strict(raw)
        inert(raw.decode("ascii"))
        kinds = {
            "decision_id": str, "labels": dict, "path": str, "timestamp": str, "input": dict, "result": dict,
            "bundles": dict, "requested_by": str, "erased": list,
        }
        for name, value in event.items():
            if type(value) is not kinds.get(name):
                fail(raw, f"{name} is unknown or of another type")
        for name in ("decision_id", "labels", "path", "timestamp", "input", "result"):
            if name not in event:
                fail(raw, f"{name} is missing")
        if not all(type(value) is str for value in event["labels"].values()):
            fail(raw, "a label is no string")
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", event["timestamp"]):
            fail(raw, "the timestamp is not of RFC 3339")
        if not all(pointer.startswith("/") for pointer in event.get("erased", [])):
            fail(raw, "what was erased is no JSON pointer")
        if not all("revision" in bundle for bundle in event.get("bundles", {}).values()):
            fail(raw, "a bundle without a revision")
        tell(event)


def statements(path, vkey):
    _, _, text = vkey.split("+", 2)
    key = base64.b64decode(text, validate=True)
    if key[0] != 1 or len(key) != 33:
        fail(vkey, "no Ed25519 key")
    # SubjectPublicKeyInfo of RFC 8410.
    der = bytes.fromhex("302a300506032b6570032100") + key[1:]
    with tempfile.TemporaryDirectory() as directory:
        with open(f"{directory}/key.der", "wb") as file:
            file.write(der)
        for raw in lines(path):
            envelope = strict(raw)
            payload = base64.b64decode(envelope["payload"], validate=True)
            kind = envelope["payloadType"].encode()
            if kind != b"application/vnd.in-toto+json" or len(envelope["signatures"]) != 1:
                fail(raw, "another type, or not one signature")
            with open(f"{directory}/pae", "wb") as file:
                file.write(b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload))
            with open(f"{directory}/sig", "wb") as file:
                file.write(base64.b64decode(envelope["signatures"][0]["sig"], validate=True))
            done = subprocess.run(
                ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", f"{directory}/key.der",
                 "-rawin", "-in", f"{directory}/pae", "-sigfile", f"{directory}/sig"], capture_output=True)
            if done.returncode != 0:
                fail(raw, f"the signature is not good: {done.stderr.decode()}")
            statement = strict(payload)
            inert(payload.decode("ascii"))
            if statement["_type"] != "https://in-toto.io/Statement/v1" or not statement["subject"]:
                fail(payload, "no statement, or without a subject")
            for subject in statement["subject"]:
                for algorithm, digest in subject["digest"].items():
                    if not re.fullmatch({"gitCommit": "[0-9a-f]{40}", "sha256": "[0-9a-f]{64}"}[algorithm], digest):
                        fail(payload, "a digest of another form")
            predicate = statement["predicate"]
            if statement["predicateType"] == "https://slsa.dev/verification_summary/v1":
                for name in ("verifier", "resourceUri", "policy", "verificationResult", "verifiedLevels"):
                    if name not in predicate:
                        fail(payload, f"a VSA without {name}")
                levels = predicate["verifiedLevels"]
                if not predicate["verifier"]["id"] or not all(level.startswith("ORG_SOURCE_") for level in levels):
                    fail(payload, "no verifier, or a level that is not the organisation's")
                if not all(subject.get("annotations", {}).get("sourceRefs") for subject in statement["subject"]):
                    fail(payload, "a source without its refs")
            tell(statement)


{"cef": cef, "ocsf": ocsf, "decision-log": decision_log, "statements": statements}[sys.argv[1]](*sys.argv[2:])
