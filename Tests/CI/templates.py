"""Holds every template of ci-templates/ against its system's schema, against linters, and against remit's own --help.

usage: templates.py <ci-templates> <directory of the tools> <remit>
Prints a line for each check, 'ok' or 'FAIL', and what a tool said of a failure.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile

import yaml

place, tools, remit = (os.path.abspath(path) for path in sys.argv[1:4])
failed = False


def check(name, ok, said=""):
    global failed
    failed = failed or not ok
    print(("ok   " if ok else "FAIL ") + name, flush=True)
    if not ok and said:
        print("     " + "\n     ".join(said.strip().splitlines()[-15:]), flush=True)


def path(name):
    return os.path.join(place, name)


def read(name):
    with open(path(name), encoding="utf-8") as file:
        return file.read()


def run(*command, directory=None):
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode == 0, done.stdout + done.stderr


SCHEMAS = {
    "github/action.yml": "github-actions",
    "github/examples/merge-gate.yml": "github-workflows",
    "github/examples/deploy.yml": "github-workflows",
    "gitea/merge-gate.yml": "github-workflows",
    "gitea/deploy.yml": "github-workflows",
    "gitlab/example.gitlab-ci.yml": "gitlab-ci",
    "gitlab/templates/remit-merge/template.yml": "gitlab-ci",
    "gitlab/templates/remit-deploy/template.yml": "gitlab-ci",
    "buildkite/merge-gate.yml": "buildkite",
    "buildkite/deploy.yml": "buildkite",
    "circleci/config.yml": "circle-ci",
    "azure/merge-gate.yml": "azure-pipelines",
    "azure/deploy.yml": "azure-pipelines",
    "bitbucket/bitbucket-pipelines.yml": "bitbucket-pipelines",
    "woodpecker/merge-gate.yaml": "woodpecker-ci",
    "woodpecker/deploy.yaml": "woodpecker-ci",
}
# No schema of these is at hand; what must be true of them is checked below.
WITHOUT_SCHEMA = {"tekton/merge-gate.yaml", "tekton/deploy.yaml"}
OPTIONS = {
    "gitlab-ci": ["--data-transform", "gitlab-ci"],
    # Its patterns are not of the dialect that is the default.
    "azure-pipelines": ["--regex-variant", "python"],
}

every = sorted(
    os.path.relpath(os.path.join(directory, name), place)
    for directory, _, names in os.walk(place)
    for name in names
)
definitions = [name for name in every if name.endswith((".yml", ".yaml"))]
check(
    "every definition has a schema or a reason to have none",
    set(definitions) == set(SCHEMAS) | WITHOUT_SCHEMA,
    " ".join(set(definitions) ^ (set(SCHEMAS) | WITHOUT_SCHEMA)),
)

with tempfile.TemporaryDirectory() as scratch:
    for name, schema in SCHEMAS.items():
        text = read(name)
        # A component is two documents: its inputs, which GitLab fills in, and the jobs.
        document = text.split("\n---\n", 1)[-1] if "/templates/" in name else text
        copy = os.path.join(scratch, "definition.yml")
        with open(copy, "w", encoding="utf-8") as file:
            file.write(document)
        ok, said = run(
            f"{tools}/check-jsonschema", "--builtin-schema", f"vendor.{schema}", *OPTIONS.get(schema, []), copy
        )
        check(f"{name} is as the schema {schema} has it", ok, said)

    # As a repository would have them: zizmor passes over files that lie elsewhere.
    for system, files in {
        "github": ["github/examples/merge-gate.yml", "github/examples/deploy.yml"],
        "gitea": ["gitea/merge-gate.yml", "gitea/deploy.yml"],
    }.items():
        repository = os.path.join(scratch, system)
        workflows = os.path.join(repository, ".github", "workflows")
        os.makedirs(workflows)
        for name in files:
            with open(os.path.join(workflows, os.path.basename(name)), "w", encoding="utf-8") as file:
                file.write(read(name))
        with open(os.path.join(repository, "action.yml"), "w", encoding="utf-8") as file:
            file.write(read("github/action.yml"))
        ok, said = run(f"{tools}/zizmor", "--offline", "--no-progress", repository)
        check(f"{system}: zizmor finds nothing", ok and "No findings" in said, said)
        with open(os.path.join(scratch, "actionlint.yaml"), "w", encoding="utf-8") as file:
            file.write("self-hosted-runner:\n  labels: [gates]\n")
        ok, said = run(
            f"{tools}/actionlint", "-config-file", os.path.join(scratch, "actionlint.yaml"),
            *(os.path.join(workflows, os.path.basename(name)) for name in files),
        )
        check(f"{system}: actionlint finds nothing", ok, said)

RULES = (
    "{extends: default, rules: {line-length: {max: 130}, document-start: disable, truthy: disable,"
    " comments: {min-spaces-from-content: 1}}}"
)
ok, said = run(f"{tools}/yamllint", "--strict", "-d", RULES, place)
check("yamllint finds nothing", ok, said)


def scripts(value, keys=("run", "script", "command", "commands")):
    """Every text of a definition that a shell runs."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in keys:
                for text in inner if isinstance(inner, list) else [inner]:
                    if isinstance(text, str):
                        yield text
            yield from scripts(inner, keys)
    elif isinstance(value, list):
        for inner in value:
            yield from scripts(inner, keys)


shell = {}
for name in definitions:
    texts = [text for document in yaml.safe_load_all(read(name)) for text in scripts(document)]
    # Buildkite and Woodpecker make one '$' of two before the shell sees it.
    if name.startswith(("buildkite/", "woodpecker/")):
        check(
            f"{name} leaves every '$' to the shell", not any(re.search(r"(?<!\$)\$(?!\$)", text) for text in texts)
        )
        texts = [text.replace("$$", "$") for text in texts]
    else:
        # ${{ }} and << >> are put in as text, $[[ ]] and $( ) of Tekton and Azure too: a value could be a command.
        marks = [r"\$\{\{", r"<<\s*\w+\.", r"\$\[\["]
        marks += [r"\$\((params|context|tasks|workspaces)\."] if name.startswith("tekton/") else []
        marks += [r"\$\([A-Za-z_.]+\)"] if name.startswith("azure/") else []
        check(f"{name} puts no value into a script as text", not any(re.search(m, t) for m in marks for t in texts))
    shell[name] = texts
shell["buildkite/hooks/pre-command"] = [read("buildkite/hooks/pre-command")]
for name in ("jenkins/merge-gate.Jenkinsfile", "jenkins/deploy.Jenkinsfile", "jenkins/vars/remitGate.groovy"):
    groovy = read(name)
    # Of ''' strings nothing is interpolated; of a \\\\ the shell sees one.
    shell[name] = [text.replace("\\\\", "\\") for text in re.findall(r"'''(.*?)'''", groovy, re.DOTALL)]
    check(
        f"{name} interpolates nothing into a script",
        '"""' not in groovy and not re.search(r'\bsh\s*\(?\s*"', groovy),
    )

scratch_directory = tempfile.TemporaryDirectory()


def script(text):
    """A file with the text, for a tool that reads files."""
    name = os.path.join(scratch_directory.name, "script.sh")
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    return name


fetch = [line for line in read("fetch-remit.sh").splitlines() if not line.startswith("#")]
commands = []
for name, texts in shell.items():
    for text in texts:
        lines = [line.strip() for line in text.splitlines()]
        uses = [
            line.strip()
            for line in re.sub(r"\\\n\s*", " ", text).splitlines()
            if re.match(r"\s*remit\s+(gate|check|pipeline)\b", line)
        ]
        commands += [(name, line) for line in uses]
        if uses and name not in {"github/action.yml", "jenkins/vars/remitGate.groovy"}:
            start = lines.index(fetch[0]) if fetch[0] in lines else 0
            check(f"{name} takes the gate as fetch-remit.sh does", lines[start:start + len(fetch)] == fetch)
        ok, said = run("shellcheck", "--shell=sh", "--exclude=SC1091,SC2154", script(text))
        check(f"{name}: shellcheck finds nothing", ok, said)
check("the library takes the gate as fetch-remit.sh does", "\n".join(fetch) in groovy)
check("the action takes the gate as fetch-remit.sh does", "/../fetch-remit.sh" in read("github/action.yml"))

helps = {}
check("there are commands to check", len(commands) >= 25, str(len(commands)))
for name, line in commands:
    line = re.split(r"\s(?:\|\|.*|;;)$", line)[0]
    words = shlex.split(line)
    subcommand = tuple(words[1:3])
    if subcommand not in helps:
        helps[subcommand] = run(remit, *subcommand, "--help")
    ok, usage = helps[subcommand]
    known = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", usage))
    wanted = {word.split("=")[0] for word in words if word.startswith("--")}
    check(f"{name}: 'remit {' '.join(subcommand)}' has {' '.join(sorted(wanted))}", ok and wanted <= known,
          "unknown: " + " ".join(sorted(wanted - known)))
    forms = {words[at + 1].split("=")[0] for at, word in enumerate(words[:-1]) if word == "--report"}
    check(f"{name}: its reports are known forms", all(re.search(rf"\b{form}\b", usage) for form in forms))

[task] = yaml.safe_load_all(read("tekton/merge-gate.yaml"))
[pipeline] = yaml.safe_load_all(read("tekton/deploy.yaml"))
check("tekton: the Task is one", task["apiVersion"] == "tekton.dev/v1" and task["kind"] == "Task")
check("tekton: the Pipeline is one", pipeline["apiVersion"] == "tekton.dev/v1" and pipeline["kind"] == "Pipeline")
steps = {item["name"]: item for item in pipeline["spec"]["tasks"]}
inherited = {item["name"] for item in pipeline["spec"]["params"]}
for item in steps.values():
    name = item["name"]
    check(f"tekton: '{name}' runs after tasks that there are", set(item.get("runAfter", [])) <= set(steps))
    check(f"tekton: '{name}' lets no failure pass", "onError" not in item and "when" not in item)
    if "taskSpec" in item:
        declared = {parameter["name"] for parameter in item["taskSpec"].get("params", [])}
        check(f"tekton: '{name}' is given what it declares",
              declared == {parameter["name"] for parameter in item.get("params", [])})
        used = set(re.findall(r"\$\(params\.([\w-]+)\)", yaml.safe_dump(item["taskSpec"])))
        check(f"tekton: '{name}' uses parameters that there are", used <= declared | inherited, str(used))
used = set(re.findall(r"\$\(params\.([\w-]+)\)", yaml.safe_dump(task["spec"]["steps"])))
check("tekton: the Task uses every parameter and no other", used == {item["name"] for item in task["spec"]["params"]})
check("tekton: the deployment stands behind the gate", steps["deploy"]["runAfter"] == ["gate"])
check("tekton: nothing stands in 'finally'", "finally" not in pipeline["spec"])

# What Remit itself makes of them, where a repository would have them.
PLACES = {
    "github/examples/merge-gate.yml": ".github/workflows/remit.yml",
    "github/examples/deploy.yml": ".github/workflows/deploy.yml",
    "gitea/merge-gate.yml": ".gitea/workflows/remit.yml",
    "gitea/deploy.yml": ".gitea/workflows/deploy.yml",
    "gitlab/example.gitlab-ci.yml": ".gitlab-ci.yml",
    "jenkins/deploy.Jenkinsfile": "Jenkinsfile",
    "buildkite/merge-gate.yml": ".buildkite/merge-gate.yml",
    "buildkite/deploy.yml": ".buildkite/pipeline.yml",
    "circleci/config.yml": ".circleci/config.yml",
    "azure/deploy.yml": "azure-pipelines.yml",
    "bitbucket/bitbucket-pipelines.yml": "bitbucket-pipelines.yml",
    "woodpecker/merge-gate.yaml": ".woodpecker/remit.yaml",
    "woodpecker/deploy.yaml": ".woodpecker/deploy.yaml",
    "tekton/deploy.yaml": ".tekton/deploy.yaml",
}
for name, there in PLACES.items():
    with tempfile.TemporaryDirectory() as repository:
        git = ["git", "-C", repository, "-c", "user.name=tests", "-c", "user.email=tests@example.org"]
        run("git", "init", "-q", repository)
        os.makedirs(os.path.dirname(os.path.join(repository, there)), exist_ok=True)
        with open(os.path.join(repository, there), "w", encoding="utf-8") as file:
            file.write(read(name))
        run(*git, "add", ".")
        run(*git, "-c", "commit.gpgsign=false", "commit", "-q", "-m", "x")
        ok, said = run(remit, "pipeline", "check", directory=repository)
        check(f"{name}: 'remit pipeline check' finds the gate, and nothing past it", ok and "gate" in said, said)

for name in every:
    uses = re.findall(r"^\s*(?:- )?uses:\s*(\S+)", read(name), re.MULTILINE)
    images = re.findall(r"^\s*(?:- )?image:[ ]+(\S+)", read(name), re.MULTILINE)
    loose = [use for use in uses if not re.search(r"@[0-9a-f]{40}$", use)]
    loose += [image for image in images if not re.search(r"@sha256:[0-9a-f]{64}$|^\$[\[(]", image)]
    if uses or images:
        check(f"{name} pins what it takes from elsewhere", not loose, " ".join(loose))

sys.exit(1 if failed else 0)
