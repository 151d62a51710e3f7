"""The figures as a table and as JSON."""

import json
import platform
import statistics


class Report:
    """Rows in their order, each with what was measured, what it is compared with, and the goal."""

    def __init__(self, facts):
        self.facts = facts
        self.rows = []

    def add(self, group, name, values, unit="s", *, compared="", goal=""):
        """`values` in seconds or megabytes; `goal` is a pair of words and whether it is met."""
        self.rows.append({
            "group": group, "name": name, "unit": unit, "runs": len(values), "minimum": min(values),
            "median": statistics.median(values), "maximum": max(values), "compared": compared,
            "goal": goal[0] if goal else "", "met": goal[1] if goal else None,
        })

    def markdown(self):
        lines = [f"{key}: {value}  " for key, value in self.facts.items()]
        group = None
        groups = list(dict.fromkeys(row["group"] for row in self.rows))
        for row in sorted(self.rows, key=lambda row: groups.index(row["group"])):
            if row["group"] != group:
                group = row["group"]
                lines += ["", f"### {group}", "", "| | min | median | max | compared | goal | met |",
                          "|---|---:|---:|---:|---|---|---|"]
            figures = " | ".join(_figure(row[key], row["unit"]) for key in ("minimum", "median", "maximum"))
            met = {True: "yes", False: "**no**", None: ""}[row["met"]]
            lines.append(f"| {row['name']} | {figures} | {row['compared']} | {row['goal']} | {met} |")
        return "\n".join(lines) + "\n"

    def json(self):
        return json.dumps({**self.facts, "rows": self.rows}, indent=1) + "\n"


def _figure(value, unit):
    if unit != "s":
        return f"{value:,.0f} {unit}"
    if value < 0.1:
        return f"{value * 1000:.2f} ms"
    return f"{value:.3f} s"


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
