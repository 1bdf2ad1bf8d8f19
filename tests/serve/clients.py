#!/usr/bin/env python3
"""`recoupe serve` as clients meet it, friendly and hostile: TAP lines.

usage: clients.py RECOUPE
"""
import gzip
import hashlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOKEN = "sesame-ouvre-toi-8472"
HOSTILE = ("<script>alert(1)</script> Le pont de Verlaine est tombé\n\nTrois personnes sont mortes à Verlaine, selon <img src=x onerror=alert(2)>la "
           "préfecture. \"><svg onload=alert(3)> {{key}} {{#articles}} </style></title><script>alert(4)</script>\r\nSet-Cookie: a=b\n")


class Server:
    def __init__(self, recoupe, folder):
        self.recoupe, self.store, self.log = recoupe, os.path.join(folder, "press.db"), os.path.join(folder, "log")
        crue = os.path.join(ROOT, "examples", "crue")
        records = os.path.join(folder, "articles.jsonl")
        with open(records, "w", encoding="utf-8") as out:
            for name in sorted(os.listdir(crue)):
                if re.match(r"a\d\.txt", name):
                    with open(os.path.join(crue, name), encoding="utf-8", newline="") as f:
                        out.write(json.dumps(dict(id="https://exemple.invalid/" + name, text=f.read())) + "\n")
            out.write(json.dumps(dict(id="hostile<b>\"'/..\\x", url="javascript:alert(5)", title="<script>alert(6)</script>", publisher="<b>gras</b>",
                                      published="2025-03-01", text=HOSTILE)) + "\n")
        self.run("add", "--quiet", records)
        token = os.path.join(folder, "token")
        with open(token, "w", encoding="ascii") as out:
            out.write(TOKEN + "\n")
        self.process = subprocess.Popen([recoupe, "serve", "--store", self.store, "--listen", "0", "--token-file", token, "--host", "presse.exemple.invalid"],
                                        stderr=open(self.log, "wb"), env=dict(os.environ, LC_ALL="C.UTF-8"))
        for _ in range(200):
            with open(self.log, encoding="utf-8") as log:
                found = re.search(r"http://127\.0\.0\.1:(\d+)/", log.read())
            if found:
                break
            time.sleep(0.05)
        self.port = int(found.group(1))

    def run(self, verb, *arguments):
        return subprocess.run([self.recoupe, verb, "--store", self.store, *arguments], check=True, capture_output=True).stdout

    def state(self):
        """All that is in the archive."""
        return hashlib.sha256(self.run("export")).hexdigest()

    def ask(self, path, method="GET", body=None, **headers):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        c.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        answer = c.getresponse()
        answer.bytes = answer.read()
        c.close()
        return answer

    def text(self, path, **headers):
        answer = self.ask(path, **headers)
        assert answer.status == 200, (path, answer.status)
        return answer.bytes.decode()

    def json(self, path, **headers):
        return json.loads(self.text(path, **headers))

    def raw(self, data, wait=15):
        """What comes back for bytes, until the server closes or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as s:
            out = b""
            try:
                s.sendall(data)
                while True:
                    more = s.recv(65536)
                    if not more:
                        break
                    out += more
                    if b"\r\n\r\n" in out and re.search(rb"Content-Length: (\d+)", out):
                        head, rest = out.split(b"\r\n\r\n", 1)
                        if len(rest) >= int(re.search(rb"Content-Length: (\d+)", head).group(1)):
                            break
            except (ConnectionError, TimeoutError, socket.timeout):
                pass
            return out


def segment(thing):
    return urllib.parse.quote(thing, safe="").replace(".", "%2E")


class Tests:
    def __init__(self, server):
        self.s = server
        self.story = next(x for day in server.json("/index.json")["days"] for x in day["stories"] if x["articles"] == 8)
        self.path = "/story/" + segment(self.story["id"])

    # ---- pages

    def test_stories_by_day(self):
        days = self.s.json("/index.json")["days"]
        assert [d["date"] for d in days] == sorted((d["date"] for d in days), reverse=True)
        page = self.s.text("/")
        assert "10\u00a0January 2025" in page.replace(" January", "\u00a0January") and self.path in page
        one = self.s.json("/index.json?day=2025-01-09")["days"]
        assert [d["date"] for d in one] == ["2025-01-09"] and one[0]["n_articles"] == 6, one
        assert self.s.json("/index.json?day=1999-01-01")["days"] == []

    def test_search(self):
        found = self.s.json("/search.json?q=" + urllib.parse.quote("évacués"))["articles"]
        assert found and all(a["story"] == self.story["id"] for a in found), found
        assert self.s.json("/search.json?q=zzzz")["articles"] == []
        assert self.s.json("/search.json?q=" + urllib.parse.quote("\"*-( NEAR"))["articles"] is not None
        assert "/article/" in self.s.text("/search?q=digue")

    def test_a_story(self):
        d = self.s.json(self.path + ".json")
        assert d["summary"]["articles"] == 8 and d["claims"]
        assert self.s.json(self.path, Accept="application/json") == d
        assert self.s.json(self.path + ".jsonld")["@graph"]
        page = self.s.text(self.path)
        assert f"<b>{d['summary']['independent']}</b>" in page

    def test_an_article(self):
        path = "/article/" + segment("https://exemple.invalid/a1.txt")
        a = self.s.json(path + ".json")
        assert a["story"] == self.story["id"] and a["claims"] and a["furniture"]
        points = a["text"]
        for c in a["claims"]:
            assert points[c["start"]:c["end"]] == c["exact"], c
        page = self.s.text(path)
        assert "What the article tells" in page and "On whose word" in page
        assert re.search(r"<p data-o=\d+ class=f", page), "no furniture greyed"

    def test_the_description_is_of_what_is_there(self):
        api = self.s.json("/openapi.json")
        for path, verbs in api["paths"].items():
            if "get" not in verbs:
                continue
            thing = "https://exemple.invalid/a1.txt" if "article" in path else self.story["id"]
            token = dict(Authorization="Bearer " + TOKEN) if "security" in verbs["get"] else {}
            query = "?q=digue" if "search" in path else ""
            answer = self.s.json(path.replace("{id}", segment(thing)) + query, **token)
            ref = verbs["get"]["responses"]["200"]["content"].get("application/json", {}).get("schema", {}).get("$ref")
            if ref:
                known = api["components"]["schemas"][ref.split("/")[-1]]["properties"]
                assert set(answer) <= set(known), set(answer) - set(known)

    def test_the_description_is_valid_openapi(self):
        api = self.s.json("/openapi.json")
        assert re.fullmatch(r"3\.\d+\.\d+", api["openapi"]) and api["info"]["title"] and api["info"]["version"]

        def references(x):
            for key, v in x.items() if isinstance(x, dict) else enumerate(x) if isinstance(x, list) else ():
                if key == "$ref":
                    yield v
                yield from references(v)

        for ref in references(api):
            at = api
            for step in ref.removeprefix("#/").split("/"):
                at = at[step]
        for path, verbs in api["paths"].items():
            wanted = set(re.findall(r"{(\w+)}", path))
            for verb, operation in verbs.items():
                if verb in ("parameters", "summary"):
                    continue
                of = operation.get("parameters", []) + verbs.get("parameters", [])
                named = {p["name"] if "name" in p else api["components"]["parameters"][p["$ref"].split("/")[-1]]["name"] for p in of}
                assert wanted <= named and operation["responses"], (path, verb)
        try:
            from openapi_spec_validator import validate
        except ImportError:
            return "openapi_spec_validator is not here: its structure alone was looked at"
        validate(api)
        return None

    def test_languages(self):
        assert "<h1 id=h-top class=headline>Affaires" in self.s.text("/", Accept_Language="fr-FR,fr;q=0.9,en;q=0.5")
        assert "<h1 id=h-top class=headline>Stories" in self.s.text("/", Accept_Language="de")
        answer = self.s.ask("/search?lang=fr&q=digue&page=0")
        assert answer.status == 303 and answer.headers["Location"] == "/search?q=digue", answer.headers["Location"]
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        assert "Recherche" in self.s.text("/search", Cookie=cookie)
        assert "origine" in self.s.text(self.path, Cookie=cookie)

    def test_a_kept_page_is_sent_once(self):
        first = self.s.ask(self.path)
        again = self.s.ask(self.path, If_None_Match=first.headers["ETag"])
        assert again.status == 304 and not again.bytes
        zipped = self.s.ask(self.path, Accept_Encoding="gzip")
        assert zipped.headers["Content-Encoding"] == "gzip" and gzip.decompress(zipped.bytes) == first.bytes
        assert zipped.headers["ETag"] != first.headers["ETag"]
        head = self.s.ask(self.path, method="HEAD")
        assert int(head.headers["Content-Length"]) == len(first.bytes) and not head.bytes

    def test_the_policy_is_strict(self):
        for path in ("/", "/search?q=digue", self.path, "/article/" + segment("https://exemple.invalid/a2.txt"), "/login", "/nowhere"):
            h = self.s.ask(path).headers
            policy = h["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy and "unsafe" not in policy, policy
            assert "http" not in policy and h["X-Content-Type-Options"] == "nosniff"

    def test_what_is_added_meanwhile_is_seen(self):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
            f.write(json.dumps(dict(id="later", published="2025-06-01", title="Un phare s'éteint à Kervenan", text="Le phare de Kervenan s'est éteint dimanche.")) + "\n")
            f.flush()
            before = self.s.ask("/").headers["ETag"]
            self.s.run("add", "--quiet", f.name)
        assert self.s.ask("/").headers["ETag"] != before and "Kervenan" in self.s.text("/")

    def test_an_article_of_a_story_too_large_for_one_dossier(self):
        text = "Le bac de Sarnoy ne passe plus depuis lundi, dit la mairie de Sarnoy, qui attend une pièce de rechange. Tirage %d."
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
            for i in range(155):
                f.write(json.dumps(dict(id=f"bac-{i}", published="2025-02-03", title="Le bac de Sarnoy est à quai", text=text % i)) + "\n")
            f.flush()
            self.s.run("add", "--quiet", f.name)
        assert self.s.json("/article/bac-154.json")["story"] == self.s.json("/article/bac-0.json")["story"]
        for name in ("bac-0", "bac-154"):
            assert "qui attend une pièce de rechange" in self.s.text("/article/" + name), name

    # ---- corrections

    def bearer(self):
        return dict(Authorization="Bearer " + TOKEN, Content_Type="application/x-www-form-urlencoded")

    def post(self, path, fields, **headers):
        return self.s.ask(path, "POST", urllib.parse.urlencode(fields, doseq=True), **headers)

    def test_a_script_corrects_with_the_token(self):
        odd = "https://exemple.invalid/a8.txt"
        done = self.post(self.path + "/correct", dict(do="split", article=odd, note="another day"), **self.bearer())
        assert done.status == 303, (done.status, done.bytes[:400])
        assert self.s.json(self.path + ".json")["summary"]["articles"] == 7
        events = self.s.json(self.path + "/correct.json", Authorization="Bearer " + TOKEN)["events"]
        assert events[0]["kind"] == "split" and events[0]["note"] == "another day" and events[0]["by_person"], events
        alone = self.s.json("/article/" + segment(odd) + ".json")["story"]
        assert alone != self.story["id"]
        back = self.post("/story/" + segment(alone) + "/correct", dict(do="merge", into=self.story["id"]), **self.bearer())
        assert back.status == 303 and back.headers["Location"] == self.path, back.headers["Location"]
        assert self.s.json(self.path + ".json")["summary"]["articles"] == 8

    def test_a_browser_corrects_after_a_login(self):
        answer = self.post("/login", dict(token=TOKEN, next=self.path + "/correct"))
        cookie = answer.headers["Set-Cookie"]
        assert answer.status == 303 and answer.headers["Location"] == self.path + "/correct" and "HttpOnly" in cookie and "SameSite=Strict" in cookie
        cookie = cookie.split(";")[0]
        form = self.s.text(self.path + "/correct", Cookie=cookie)
        key = re.search(r'name=key value="([0-9a-f]{32})"', form).group(1)
        fields = dict(do="split", article="https://exemple.invalid/a8.txt")
        before = self.s.state()
        assert self.post(self.path + "/correct", fields, Cookie=cookie).status == 403, "no form key"
        assert self.post(self.path + "/correct", dict(fields, key="0" * 32), Cookie=cookie).status == 403
        assert self.post(self.path + "/correct", dict(fields, key=key), Cookie=cookie, Origin="https://elsewhere.invalid").status == 403
        assert self.post(self.path + "/correct", dict(fields, key=key), Cookie=cookie, Sec_Fetch_Site="cross-site").status == 403
        assert self.post(self.path + "/correct", dict(do="split", key=key), Cookie=cookie).status == 400, "no article ticked"
        assert self.post(self.path + "/correct", dict(do="merge", into="none such", key=key), Cookie=cookie).status == 400
        assert self.s.state() == before
        assert self.post("/logout", dict(key=key), Cookie=cookie).status == 303
        assert self.post(self.path + "/correct", dict(fields, key=key), Cookie=cookie).status == 401

    # ---- strangers

    def test_paths_lead_nowhere_else(self):
        before = self.s.state()
        for path in ("/../etc/passwd", "/..%2f..%2fetc/passwd", "/story/..%2F..%2Fetc%2Fpasswd", "/article/%2e%2e%2f", "//etc/passwd", "/style.css/..", "/story/%00",
                     "/story/%", "/%c0%ae%c0%ae/", "/story/" + "a" * 3000, "/\\..\\", "/story/..;/x", "/assets/../style.css"):
            answer = self.s.raw(b"GET " + path.encode() + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            status = int(answer.split()[1])
            assert status in (400, 404, 414), (path, status)
            assert b"root:" not in answer and b"SQLite" not in answer
        assert self.s.state() == before

    def test_headers_cannot_be_injected(self):
        for path in ("/search?q=a%0d%0aX-Injected:%201&lang=fr", "/?lang=fr%0d%0aX-Injected:%201", "/story/x%0d%0aX-Injected:1", "/search?day=2025-01-01%0aX-Injected:1",
                     "/login?next=/%0d%0aX-Injected:1"):
            answer = self.s.raw(b"GET " + path.encode() + b" HTTP/1.1\r\nHost: localhost\r\nAccept-Language: fr\r\nConnection: close\r\n\r\n")
            assert b"\nx-injected" not in answer.lower(), answer[:300]
        answer = self.post("/login", dict(token=TOKEN, next="//elsewhere.invalid/"))
        assert answer.headers["Location"] == "/"
        answer = self.post("/login", dict(token=TOKEN, next="/a\r\nX-Injected: 1"))
        assert answer.headers["Location"] == "/" and "X-Injected" not in answer.headers

    def test_words_of_articles_do_nothing(self):
        hostile = "hostile<b>\"'/..\\x"
        for path in ("/", "/search?q=Verlaine", "/story/" + segment(hostile), "/article/" + segment(hostile), "/search?q=" + urllib.parse.quote("<script>alert(7)</script>")):
            page = self.s.text(path)
            assert "<script>alert" not in page and "<img" not in page and "<svg onload" not in page and "<b>gras" not in page, path
            assert 'href="javascript' not in page and "href=javascript" not in page
            assert not re.search(r"<[a-z]+[^>]*\son\w+=", page), path
        assert "{{key}}" in self.s.text("/article/" + segment(hostile))

    def test_other_names_are_refused(self):
        for host, status in ((b"rebound.invalid", 421), (b"127.0.0.1.rebound.invalid", 421), (b"", 421), (b"presse.exemple.invalid", 200), (b"localhost:1", 200)):
            answer = self.s.raw(b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
            assert int(answer.split()[1]) == status, (host, answer[:60])

    def test_too_much_is_refused(self):
        long_header = self.s.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200000 + b"\r\n\r\n")
        assert not long_header or int(long_header.split()[1]) in (400, 413, 431), long_header[:60]
        many = self.s.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"A: b\r\n" * 20000 + b"\r\n")
        assert not many or int(many.split()[1]) in (400, 413, 431)
        long_path = self.s.raw(b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert not long_path or int(long_path.split()[1]) in (400, 413, 414, 431)
        body = self.s.raw(b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n" + b"a" * 100000)
        assert not body or int(body.split()[1]) == 413, body[:60]
        chunked = self.s.raw(b"POST /login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + b"10000\r\n" + b"a" * 0x10000 + b"\r\n" + b"10000\r\n" * 40)
        assert not chunked or int(chunked.split()[1]) in (400, 413), chunked[:60]
        assert self.s.ask("/").status == 200

    def test_what_is_no_http(self):
        for data in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\0\0\0\0\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere.invalid\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
                     b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n"):
            answer = self.s.raw(data + b"\r\n\r\n", wait=2)
            assert b" 500 " not in answer[:20], (data, answer[:60])
        for method in ("PUT", "DELETE", "TRACE", "PATCH", "OPTIONS"):
            assert self.s.ask("/", method).status == 405, method
        assert self.s.ask("/", "POST", "a=b").status == 405
        assert self.s.ask("/").status == 200

    def test_slow_lines_are_cut_and_keep_nobody_waiting(self):
        lines, stop = [], threading.Event()

        def drip():
            while not stop.wait(0.5):
                for s in lines:
                    try:
                        s.send(b"a")
                    except OSError:
                        pass

        begun = time.time()
        for i in range(60):
            s = socket.create_connection(("127.0.0.1", self.s.port))
            s.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " if i % 2 else b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\n")
            lines.append(s)
        thread = threading.Thread(target=drip)
        thread.start()
        slowest = 0
        for _ in range(20):
            at = time.time()
            assert self.s.ask("/").status == 200
            slowest = max(slowest, time.time() - at)
        print(f"# beside 60 slow lines the slowest of 20 answers took {slowest * 1000:.0f} ms")
        assert slowest < 2, slowest
        n_open = 60
        while n_open and time.time() - begun < 30:
            time.sleep(0.5)
            n_open = 0
            for s in lines:
                s.setblocking(False)
                try:
                    n_open += s.recv(65536) != b""
                except BlockingIOError:
                    n_open += 1
                except OSError:
                    pass
        stop.set()
        thread.join()
        for s in lines:
            s.close()
        print(f"# all cut {time.time() - begun:.0f} s after they began")
        assert not n_open, f"{n_open} lines are still open"

    def test_one_address_cannot_take_all_lines(self):
        lines = []
        try:
            for _ in range(300):
                lines.append(socket.create_connection(("127.0.0.1", self.s.port), timeout=5))
            time.sleep(0.3)
            closed = 0
            for s in lines:
                s.setblocking(False)
                try:
                    closed += s.recv(1) == b""
                except BlockingIOError:
                    pass
                except OSError:
                    closed += 1
            assert closed >= 150, closed
        finally:
            for s in lines:
                s.close()
        for _ in range(50):   # the server sees the ends of 300 lines one by one
            try:
                return self.s.ask("/")
            except OSError:
                time.sleep(0.1)
        raise AssertionError("still full when the others have gone")

    def test_wrong_tokens(self):
        """The last: it uses up the tries of a minute."""
        before = self.s.state()
        fields = dict(do="split", article="https://exemple.invalid/a8.txt")
        assert self.post(self.path + "/correct", fields).status == 401
        assert self.post(self.path + "/correct", fields, Cookie="session=" + "0" * 32).status == 401
        for token in ("", "x", TOKEN[:-1], TOKEN + "x", "é" * 100, "Bearer", "%00"):
            status = self.s.ask(self.path + "/correct", "POST", "do=split", Authorization=("Bearer " + token).encode()).status
            assert status in (401, 403, 429), (token, status)
        assert self.post("/login", dict(token="guess")).status in (403, 429)
        for _ in range(12):
            last = self.post("/login", dict(token="guess")).status
        assert last == 429, last
        assert self.post("/login", dict(token=TOKEN)).status == 429
        assert self.s.state() == before

    def test_yes_it_ends_cleanly(self):
        """The very last: Ctrl-C while connections are open."""
        lines = [socket.create_connection(("127.0.0.1", self.s.port)) for _ in range(5)]
        self.s.process.send_signal(signal.SIGINT)
        assert self.s.process.wait(timeout=20) == 0
        for s in lines:
            s.close()
        self.s.run("check")
        with open(self.s.log, encoding="utf-8") as log:
            for line in log.read().splitlines()[1:]:
                assert re.fullmatch(r"(GET|POST) [\x21-\x7e]* \d{1,3} [\d.]+ ms", line), line


# After what strangers try the archive is as it was, and the log has grown by well-formed lines only.
STRANGERS = (
    "test_paths_lead_nowhere_else", "test_headers_cannot_be_injected", "test_words_of_articles_do_nothing", "test_other_names_are_refused",
    "test_too_much_is_refused", "test_what_is_no_http", "test_slow_lines_are_cut_and_keep_nobody_waiting", "test_one_address_cannot_take_all_lines",
    "test_wrong_tokens")


def files_of(server):
    """What lies beside the archive, the log apart: names and, but for the write-ahead log's bookkeeping, bytes."""
    folder = os.path.dirname(server.store)
    out = {}
    for name in sorted(os.listdir(folder)):
        if name != "log" and not name.endswith(("-wal", "-shm")):
            with open(os.path.join(folder, name), "rb") as f:
                out[name] = hashlib.sha256(f.read()).hexdigest()
    return out


def main():
    with tempfile.TemporaryDirectory(prefix="recoupe-serve-") as folder:
        recoupe = os.path.abspath(sys.argv[1])
        if subprocess.run([recoupe, "serve", "--store", "x", "--listen", "x"], capture_output=True, check=False).returncode == 3:
            print("1..0 # SKIP this build has no server")
            return
        server = Server(recoupe, folder)
        tests = Tests(server)
        names = [n for n in dir(Tests) if n.startswith("test_")]
        print(f"1..{len(names)}")
        try:
            for i, name in enumerate(names, 1):
                try:
                    before = (server.state(), files_of(server)) if name in STRANGERS else None
                    why = getattr(tests, name)()
                    assert not before or before == (server.state(), files_of(server)), "something has changed"
                    print(f"ok {i} - {name[5:]}" + (f" # {why}" if isinstance(why, str) else ""), flush=True)
                except (AssertionError, OSError, http.client.HTTPException) as e:
                    print(f"not ok {i} - {name[5:]}\n# {type(e).__name__} " + str(e).replace("\n", "\n# "), flush=True)
        finally:
            if server.process.poll() is None:
                server.process.kill()


main()
