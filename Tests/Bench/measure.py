"""Running a command and saying what it took."""

import os
import statistics
import subprocess
import sys
import time

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


class Failed(Exception):
    """A command that had to succeed did not; nothing measured around it means anything."""


def run(command, *, cwd=None, env=None, given=b"", status=0):
    """Runs a command to its end and returns what it prints."""
    done = subprocess.run(command, cwd=cwd, env=env, input=given, capture_output=True, check=False)
    if done.returncode != status:
        words = " ".join(map(str, command))
        raise Failed(f"{words}: status {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def seconds(command, *, cwd=None, env=None, given=b"", output=subprocess.DEVNULL):
    """The wall time of a command that must succeed; its output goes nowhere."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=env, input=given, stdout=output, stderr=subprocess.PIPE, check=False)
    took = time.perf_counter() - start
    if done.returncode != 0:
        words = " ".join(map(str, command))
        raise Failed(f"{words}: status {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
    return took


def peak_megabytes(command, place, *, cwd=None, env=None, given=b""):
    """The largest resident memory of a command, in MB."""
    note = os.path.join(place, "peak")
    run([sys.executable, "-I", "-S", "-c", _PEAK, note, *map(str, command)], cwd=cwd, env=env, given=given)
    with open(note, encoding="ascii") as file:
        return int(file.read()) / 1024


def in_turn(contestants, rounds):
    """Runs every contestant once a round, so that the machine's moods fall on all alike; seconds by name."""
    taken = {name: [] for name, _ in contestants}
    for _ in range(rounds):
        for name, contestant in contestants:
            taken[name].append(contestant())
    return taken


def ratio(taken, name, base):
    """The median of the ratios within each round."""
    return statistics.median(one / other for one, other in zip(taken[name], taken[base]))


def difference(taken, name, base):
    """The median of the differences within each round."""
    return statistics.median(one - other for one, other in zip(taken[name], taken[base]))
