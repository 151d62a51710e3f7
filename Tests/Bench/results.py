"""What a whole run leaves in the repository: all figures, a picture, and the table that README.md shows."""

import os

import plot

OPENING, CLOSING = "<!-- speed -->\n", "<!-- /speed -->"


def write(root, report):
    folder = os.path.join(root, "Tests", "Bench", "results")
    os.makedirs(folder, exist_ok=True)
    caption = f"How many times as long, {report.facts['date']}"
    for name, text in (("speed.md", f"# What `make bench` measured\n\n{report.markdown()}"),
                       ("speed.svg", plot.svg(report.panels, caption))):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    readme = os.path.join(root, "README.md")
    with open(readme, encoding="utf-8") as file:
        before, rest = file.read().split(OPENING)
    after = rest[rest.index(CLOSING):]
    with open(readme, "w", encoding="utf-8") as file:
        file.write(before + OPENING + report.promises() + after)
