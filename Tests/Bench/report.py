"""The figures as tables and as JSON."""

import json
import platform
from typing import NamedTuple

from measure import Span

# In the order in which they are promised; of each there may be several rows.
GOALS = ["start", "one", "marks", "signed", "history", "instructions", "signature", "memory", "scale", "size"]


class Unit(NamedTuple):
    """How a figure is written."""

    before: str
    after: str
    scale: float = 1


TIMES = Unit("× ", "")
MILLISECONDS_MORE = Unit("+", " ms", 1000)
MILLISECONDS = Unit("", " ms", 1000)
MICROSECONDS = Unit("", " µs", 1e6)
MEGABYTES = Unit("", " MB")
MILLIONS = Unit("", " M", 1e-6)


class Report:
    """Rows in their order, each with what was measured; and the goals, each with what was reached."""

    def __init__(self, facts):
        self.facts = facts
        self.rows, self.goals, self.panels, self.words, self.missing = [], [], {}, {}, {}

    def add(self, group, name, values, unit=None, *, against=None):
        """`values` in seconds where no unit is told; `against` is what this row is compared with, and the ratios."""
        self.rows.append({
            "group": group, "name": name, "unit": unit, "runs": len(values), "span": Span.of(values),
            "against": against[0] if against else "", "ratios": against[1] if against else None,
        })

    def compare(self, group, taken, base, spans):
        """One row for each contestant, with its ratios to the first."""
        for name, values in taken.items():
            self.add(group, name, values, against=None if name == base else (base, spans[name]))

    def goal(self, kind, quantity, most, span, unit=TIMES, *, beside="", worst=False):
        """A promise is kept when the median is within its bound; of what is no matter of chance, the worst."""
        self.goals.append({
            "kind": kind, "quantity": quantity, "bound": most, "span": span, "unit": unit, "beside": beside,
            "met": (span.maximum if worst else span.median) <= most,
        })

    def draw(self, title, rows):
        """Rows of a name, its ratios and a goal or None, for the plot; of one title they come together."""
        self.panels.setdefault(title, []).extend(rows)

    def say(self, name, words):
        """What a contestant does, and what it does not."""
        self.words[name] = words

    def lack(self, name, reason):
        """A contestant that could not take part."""
        self.missing[name] = reason

    def head(self):
        facts = ", ".join(f"{value}" for value in self.facts.values())
        lines = [f"Measured {facts}."]
        if self.missing:
            lines += ["Not measured: " + "; ".join(f"{name} ({why})" for name, why in self.missing.items()) + "."]
        return lines

    def promises(self):
        """The table of goals, with where and when it was measured."""
        lines = ["| what | goal | min | median | max | met | beside it |", "|---|--:|--:|--:|--:|---|---|"]
        for goal in sorted(self.goals, key=lambda goal: GOALS.index(goal["kind"])):
            unit = goal["unit"]
            figures = [figure(value, unit) for value in goal["span"]]
            cells = [goal["quantity"], f"≤ {_bound(goal['bound'], unit)}", *figures, "yes" if goal["met"] else "**no**"]
            lines.append(f"| {' | '.join([*cells, goal['beside']])} |")
        return "\n".join(lines + ["", *self.head()]) + "\n"

    def details(self):
        """All that was measured, group by group."""
        lines, groups = [], {}
        for row in self.rows:
            groups.setdefault(row["group"], []).append(row)
        for group, rows in groups.items():
            against = next((row["against"] for row in rows if row["against"]), "")
            heading = f" ratio to {against}: min | median | max |" if against else ""
            lines += [f"### {group}", "", f"| | runs | min | median | max |{heading}",
                      "|---|--:|--:|--:|--:|" + ("--:|--:|--:|" if against else "")]
            for row in rows:
                figures = [figure(value, row["unit"]) if row["unit"] else duration(value) for value in row["span"]]
                empty = ["", "", ""] if against else []
                times = [figure(value, TIMES) for value in row["ratios"]] if row["ratios"] else empty
                lines.append(f"| {' | '.join([row['name'], str(row['runs']), *figures, *times])} |")
            lines.append("")
        if self.words:
            lines += ["### What each of them does", "", *(f"- **{name}**: {text}" for name, text in self.words.items())]
        return "\n".join(lines) + "\n"

    def markdown(self):
        return f"## Goals\n\n{self.promises()}\n## All that was measured\n\n{self.details()}"

    def json(self):
        def row(one):
            spans = {key: value._asdict() for key, value in one.items() if isinstance(value, Span)}
            return {**one, **spans, "unit": one["unit"].after.strip() or "ratio" if one["unit"] else "s"}

        return json.dumps({**self.facts, "missing": self.missing, "goals": [row(goal) for goal in self.goals],
                           "rows": [row(one) for one in self.rows]}, indent=1, ensure_ascii=False) + "\n"


def figure(value, unit):
    """A figure with about three digits that count."""
    value *= unit.scale
    before = "−" if value < 0 and unit.before == "+" else unit.before
    return f"{before}{_digits(abs(value) if before == '−' else value)}{unit.after}"


def _bound(value, unit):
    """A goal, in the words in which it was set."""
    words = f"{unit.before}{value * unit.scale:,.2f}"
    return words if unit == TIMES else words.rstrip("0").rstrip(".") + unit.after


def _digits(value):
    size = abs(value)
    return f"{value:,.0f}" if size >= 100 else f"{value:.1f}" if size >= 10 else f"{value:.2f}"


def duration(value):
    return f"{value * 1000:.2f} ms" if value < 0.1 else f"{value:.3f} s"


def machine():
    """The machine in a few words."""
    model = platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
        model = f"{len(models)} × {models[0]}" if models else model
    except OSError:
        pass
    return f"{model}, {platform.system()} {platform.release()}"
