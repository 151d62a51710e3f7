"""What every push pays before its first commit is looked at, and what lies on the disk."""

import os
import shutil
import tempfile
import time

from measure import Span, in_turn, ratios, run, seconds
from report import MEGABYTES
from servers import InPlace

_MEMORY = "/dev/shm"
BASE, VERSION, EMPTY = "git --version", "remit-hook --version", "an empty push"
ONE, DURABLE, SYNC = "1 signed commit, in place", "the same, ledger on the disk", "one fdatasync of 400 bytes"
WORDS = {
    EMPTY: "`remit-hook` with no ref to judge: repository, authority and ledger are opened and a decision is written; "
           "the ledger is in memory",
    DURABLE: "the disk is waited for, before the answer, as at every push; what it takes for one wait is the next row",
}


def measure(bench):
    group = "Start of the process"
    if bench.wants(group):
        _start(bench, group)
    group = "Size of remit-hook"
    if bench.wants(group):
        _size(bench, group)


def _start(bench, group):
    """With the ledger in memory: how long a disk takes to keep something says nothing about a program."""
    with tempfile.TemporaryDirectory(prefix="remit-bench.", dir=_MEMORY if os.path.isdir(_MEMORY) else None) as memory:
        work = bench.workload("small")
        tips = [work.signed[1]]
        place = InPlace.pushed(bench, work, "start", tips, os.path.join(memory, "ledger"))
        disk = InPlace.pushed(bench, work, "start-disk", tips)
        run(place.command, **place.asked("", "", ""))
        place.require_allowed(0)

        def judged(where, *update):
            return lambda: seconds(where.command, **where.asked(*update))

        one = (work.base, work.signed[1], "refs/heads/agent/work")
        taken = in_turn([
            (BASE, lambda: seconds(["git", "--version"], env=bench.env)),
            (EMPTY, judged(place, "", "", "")),
            (VERSION, lambda: seconds([bench.hook, "--version"], env=bench.env)),
            (ONE, judged(place, *one)), (DURABLE, judged(disk, *one)),
            (SYNC, lambda: kept(bench.place)),
        ], 20 if bench.options.quick else 100, bench.patience)
    spans = {name: ratios(taken, name, BASE) for name in taken}
    bench.report.compare(group, taken, BASE, spans)
    for name, words in WORDS.items():
        bench.report.say(name, words)
    bench.report.goal("start", "start of `remit-hook`, all opened, against `git --version`", 1.0, spans[EMPTY])
    bench.report.draw("Start of the process (git --version = 1)", [
        ("remit-hook, all opened", spans[EMPTY], 1.0), ("remit-hook, 1 signed commit", spans[ONE], None)])


def kept(folder):
    """How long the disk takes to keep some hundred bytes more of a file."""
    file = os.open(os.path.join(folder, "kept"), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    os.write(file, bytes(400))
    start = time.perf_counter()
    os.fdatasync(file)
    took = time.perf_counter() - start
    os.close(file)
    return took


def _size(bench, group):
    """Of the program without whatever only a debugger reads."""
    stripped = os.path.join(bench.place, "stripped")
    if not shutil.which("strip"):
        bench.report.lack("the size without symbols", "strip is not installed")
        return
    run(["strip", "-o", stripped, bench.hook])
    size = os.path.getsize(stripped) / 1e6
    bench.report.add(group, "remit-hook, stripped", [size], MEGABYTES)
    bench.report.goal("size", "size of `remit-hook`, stripped, static", 25, Span.of([size]), MEGABYTES)
