#!/usr/bin/env python3
"""URLs as inputs, against a server on this machine. Prints TAP.

usage: check.py RECOUPE PROBE      PROBE: build/tests/probe
"""
import base64
import gzip
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

PAGE = """<!doctype html><html><head><title>Le pont de Brévigny</title></head><body><nav><a href=/>Accueil</a></nav><article><h1>Le pont de Brévigny</h1><p>Le pont de Brévigny a rouvert mardi, selon la mairie, après onze mois de travaux.</p><p>Deux mille voitures y passaient chaque jour, a rappelé la maire, qui attend le retour des commerces.</p></article></body></html>"""
PAGE_BR = base64.b64decode("H24BABwHbizazBpdYmw0QiU3c2mI7vBUQCpimvNOorhLtr9weoWamjxETE8vYG0tqwCzJAykL9DL5wfhA99uuSgpm8iRUf4jnAzFQQm30C8TrZaBQLxsv/Rd/q4KVjg4i6x/+vr59ty2SU0vwpOb67i5+Vwzo+41eRsCq3PRBrJY0AOcqRYkQRY15QHSbOeo5Z/IVR2BGCZL5u/Jud20W5y/yJoSsaqOaXT8oYm7KMvA9pE+iW+ddoDApDWmPRJS6VMhQ2omwhjCA321JI5n54aHuQM=")
SENTENCE = "Le pont de Brévigny a rouvert mardi"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Le Pontonnier</title><link>http://pontonnier.example/</link>
<item><title>Un</title><link>/articles/un.html</link><description>Le bac reprend du service lundi, selon la mairie.</description></item>
<item><title>Deux</title><link>deux.html</link><description>La passerelle ferme pour deux semaines.</description>
<source url="http://agence.example/rss">Agence du Val</source></item></channel></rss>"""


def watched(items):
    each = "".join("<item><title>%s</title><link>%s</link><description>%s</description></item>" % x for x in items)
    return '<rss version="2.0"><channel><title>Le Pontonnier</title><link>http://pontonnier.example/</link>%s</channel></rss>' % each


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    robots = "User-agent: *\nDisallow: /closed\nAllow: /closed/but-this\n\nUser-agent: recoupe\nDisallow: /closed/\nAllow: /closed/but-this\n"
    robots_status = 200
    seen = []
    items = [("Le pont", "/page-pont", "Un résumé du pont.")]

    def log_message(self, *_):
        pass

    def send(self, body, status=200, kind="text/html; charset=utf-8", **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def chunks(self, pieces, **fields):
        self.send_response(200)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "text/html")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in pieces:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def do_GET(self):
        try:
            self.answer()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self):
        Server.seen.append((self.path, dict(self.headers)))
        page = PAGE.encode()
        path = self.path
        if path == "/robots.txt":
            self.send(Server.robots.encode(), Server.robots_status, "text/plain")
        elif path == "/gzip":
            self.send(gzip.compress(page), Content_Encoding="gzip")
        elif path == "/br":
            self.send(PAGE_BR, Content_Encoding="br")
        elif path == "/chunked":
            self.chunks([page[i:i + 50] for i in range(0, len(page), 50)])
        elif path == "/chunked-gzip":
            packed = gzip.compress(page)
            self.chunks([packed[:100], packed[100:]], Content_Encoding="gzip")
        elif path == "/latin1":
            self.send(PAGE.encode("latin-1"), kind="text/html; charset=ISO-8859-1")
        elif path == "/away":
            self.send(b"", 302, Location="/page?from=away")
        elif path == "/loop":
            self.send(b"", 302, Location="/loop")
        elif path == "/into-closed":
            self.send(b"", 301, Location="/closed/page")
        elif path == "/to-file":
            self.send(b"", 302, Location="file:///etc/passwd")
        elif path == "/bomb":
            self.send(gzip.compress(b"<p>a</p>" * (12 << 20)), Content_Encoding="gzip")
        elif path == "/endless":
            self.chunks(b"<p>words</p>" * 90000 for _ in range(200))
        elif path == "/slow":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        elif path == "/cut":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page) + 500))
            self.end_headers()
            self.wfile.write(page)
            self.close_connection = True
        elif path == "/known":
            if self.headers.get("If-None-Match") == '"v1"':
                self.send(b"", 304, None, ETag='"v1"')
            else:
                self.send(page, ETag='"v1"')
        elif path == "/dated":
            fresh = self.headers.get("If-Modified-Since") != "Tue, 12 Mar 2024 10:00:00 GMT"
            self.send(page if fresh else b"", 200 if fresh else 304, Last_Modified="Tue, 12 Mar 2024 10:00:00 GMT")
        elif path == "/busy":
            self.send(b"", 503, Retry_After="17")
        elif path == "/pdf":
            self.send(b"%PDF-1.4 ...", kind="application/pdf")
        elif path == "/watched":
            state = '"%d"' % len(Server.items)
            if self.headers.get("If-None-Match") == state:
                self.send(b"", 304, None, ETag=state)
            else:
                self.send(watched(Server.items).encode(), kind="application/rss+xml", ETag=state)
        elif path == "/feed":
            self.send(FEED.encode(), kind="application/rss+xml")
        elif path.startswith(("/page", "/other", "/closed")):
            self.send(page)
        else:
            self.send(b"<p>nothing here</p>", 404)


def main():
    program, probe = sys.argv[1:3]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = "http://127.0.0.1:%d" % server.server_port
    folder = tempfile.TemporaryDirectory()
    count = 0

    def run(verb, *arguments, private=True):
        options = ["--allow-private"] if private else []
        environment = dict(os.environ, http_proxy="http://127.0.0.1:1", LC_ALL="C.UTF-8")
        done = subprocess.run([program, verb] + options + list(arguments), capture_output=True, text=True, encoding="utf-8", timeout=60, env=environment)
        return done.returncode, [json.loads(x) for x in done.stdout.splitlines() if verb == "extract"], done.stderr.strip()

    def ok(what, good, shown=""):
        nonlocal count
        count += 1
        print(("ok" if good else "not ok"), count, "-", what)
        if not good:
            print("#", str(shown)[:1500])

    def extract(path, *options, private=True):
        return run("extract", "--format", "jsonl", *options, base + path if path.startswith("/") and not os.path.exists(path) else path, private=private)

    for path in ("/page", "/gzip", "/br", "/chunked", "/chunked-gzip", "/latin1"):
        status, lines, said = extract(path)
        good = status == 0 and len(lines) == 1 and SENTENCE in lines[0]["text"] and lines[0]["url"] == base + path
        ok(f"a page is read from {path}", good, (status, lines, said))
    ok("it says its name", all("recoupe/" in h.get("User-Agent", "") for _, h in Server.seen), Server.seen[-1:])

    before = len(Server.seen)
    for url in (base + "/page", base.replace("127.0.0.1", "localhost") + "/page", base.replace("127.0.0.1", "[::ffff:127.0.0.1]") + "/page", base.replace("127.0.0.1", "2130706433") + "/page"):
        status, lines, said = extract(url, private=False)
        ok(f"{url.split(':%d' % server.server_port)[0]} is refused without --allow-private", status == 1 and not lines and "private" in said, (status, said))
    ok("and is never asked", len(Server.seen) == before)

    status, lines, said = extract("/away")
    ok("a redirect is followed, and its end is the URL", status == 0 and lines[0]["url"] == base + "/page?from=away", (status, lines, said))
    status, _, said = extract("/loop")
    ok("a loop of redirects ends", status == 1 and "redirects" in said, said)
    status, _, said = extract("/to-file")
    ok("a redirect leads to no file", status == 1 and "no http" in said, said)
    status, _, said = extract("/closed/page")
    ok("robots.txt is obeyed", status == 1 and "robots.txt" in said, said)
    status, lines, said = extract("/closed/but-this")
    ok("robots.txt: the longer rule wins", status == 0 and lines, said)
    status, _, said = extract("/into-closed")
    ok("robots.txt is asked behind a redirect too", status == 1 and "robots.txt" in said, said)
    asked = [p for p, _ in Server.seen if p == "/closed/page"]
    ok("what it forbids is not asked for", not asked, asked)
    before = sum(p == "/robots.txt" for p, _ in Server.seen)
    run("extract", "--format", "jsonl", base + "/page1", base + "/page2", base + "/page3")
    ok("robots.txt is asked once a host", sum(p == "/robots.txt" for p, _ in Server.seen) == before + 1)
    Server.robots_status = 503
    status, _, said = extract("/page")
    ok("a robots.txt that answers 503 forbids", status == 1 and "503" in said, said)
    Server.robots_status = 404
    status, lines, said = extract("/closed/page")
    ok("a robots.txt that is not there allows", status == 0 and lines, said)
    Server.robots_status = 200

    status, lines, said = extract("/nowhere")
    ok("404 is said", status == 1 and "404" in said and not lines, said)
    status, lines, said = extract("/pdf")
    ok("a PDF is named for what it is", status == 1 and "application/pdf" in said, said)
    status, lines, said = extract("/bomb")
    ok("a packed bomb ends at the cap", status == 1 and "limit" in said, said)
    status, lines, said = extract("/endless")
    ok("an endless answer ends at the cap", status == 1 and "larger" in said, said)
    status, lines, said = extract("/cut")
    ok("an answer that breaks off gives what came", status == 0 and SENTENCE in lines[0]["text"], (status, said))
    begun = time.monotonic()
    status, lines, said = extract("/slow", "--timeout", "1")
    ok("a slow answer ends at --timeout", status == 1 and "seconds" in said and time.monotonic() - begun < 3, (status, said))
    status, _, said = run("extract", "http://127.0.0.1:1/page")
    ok("a host that is not there is said", status == 1 and said, said)
    status, lines, said = run("extract", "--format", "jsonl", base + "/nowhere", base + "/page")
    ok("one bad URL loses no other", status == 1 and len(lines) == 1, (status, lines))

    status, lines, said = extract("/feed")
    good = status == 0 and len(lines) == 2 and lines[0]["url"] == base + "/articles/un.html" and lines[1]["url"] == base + "/deux.html"
    ok("a feed gives its items, links in full", good, (status, lines, said))
    ok("the source of an item is kept", good and lines[1]["publisher"] == "Agence du Val" and lines[0]["publisher"] == "Le Pontonnier", lines)

    for name in ("kept.warc", "kept.warc.gz"):
        warc = os.path.join(folder.name, name)
        status, fresh, said = extract("/away", "--save", warc)
        status2, kept, said2 = extract(warc)
        good = status == status2 == 0 and len(kept) == 1 and kept[0]["text"] == fresh[0]["text"] and kept[0]["url"] == fresh[0]["url"]
        ok(f"--save {name} keeps what was read", good, (status, said, status2, said2, kept))
        extract("/chunked-gzip", "--save", warc)
        status, kept, said = extract(warc)
        ok(f"--save {name} goes on behind what is there", status == 0 and len(kept) == 2 and kept[0]["text"] == kept[1]["text"], (status, kept, said))
    status, _, said = extract("/page", "--save", os.path.join(folder.name, "no", "such.warc"))
    ok("--save into no folder is said", status == 1 and "such.warc" in said, (status, said))

    for verb, options in (("compare", ["--format", "json"]), ("reuse", ["--format", "jsonl", "--quiet"]), ("stories", ["--format", "jsonl"]), ("add", ["--format", "jsonl", "--store", os.path.join(folder.name, "db")])):
        before = len(Server.seen)
        status, lines, said = run(verb, *options, base + "/page", base + "/other")
        asked = [p for p, _ in Server.seen[before:] if p != "/robots.txt"]
        ok(f"{verb} reads URLs", status == 0 and asked == ["/page", "/other"], (status, asked, said))

    store = os.path.join(folder.name, "watched.db")

    def watch(*feeds, options=()):
        done = subprocess.run([program, "watch", "--once", "--allow-private", "--interval", "1", "--store", store, "--format", "jsonl", *options] + [base + f for f in feeds],
                              capture_output=True, text=True, encoding="utf-8", timeout=60)
        paths = [p for p, _ in Server.seen]
        Server.seen.clear()
        return done.returncode, [json.loads(x) for x in done.stdout.splitlines()], done.stderr.strip(), paths

    status, lines, said, paths = watch("/watched")
    ok("watch adds the page behind an item that holds a summary", status == 0 and [x["status"] for x in lines] == ["added"] and "/page-pont" in paths, (status, lines, said, paths))
    found = subprocess.run([program, "search", "--store", store, "--format", "jsonl", "rouvert"], capture_output=True, text=True).stdout
    ok("what was added is the page's words", base + "/page-pont" in found, found)
    time.sleep(1.1)
    status, lines, said, paths = watch("/watched")
    ok("a feed that has not changed gives nothing and asks for no page", status == 0 and not lines and "/watched" in paths and "/page-pont" not in paths, (status, lines, said, paths))
    time.sleep(1.1)
    Server.items = Server.items + [("Le bac", "/nowhere", "Le bac reprend du service lundi, selon la mairie."), ("Fermé", "/closed/page", "")]
    status, lines, said, paths = watch("/watched", "/page", "/nowhere")
    ok("what is new is added, of the item when its page is gone", [x["id"] for x in lines] == [base + "/nowhere", base + "/closed/page"] and "/page-pont" not in paths,
       (status, lines, said, paths))
    ok("robots.txt forbids a page, and that is said", "/closed/page" not in paths and "robots.txt" in said, (said, paths))
    ok("what is no feed and what is not there are said, and harm no other", status == 1 and base + "/page" in said and "404" in said, (status, said))
    status, lines, said, paths = watch("/page")
    ok("a feed that failed is left alone for a while", status == 0 and not paths, (status, said, paths))
    status, lines, said, paths = watch("/feed", options=("--no-pages",))
    ok("--no-pages: what the feed holds", len(lines) == 2 and paths == ["/robots.txt", "/feed"], (lines, paths))
    whole = subprocess.run([program, "check", "--store", store], capture_output=True).returncode
    ok("the archive is whole", whole == 0)
    long = subprocess.Popen([program, "watch", "--allow-private", "--store", store, base + "/feed"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    long.terminate()
    ok("watch ends when it is asked to", long.wait(30) == 0, long.returncode)

    def probed(path, *more):
        return subprocess.run([probe, base + path] + list(more), capture_output=True, text=True, timeout=60).stdout.splitlines()

    for path in ("/known", "/dated"):
        lines = probed(path)
        ok(f"{path} is asked for again with what it said of itself", len(lines) == 2 and lines[0].startswith("200 ") and lines[1] == "304 0 0", lines)
    lines = probed("/busy")
    ok("503 is an error", lines and lines[0].startswith("ERROR 3") and "503" in lines[0], lines)
    lines = probed("/endless", "60", "100000")
    ok("the cap can be lower", lines and lines[0].startswith("ERROR 5"), lines)
    print(f"1..{count}")
    server.shutdown()
    folder.cleanup()


main()
