#!/usr/bin/env python3
"""The archive's pages in a real browser: TAP lines, or one that says why it was skipped.

usage: serve.py RECOUPE [--shots FOLDER]
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

import browser

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TOKEN = "sesame-ouvre-toi-8472"


class Server:
    """The demo archive, served on a port of its own."""

    def __init__(self, recoupe, folder):
        self.store, log = os.path.join(folder, "press.db"), os.path.join(folder, "log")
        crue = os.path.join(ROOT, "examples", "crue")
        stories = [os.path.join("examples", "crue", f) for f in sorted(os.listdir(crue)) if re.match(r"a\d\.txt", f)]
        subprocess.run([recoupe, "add", "--store", self.store, "--quiet", *stories], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        token = os.path.join(folder, "token")
        with open(token, "w", encoding="ascii") as out:
            out.write(TOKEN)
        self.process = subprocess.Popen([recoupe, "serve", "--store", self.store, "--listen", "0", "--token-file", token],
                                        stderr=open(log, "wb"), env=dict(os.environ, LC_ALL="C.UTF-8"))
        for _ in range(200):
            with open(log, encoding="utf-8") as f:
                found = re.search(r"(http://127\.0\.0\.1:\d+)/", f.read())
            if found:
                break
            time.sleep(0.05)
        self.url = found.group(1)

    def close(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=20)


class Tests:
    def __init__(self, chromium, recoupe, folder):
        self.s = Server(recoupe, folder)
        self.b = browser.Browser(chromium)

    def close(self):
        self.b.close()
        self.s.close()

    def open(self, path="/", **how):
        p = self.b.page(**how)
        p.call("Emulation.setLocaleOverride", locale="en-GB")
        p.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": "en"})
        return p.open(self.s.url + path)

    def go(self, p, selector):
        """Clicks a link that leads to another page, and waits for it."""
        before = p.run("performance.timeOrigin")
        try:
            p.click(selector)
        except browser.Failure as e:
            if "navigated" not in str(e):
                raise
        for _ in range(400):
            try:
                if p.run("document.readyState") == "complete" and p.run("performance.timeOrigin") != before:
                    return p
            except browser.Failure:
                pass   # between two pages
            time.sleep(0.02)
        raise browser.Failure(f"{selector} leads nowhere")

    def story(self, **how):
        return self.go(self.open(**how), ".stories h3 a")

    def complaints(self, p):
        """Errors, and requests to others than the server."""
        return [x for x in p.problems() if not x.startswith("request to " + self.s.url)]

    def test_from_the_list_to_a_conflict_to_its_passage(self):
        p = self.story()
        assert p.run("[...document.querySelectorAll('h1 b')].map(e => +e.textContent)")[0] == 8
        shown = p.run("(() => { const r = document.querySelector('.conflict').getBoundingClientRect(); return r.top < innerHeight; })()")
        assert shown, "no conflict on the first screen"
        p.click(".conflict .go")
        assert re.match(r"#p\d+$", p.run("location.hash"))
        r = p.run("(() => { const r = document.querySelector(':target').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; })()")
        assert r, "the passage is not in view"
        assert not self.complaints(p), self.complaints(p)
        p.close()

    def test_two_articles_side_by_side(self):
        p = self.story()
        p.run("document.querySelector('.pair').open = true")
        p.click(".pair a[href='#pair']")
        time.sleep(0.2)
        assert p.run("document.querySelectorAll('#left .both').length") > 0
        assert p.run("document.querySelectorAll('#joins path').length") > 0
        p.close()

    def test_conditionals_alone(self):
        for script in (True, False):
            p = self.story(script=script)
            p.click("label:has(#f-k)")
            rows = p.run("[...document.querySelectorAll('.co tbody tr')].filter(e => e.checkVisibility()).map(e => !!e.querySelector('.k'))")
            assert all(rows), rows
            p.close()

    def test_an_article_and_back_to_its_story(self):
        p = self.story()
        self.go(p, ".full .source a")
        assert p.run("document.querySelector('#told h2').textContent") == "What the article tells"
        assert p.run("document.querySelectorAll('#text .f').length") > 0, "nothing greyed"
        grey = p.run("getComputedStyle(document.querySelector('#text p.f')).color !== getComputedStyle(document.querySelector('#text p:not(.f)')).color")
        assert grey
        p.click("label:has(#f-own)")
        assert p.run("getComputedStyle(document.querySelector('#text .f')).display") == "none"
        claim = p.run("document.querySelector('#told tbody a').getAttribute('href')")
        p.click("#told tbody a")
        assert p.run("location.hash") == claim
        self.go(p, ".facts a")
        assert p.run("location.hash").startswith("#a")
        assert not self.complaints(p), self.complaints(p)
        p.close()

    def test_a_story_is_called_alike_everywhere(self):
        p = self.open("/")
        listed = p.run("document.querySelector('.stories h3 a').textContent")
        assert "Northgate" in p.run("document.querySelector('.stories .who').textContent")
        self.go(p, ".stories h3 a")
        assert p.run("document.querySelector('.story').textContent") == listed
        p.close()

    def test_search(self):
        p = self.open("/search")
        p.run("document.querySelector('.search [name=q]').value = 'digue'")
        self.go(p, ".search button")
        n = p.run("document.querySelectorAll('.stories li').length")
        assert n >= 4, n
        marked = p.run("[...document.querySelectorAll('.passage mark')].map(e => e.textContent)")
        assert len(marked) >= 4 and all(m.lower().startswith("digue") for m in marked), marked
        self.go(p, ".stories h3 a")
        assert p.run("document.querySelector('h1').textContent.length") > 5
        p.close()

    def test_the_other_language(self):
        for script in (True, False):
            p = self.story(script=script)
            assert p.run("document.querySelector('#conflicts h2').textContent") == "Conflicts"
            english = p.run("document.querySelector('.lead q').textContent")
            self.go(p, ".langs a[lang=fr]")
            assert p.run("document.documentElement.lang") == "fr"
            assert p.run("document.querySelector('#conflicts h2').textContent") == "Désaccords"
            assert p.run("document.querySelector('.lead q').textContent") != english, "the gist stays English"
            assert "dit par" in p.run("document.querySelector('#details').textContent")
            self.go(p, ".brand a")
            assert p.run("document.querySelector('h1').textContent").strip() == "Affaires", "the choice is forgotten"
            self.go(p, ".langs a[lang=en]")
            p.close()

    def test_reads_without_script(self):
        p = self.story(script=False)
        text = p.run("document.body.innerText")
        for word in ("Conflicts", "Who copied whom", "Timeline", "Articles", "8"):
            assert word in text, word
        p.close()

    def test_prints_to_pdf(self):
        for path in ("/", None):
            p = self.open(path) if path else self.story()
            pdf = p.pdf()
            assert pdf.startswith(b"%PDF") and len(pdf) > (100000 if not path else 5000), len(pdf)
            p.close()

    def test_a_keyboard_suffices(self):
        p = self.open()
        seen = []
        for _ in range(12):
            p.key("Tab")
            seen.append(p.run("document.activeElement.closest('.stories') ? 'story' : document.activeElement.className"))
            if seen[-1] == "story":
                break
        assert seen[0] == "skip" and "story" in seen, seen
        p.close()

    def test_a_correction(self):
        p = self.story()
        self.go(p, ".served a[href$='/correct']")
        p.run(f"document.querySelector('[name=token]').value = {json.dumps(TOKEN)}")
        self.go(p, ".search button")
        assert p.run("document.querySelectorAll('[name=article]').length") == 8
        p.run("document.querySelector('[name=note]').value = 'an update'")
        p.click("[name=article]")
        self.go(p, "button[value=split]")
        assert p.run("+document.querySelector('h1 b').textContent") == 7
        self.go(p, ".served a[href$='/correct']")
        assert "an update" in p.run("document.querySelector('#h-events').parentElement.textContent")
        into = p.run("[...document.querySelector('[name=into]').options].map(o => o.value).filter(v => v)")
        assert len(into) == 1, into
        p.run("document.querySelector('[name=into]').selectedIndex = 1")
        self.go(p, "button[value=merge]")
        assert p.run("+document.querySelector('h1 b').textContent") == 8
        assert not self.complaints(p), self.complaints(p)
        p.close()

    def test_axe_finds_nothing_serious(self):
        axe = browser.axe_source(ROOT)
        if not axe:
            return "axe-core is not at hand (npm install --prefix build/e2e axe-core)"
        article = self.go(self.story(), ".full .source a").run("location.pathname")
        story = self.story().run("location.pathname")
        for path in ("/", "/search?q=digue", "/login", "/nowhere", story, article):
            for how in (dict(), dict(dark=True), dict(width=390, phone=True)):
                p = self.open(path, **how)
                p.run("for (const d of document.querySelectorAll('details')) d.open = true")
                found = p.axe(axe)
                assert not found, (path, how, found)
                p.close()

    def test_fits_a_phone(self):
        for path in ("/", "/search?q=digue", self.story().run("location.pathname")):
            p = self.open(path, width=390, height=844, phone=True)
            wide = p.run("document.documentElement.scrollWidth")
            assert wide <= 392, (path, wide)
            p.close()

    def pictures(self, folder):
        os.makedirs(folder, exist_ok=True)

        def shot(name, p):
            p.settle()
            time.sleep(0.2)
            p.shot(os.path.join(folder, name + ".png"))
            p.close()

        shot("serve", self.story(width=1280, height=1000))
        shot("serve-stories", self.open("/", width=1280, height=700))
        shot("serve-search", self.open("/search?q=digue", width=1280, height=900))
        shot("serve-article", self.go(self.story(width=1280, height=1000), ".full .source a"))
        shot("serve-phone", self.story(width=390, height=844, phone=True))


def main():
    chromium = browser.find()
    if not chromium:
        print("1..0 # SKIP no Chromium here")
        return
    with tempfile.TemporaryDirectory(prefix="recoupe-e2e-") as folder:
        tests = Tests(chromium, os.path.abspath(sys.argv[1]), folder)
        try:
            if "--shots" in sys.argv:
                tests.pictures(sys.argv[sys.argv.index("--shots") + 1])
                return
            names = [n for n in dir(tests) if n.startswith("test_")]
            print(f"1..{len(names)}")
            for i, name in enumerate(names, 1):
                try:
                    why = getattr(tests, name)()
                    print(f"ok {i} - {name[5:]}" + (f" # SKIP {why}" if why else ""), flush=True)
                except (AssertionError, browser.Failure) as e:
                    print(f"not ok {i} - {name[5:]}\n# " + str(e).replace("\n", "\n# "), flush=True)
        finally:
            tests.close()


main()
