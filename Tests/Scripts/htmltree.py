"""HTML as the lines of its tree, read by Python's html.parser: htmltree.py COUNT prints those of 0.html and so on.

Text is joined, since where a parser breaks it says nothing, and the line breaks between blocks are left out.
"""

import html.parser
import json
import sys


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.words = [], ""

    def flush(self):
        words = self.words.strip("\n")
        if words:
            self.lines.append("text " + json.dumps(words))
        self.words = ""

    def handle_starttag(self, tag, attributes):
        self.flush()
        self.lines.append("<" + tag + "".join(" %s=%s" % (name, json.dumps(value)) for name, value in attributes))

    def handle_endtag(self, tag):
        self.flush()
        self.lines.append("</" + tag)

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        self.lines.append("comment " + json.dumps(data))

    def handle_decl(self, data):
        self.lines.append("declaration " + data)

    def unknown_decl(self, data):
        self.lines.append("unknown " + json.dumps(data))

    def handle_pi(self, data):
        self.lines.append("instruction " + json.dumps(data))


def lines(path):
    reader = Reader()
    with open(path, encoding="utf-8", errors="strict", newline="") as file:
        reader.feed(file.read())
    reader.close()
    reader.flush()
    return reader.lines


if __name__ == "__main__":
    pages = ["\n".join(lines("%d.html" % number)) for number in range(int(sys.argv[1]))]
    print("\1\n".join(pages))
