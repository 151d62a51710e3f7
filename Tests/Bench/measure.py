"""Running a command and saying what it took."""

import os
import re
import resource
import statistics
import subprocess
import sys
import time
from typing import NamedTuple

# A child starts with the peak memory of the process that forks it, so a small one is put between.
_PEAK = """
import os, sys
child = os.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(usage.ru_maxrss))
os._exit(os.waitstatus_to_exitcode(status))
"""
# Of the two whose ratio is what was promised, and of the others.
PROMISED_ROUNDS, OTHER_ROUNDS = 5, 3


class Failed(Exception):
    """A command that had to succeed did not; nothing measured around it means anything."""


class Span(NamedTuple):
    """The least, the middle and the greatest of some figures."""

    minimum: float
    median: float
    maximum: float

    @classmethod
    def of(cls, values):
        values = list(values)
        return cls(min(values), statistics.median(values), max(values))


def _ended(done, command, statuses):
    if done.returncode not in statuses:
        words = " ".join(map(str, command))
        raise Failed(f"{words}: status {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
    return done


def run(command, *, cwd=None, env=None, given=b"", statuses=(0,)):
    """Runs a command to its end and returns what it prints."""
    done = subprocess.run(command, cwd=cwd, env=env, input=given, capture_output=True, check=False)
    return _ended(done, command, statuses).stdout


def seconds(command, *, cwd=None, env=None, given=b"", output=subprocess.DEVNULL, statuses=(0,)):
    """The wall time of a command that must succeed; its output goes nowhere."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=env, input=given, stdout=output, stderr=subprocess.PIPE, check=False)
    took = time.perf_counter() - start
    _ended(done, command, statuses)
    return took


def processor_seconds(command, **more):
    """The time on all cores of a command and of whatever it starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds(command, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def peak_megabytes(command, place, *, cwd=None, env=None, given=b""):
    """The largest resident memory of a command, in MB."""
    note = os.path.join(place, "peak")
    run([sys.executable, "-I", "-S", "-c", _PEAK, note, *map(str, command)], cwd=cwd, env=env, given=given)
    with open(note, encoding="ascii") as file:
        return int(file.read()) / 1024


def instructions(command, *, cwd=None, env=None, given=b""):
    """The instructions of one process by callgrind; what other processes it starts is not counted."""
    counted = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    done = subprocess.run(counted, cwd=cwd, env=env, input=given, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          check=False)
    found = re.search(rb"Collected : (\d+)", _ended(done, counted, (0,)).stderr)
    if not found:
        raise Failed(f"valgrind counted nothing: {done.stderr.decode(errors='replace')[-2000:]}")
    return int(found.group(1))


def in_turn(contestants, rounds, patience=float("inf")):
    """Runs every contestant once a round, so that the machine's moods fall on all alike; figures by name.

    Who has taken `patience` seconds sits the further rounds out, if there were enough. The first one is what all others
    are compared with, so it ends them; the second one is Remit, next to it.
    """
    taken = {name: [] for name, _ in contestants}
    spent = dict.fromkeys(taken, 0.0)
    least = {name: PROMISED_ROUNDS if place < 2 else OTHER_ROUNDS for place, name in enumerate(taken)}
    for number in range(rounds):
        playing = [one for one in contestants if number < least[one[0]] or spent[one[0]] < patience]
        if not playing or playing[0] is not contestants[0]:
            break
        for name, contestant in playing:
            start = time.perf_counter()
            taken[name].append(contestant())
            spent[name] += time.perf_counter() - start
    return taken


def ratios(taken, name, base):
    """How many times what the base took, round by round."""
    return Span.of(one / other for one, other in zip(taken[name], taken[base]))


def differences(taken, name, base):
    """How much more than the base, round by round."""
    return Span.of(one - other for one, other in zip(taken[name], taken[base]))
