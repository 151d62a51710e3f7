#!/usr/bin/env python3
"""Writes what a static program is made of, as SPDX 2.3 JSON: usage: sbom.py PROGRAM MAP > PROGRAM.spdx.json

Nothing is listed by hand. The linker's map names every object and archive of which something is inside the program;
an object of a Swift package is looked up in Package.resolved, an archive of the system in its package, the rest is of
the toolchain. The same inputs give the same bytes: the document is dated by SOURCE_DATE_EPOCH, and has no random name.
"""

import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# An input stands in the map as `path/to/object.o:(section)` or `path/to/library.a(member.o):(section)`.
INPUT = re.compile(r"^ *[0-9a-f]+ +[0-9a-f]+ +([0-9a-f]+) +[0-9]+ {9}(\S.*?\.(?:o|a))(?:\([^)]*\))?:\(")


class Failed(Exception):
    """Something is inside the program that cannot be named."""


def inputs(path):
    """The object files and archives that gave the program a byte."""
    found = set()
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        for line in file:
            match = INPUT.match(line)
            if match and int(match.group(1), 16) > 0:
                found.add(match.group(2))
    if not found:
        raise Failed(f"'{path}' is no linker map")
    return found


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def owner(path):
    """The system's package that a file belongs to, its version, and its source package."""
    # The package database knows one of two names of a directory that is a link to the other.
    real = os.path.realpath(path)
    for name in dict.fromkeys([path, real, re.sub(r"^/usr/lib/", "/lib/", real)]):
        done = subprocess.run(["dpkg-query", "--search", name], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            package = done.stdout.split(": ", 1)[0].split(",")[0]
            shown = output("dpkg-query", "--show", "--showformat=${Package}\t${Version}\t${source:Package}", package)
            return tuple(shown.split("\t"))
    raise Failed(f"nothing says where '{path}' comes from")


def swift_packages():
    """Modules of other packages, and the pins of those packages."""
    with open(os.path.join(ROOT, "Package.resolved"), encoding="utf-8") as file:
        pins = {pin["identity"]: pin for pin in json.load(file)["pins"]}
    modules = {}
    checkouts = os.path.join(ROOT, ".build", "static", "checkouts")
    for checkout in sorted(os.listdir(checkouts)):
        pin = pins.get(checkout.lower())
        for part in ("Sources", "Source"):
            directory = os.path.join(checkouts, checkout, part)
            if pin and os.path.isdir(directory):
                modules.update({module: pin for module in os.listdir(directory)})
    return modules


def quoted(version):
    """A version as a package URL writes it."""
    return urllib.parse.quote(version, safe="")


def describe(name, version, source, purl):
    return {"name": name, "version": version, "source": source, "purl": purl}


def components(found):
    modules = swift_packages()
    own = {name.replace("-", "_") for name in os.listdir(os.path.join(ROOT, "Sources"))}
    parts = {}
    for path in sorted(found):
        built = re.search(r"/([^/]+)\.build/", path)
        if built:
            module = built.group(1)
            if module in own:
                continue
            pin = modules.get(module)
            if not pin:
                raise Failed(f"'{module}' is of no package in Package.resolved")
            where, state = pin["location"].removesuffix(".git"), pin["state"]
            purl = "pkg:swift/" + where.removeprefix("https://") + "@" + state["version"]
            parts[pin["identity"]] = describe(
                pin["identity"], state["version"], f"git+{where}@{state['revision']}", purl)
        elif "/swift_static/" in path:
            version = re.search(r"Swift version (\S+)", output("swift", "--version")).group(1)
            parts["swift"] = describe("swift", version, "https://www.swift.org/install/", f"pkg:generic/swift@{version}")
        else:
            name, version, source = owner(path)
            parts[name] = describe(name, version, f"source package {source}", f"pkg:deb/debian/{name}@{quoted(version)}")
    return [parts[name] for name in sorted(parts)]


def document(program, found):
    with open(program, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    name = os.path.basename(program)
    version = output(os.path.abspath(program), "--version").split()[-1]
    moment = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), datetime.timezone.utc)

    def package(identifier, part, **more):
        return {
            "SPDXID": identifier, "name": part["name"], "versionInfo": part["version"],
            "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseConcluded": "NOASSERTION",
            "licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION", **more,
        }

    parts = components(found)
    identifiers = [f"SPDXRef-{re.sub('[^A-Za-z0-9.-]', '-', part['name'])}" for part in parts]
    main = package("SPDXRef-program", {"name": name, "version": version}, primaryPackagePurpose="APPLICATION",
                   checksums=[{"algorithm": "SHA256", "checksumValue": digest}])
    main["licenseDeclared"] = "Apache-2.0"
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"{name} {version}",
        "documentNamespace": f"https://remit.dev/spdx/{name}-{version}-{digest}",
        "creationInfo": {"created": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: sbom.py"]},
        "packages": [main] + [
            package(identifier, part, sourceInfo=part["source"], externalRefs=[{
                "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": part["purl"],
            }]) for identifier, part in zip(identifiers, parts)
        ],
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES",
             "relatedSpdxElement": "SPDXRef-program"},
        ] + [
            {"spdxElementId": "SPDXRef-program", "relationshipType": "CONTAINS", "relatedSpdxElement": identifier}
            for identifier in identifiers
        ],
    }


def main():
    if len(sys.argv) != 3:
        print(__doc__.split("\n", maxsplit=1)[0], file=sys.stderr)
        return 64
    try:
        text = json.dumps(document(sys.argv[1], inputs(sys.argv[2])), indent=1) + "\n"
    except (Failed, OSError, subprocess.CalledProcessError) as fault:
        print(f"sbom: error: {fault}", file=sys.stderr)
        return 1
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
