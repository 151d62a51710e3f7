"""The hooks that are compared: none, the commonplace ones in shell, and Remit."""

# What everybody writes first: some processes for each commit.
LOOP = """#!/bin/sh
zero=0000000000000000000000000000000000000000
while read -r old new ref; do
    case $old in $zero) range=$new ;; *) range=$old..$new ;; esac
    for commit in $(git rev-list "$range"); do
        author=$(git show -s --format=%ae "$commit")
        git show -s --format=%B "$commit" | grep -qi '^co-authored-by: claude' && author=agent
        git diff-tree --no-commit-id --name-only -r "$commit" | grep -q '^Secrets/' && [ "$author" = agent ] && {
            echo "$ref: $commit touches Secrets/" >&2
            exit 1
        }
    done
done
exit 0
"""

# The best that a shell can do: one process for all commits.
PIPE = """#!/bin/sh
while read -r old new ref; do
    git log --raw --no-renames --no-abbrev --format='commit %H %ae%n%B' "$new" --not --all | awk '
        /^commit / { agent = 0 }
        tolower($0) ~ /^co-authored-by: claude/ { agent = 1 }
        /^:/ && agent && $6 ~ /^Secrets\\// { bad = 1 }
        END { exit bad }' || exit 1
done
exit 0
"""

SIGNATURES = """#!/bin/sh
while read -r old new ref; do
    git log --format='%G?' "$new" --not --all | awk '$1 != "G" { bad = 1 } END { exit bad }' || exit 1
done
exit 0
"""

# What a careful person adds to the loop.
VERIFYING = LOOP.replace("        author=$(", """        git verify-commit "$commit" 2>/dev/null || exit 1
        author=$(""")

TRIVIAL = """#!/bin/sh
while read -r old new ref; do :; done
exit 0
"""


def remit(shim, binary):
    """The shim that is installed on a server, with this executable in it."""
    with open(shim, encoding="utf-8") as file:
        return file.read().replace("hook='/usr/local/bin/remit-hook'", f"hook='{binary}'")


def refusing(program):
    """Another's executable as a hook, which answers by its exit status."""
    return f"#!/bin/sh\nexec '{program}'\n"
