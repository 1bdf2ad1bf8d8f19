"""A browser to test with: Chromium over its debugging pipe, standard library only.

Commands are JSON objects with a NUL behind each, written to the browser's descriptor 3 and read from its 4, so there is
no port to find, no driver to install and no WebSocket to speak.
"""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"]


def find():
    """The browser's path, or None."""
    return os.environ.get("CHROMIUM") or next((path for path in map(shutil.which, NAMES) if path), None)


def axe_source(root):
    """axe-core's script, where $AXE or the build has it; None where it has not."""
    folder = os.environ.get("AXE", os.path.join(root, "build", "e2e"))
    for path in (folder, os.path.join(folder, "node_modules", "axe-core", "axe.min.js")):
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as f:
                return f.read()
    return None


class Failure(Exception):
    pass


class Browser:
    def __init__(self, path):
        self.profile = tempfile.mkdtemp(prefix="recoupe-e2e-")
        to_read, to_write = os.pipe(), os.pipe()   # ours to its 3, its 4 to us

        def wire():
            os.dup2(to_read[0], 63)
            os.dup2(to_write[1], 64)
            os.dup2(63, 3)
            os.dup2(64, 4)

        self.process = subprocess.Popen(
            [path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
             "--remote-debugging-pipe", f"--user-data-dir={self.profile}", "about:blank"],
            preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read[0])
        os.close(to_write[1])
        self.out, self.inp = to_read[1], to_write[0]
        self.rest, self.last, self.events = b"", 0, []

    def read(self, until):
        while b"\0" not in self.rest:
            if not select.select([self.inp], [], [], max(0, until - time.time()))[0]:
                raise Failure("the browser does not answer")
            more = os.read(self.inp, 1 << 20)
            if not more:
                raise Failure("the browser has gone")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, timeout=60, **params):
        self.last += 1
        message = dict(id=self.last, method=method, params=params)
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data):]
        until = time.time() + timeout
        while True:
            answer = self.read(until)
            if answer.get("id") == self.last:
                if "error" in answer:
                    raise Failure(f"{method}: {answer['error']['message']}")
                return answer.get("result", {})
            if "method" in answer:
                self.events.append(answer)

    def page(self, **how):
        return Page(self, **how)

    def close(self):
        try:
            self.call("Browser.close", timeout=5)
        except Failure:
            self.process.kill()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


class Page:
    """A tab. width, height: of the window; phone, dark, script: what the reader has."""

    def __init__(self, browser, width=1280, height=900, phone=False, dark=False, script=True):
        self.browser = browser
        self.target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        self.call("Page.enable")
        self.call("Runtime.enable")
        self.call("Log.enable")
        self.call("Network.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=2 if phone else 1, mobile=phone)
        self.call("Emulation.setEmulatedMedia", features=[dict(name="prefers-color-scheme", value="dark" if dark else "light")])
        self.has_script = script
        if not script:
            self.call("Emulation.setScriptExecutionDisabled", value=True)

    def call(self, method, **params):
        return self.browser.call(method, session=self.session, **params)

    def open(self, url):
        self.call("Page.navigate", url=url)
        for _ in range(600):
            if self.run("document.readyState") == "complete" and self.run("location.href").split("#")[0] == url.split("#")[0]:
                return self
            time.sleep(0.02)
        raise Failure(f"{url} does not load")

    def run(self, expression):
        """The value of a JavaScript expression; a promise is waited for."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise Failure(answer["exceptionDetails"].get("exception", {}).get("description", "exception") + f"\nin {expression[:200]}")
        return answer["result"].get("value")

    def click(self, selector):
        """Clicks with the mouse where the element is."""
        box = self.run(f"""(() => {{ const e = document.querySelector({json.dumps(selector)}); if (!e) return null;
            e.scrollIntoView({{block: 'center'}}); const r = e.getClientRects()[0]; return r && [r.x + r.width / 2, r.y + r.height / 2]; }})()""")
        if not box:
            raise Failure(f"nothing to click: {selector}")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
        self.settle()

    def key(self, key):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=dict(Tab=9, Enter=13, Escape=27).get(key, 0),
                      text="\r" if key == "Enter" and kind == "keyDown" else "")
        self.settle()

    def settle(self):
        if not self.has_script:
            return time.sleep(0.2)
        self.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))")

    def shot(self, path, **clip):
        with open(path, "wb") as out:
            out.write(base64.b64decode(self.call("Page.captureScreenshot", format="png", **clip)["data"]))

    def pdf(self):
        return base64.b64decode(self.call("Page.printToPDF", printBackground=True)["data"])

    def problems(self):
        """What the page complained of: errors, refused by its policy, requests that left it."""
        out = []
        for e in self.browser.events:
            p = e.get("params", {})
            if e.get("sessionId") != self.session:
                continue
            if e["method"] == "Log.entryAdded" and p["entry"]["level"] == "error":
                out.append(p["entry"]["text"])
            if e["method"] == "Runtime.exceptionThrown":
                out.append(p["exceptionDetails"]["text"])
            if e["method"] == "Network.requestWillBeSent" and not p["request"]["url"].startswith(("file:", "about:", "data:")):
                out.append("request to " + p["request"]["url"][:200])
        return out

    def axe(self, source):
        """Violations that axe-core calls serious or critical."""
        self.run(source + "; 0")
        return self.run("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
                        ".map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].failureSummary.slice(0, 300)]))")

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)
