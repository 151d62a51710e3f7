"""Opens pages in headless Chromium and prints what came of each, as one JSON object a line.

    browse.py [--screenshots DIRECTORY] FILE...

With a directory for screenshots, the pages are kept there too.
The browser is driven over its pipe (https://chromedevtools.github.io/devtools-protocol/); names resolve to nothing.
"""

import base64
import itertools
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time

import htmltree

WIDTHS = (390, 1280)
PATIENCE = 120  # Seconds for one answer, on a machine that does a lot besides.

# The tree as htmltree.py writes it; what is wider than the window, and whose text is too pale, by CSS as computed.
PROGRAM = r"""
(() => {
  const json = (text) => JSON.stringify(text).replace(/[\u007f-\uffff]/g,
    (unit) => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0'));
  const lines = [];
  let words = '';
  const flush = () => {
    words = words.replace(/^\n+|\n+$/g, '');
    if (words) lines.push('text ' + json(words));
    words = '';
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { words += node.data; return; }
    flush();
    if (node.nodeType === Node.COMMENT_NODE) { lines.push('comment ' + json(node.data)); return; }
    if (node.nodeType === Node.DOCUMENT_TYPE_NODE) { lines.push('declaration DOCTYPE ' + node.name); return; }
    const name = node.localName;
    const attributes = [...node.attributes].map((attribute) => ' ' + attribute.name + '=' + json(attribute.value));
    lines.push('<' + name + attributes.join(''));
    node.childNodes.forEach(walk);
    flush();
    if (name !== 'meta') lines.push('</' + name);
  };
  document.childNodes.forEach(walk);

  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  const fragments = [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href').slice(1));
  return {
    lines,
    text: (() => {
      document.querySelectorAll('details').forEach((details) => { details.open = true; });
      return document.body.innerText;
    })(),
    headings: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((heading) => Number(heading.localName[1])),
    landmarks: ['header', 'main', 'footer'].filter((name) => document.querySelectorAll('body > ' + name).length === 1),
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    broken: fragments.filter((id) => !document.getElementById(id)),
    elsewhere: [...document.querySelectorAll('a:not([href^="#"])')].map((link) => link.getAttribute('href')),
  };
})()
"""

WIDE = r"""
(() => {
  const width = document.documentElement.clientWidth;
  const wide = [...document.body.querySelectorAll('*')].filter((element) =>
    !element.parentElement.closest('.scroll') && !element.closest('svg')
    && element.getBoundingClientRect().right > width + 0.5);
  return {
    window: width, page: document.documentElement.scrollWidth,
    wide: wide.slice(0, 5).map((element) => element.localName + ' ' + element.textContent.slice(0, 80)),
  };
})()
"""

PALE = r"""
(() => {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const light = (color) => {
    const [red, green, blue] = channels(color).map((value) => value / 255)
      .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((channels(color)[3] ?? 1) === 1) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const found = [];
  let least = 21;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || element.closest('svg')) continue;
    const [one, other] = [light(getComputedStyle(element).color), light(ground(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    least = Math.min(least, ratio);
    if (ratio < 4.5) found.push(ratio.toFixed(2) + ' ' + element.localName + ' ' + texts.currentNode.data.slice(0, 40));
  }
  return { least, found: found.slice(0, 5), ground: getComputedStyle(document.documentElement).backgroundColor };
})()
"""


class Browser:
    def __init__(self, profile):
        program = next(
            (path for name in ("chromium-headless-shell", "chromium") if (path := shutil.which(name))), None)
        if program is None:
            sys.exit("browse.py: there is no Chromium; Debian's package is chromium-headless-shell")
        (its_input, self.output), (self.input, its_output) = os.pipe(), os.pipe()
        arguments = [
            program, "--headless", "--remote-debugging-pipe", "--user-data-dir=" + profile, "--disable-gpu",
            "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND", "about:blank",
        ]
        if os.geteuid() == 0:
            arguments.insert(1, "--no-sandbox")
        # The browser reads from its descriptor 3 and writes to 4.
        self.process = subprocess.Popen(
            ["sh", "-c", 'exec "$@" 3<&%d 4>&%d' % (its_input, its_output), "sh"] + arguments,
            pass_fds=(its_input, its_output), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(its_input)
        os.close(its_output)
        self.numbers, self.unread, self.events, self.session = itertools.count(1), b"", [], None

    def message(self):
        until = time.monotonic() + PATIENCE
        while b"\0" not in self.unread:
            ready, _, _ = select.select([self.input], [], [], max(0, until - time.monotonic()))
            bytes_read = os.read(self.input, 1 << 16) if ready else b""
            if not bytes_read:
                sys.exit("browse.py: the browser is gone" if ready else "browse.py: the browser does not answer")
            self.unread += bytes_read
        text, self.unread = self.unread.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, **parameters):
        number = next(self.numbers)
        question = {"id": number, "method": method, "params": parameters}
        if self.session:
            question["sessionId"] = self.session
        left = json.dumps(question).encode() + b"\0"
        while left:
            left = left[os.write(self.output, left):]
        while (answer := self.message()).get("id") != number:
            self.events.append(answer)
        if "error" in answer:
            sys.exit("browse.py: %s: %s" % (method, answer["error"]))
        return answer["result"]

    def evaluate(self, program):
        answer = self.ask("Runtime.evaluate", expression=program, returnByValue=True)
        if "exceptionDetails" in answer:
            sys.exit("browse.py: %s" % answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.message())

    def told(self, method):
        return [event["params"] for event in self.events if event.get("method") == method]


def look(browser, path, screenshots):
    if screenshots:
        shutil.copy(path, screenshots)
    browser.session, browser.events = None, []
    target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
    browser.session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Runtime", "Network", "Log", "Audits"):
        browser.ask(domain + ".enable")
    browser.ask("Page.navigate", url=path.as_uri())
    browser.wait("Page.loadEventFired")
    seen = browser.evaluate(PROGRAM)
    source = htmltree.lines(path)
    pairs = itertools.zip_longest(source, seen.pop("lines"))
    seen["differences"] = [pair for pair in pairs if pair[0] != pair[1]][:5]
    seen["elements"] = len(source)
    seen["widths"], seen["contrast"] = {}, {}
    for scheme, width in itertools.product(("light", "dark"), WIDTHS):
        browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        seen["widths"][str(width)] = browser.evaluate(WIDE)
        seen["contrast"][scheme] = browser.evaluate(PALE)
        if screenshots:
            browser.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = false; })")
            image = browser.ask("Page.captureScreenshot", captureBeyondViewport=True)["data"]
            name = "%s-%s-%d.png" % (path.stem, scheme, width)
            with open(os.path.join(screenshots, name), "wb") as file:
                file.write(base64.b64decode(image))
            browser.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    browser.evaluate("0")
    requests = [told["request"]["url"] for told in browser.told("Network.requestWillBeSent")]
    seen["requests"] = [url for url in requests if url != path.as_uri()]
    seen["opened"] = requests.count(path.as_uri())
    seen["console"] = [told["entry"]["text"] for told in browser.told("Log.entryAdded")] + [
        str(told["args"]) for told in browser.told("Runtime.consoleAPICalled")
    ] + [told["exceptionDetails"]["text"] for told in browser.told("Runtime.exceptionThrown")]
    seen["issues"] = [told["issue"]["code"] for told in browser.told("Audits.issueAdded")]
    browser.session = None
    browser.ask("Target.closeTarget", targetId=target)
    return seen


def main(arguments):
    screenshots = None
    if arguments[:1] == ["--screenshots"]:
        screenshots, arguments = arguments[1], arguments[2:]
    # Chromium leaves processes behind that still write there for a moment.
    with tempfile.TemporaryDirectory(prefix="remit-browser-", ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            for name in arguments:
                print(json.dumps(look(browser, pathlib.Path(name).resolve(), screenshots)), flush=True)
            browser.ask("Browser.close")
            browser.process.wait(PATIENCE)
        finally:
            browser.process.kill()


if __name__ == "__main__":
    main(sys.argv[1:])
