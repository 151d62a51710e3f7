"""Writes a history as a stream for 'git fast-import': always the same for the same seed.

    history.py COMMITS [SEED] | git -C REPOSITORY fast-import --quiet

Some commits carry an agent's mark, most do not; every tenth is a merge. There are a few thousand files.
"""

import random
import sys

MARKS = (
    "Co-Authored-By: Claude <noreply@anthropic.com>",
    "Co-authored-by: Cursor <cursoragent@cursor.com>",
    "Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>",
)


def main(count, seed):
    chance, write = random.Random(seed), sys.stdout.write
    write("blob\nmark :1\ndata 2\nx\n\nblob\nmark :2\ndata 2\ny\n\nreset refs/heads/main\n")
    branch = None
    for number in range(1, count + 1):
        mark, at = number + 2, 1_400_000_000 + number * 300
        message = "Change %d\n\nWhy it is so, in a line or two of words.\n" % number
        if chance.random() < 0.2:
            message += "\n" + chance.choice(MARKS) + "\n"
        person = "Person %d <p%d@example.org> %d +0100" % ((chance.randrange(500),) * 2 + (at,))
        write("commit refs/heads/main\nmark :%d\nauthor %s\ncommitter %s\n" % (mark, person, person))
        write("data %d\n%s" % (len(message), message))
        if number > 1:
            write("from :%d\n" % (mark - 1))
        if number % 10 == 0 and number > 100:
            write("merge :%d\n" % (mark - 2 - chance.randrange(50)))
        for _ in range(chance.randrange(3)):
            path = "part%d/d%d/file%d" % (chance.randrange(20), chance.randrange(20), chance.randrange(20))
            write("M 100644 :%d %s\n" % (chance.randrange(1, 3), path))
        write("\n")


main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
