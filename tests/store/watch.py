#!/usr/bin/env python3
"""`recoupe watch` against feeds that lie, on a server of this machine: none harms the archive or another feed, each is named. TAP.

usage: watch.py RECOUPE
"""
import gzip
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

LONG = "Le pont de Brévigny a rouvert mardi, selon la mairie, après onze mois de travaux. " * 20
ITEM = "<item><title>%s</title><link>%s</link><pubDate>%s</pubDate><description>%s</description></item>"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>Le Pontonnier</title><link>/</link>%s</channel></rss>'
DAY = "Tue, 12 Mar 2024 10:00:00 GMT"


def item(number, words=LONG, date=DAY):
    return ITEM % ("Titre %s" % number, "/article/%s" % number, date, words)


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen = []
    corrected = False

    def log_message(self, *_):
        pass

    def send(self, body, status=200, kind="application/rss+xml", **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        try:
            Server.seen.append(self.path)
            getattr(self, "get_" + self.path.strip("/").split("/")[0].replace(".", "_"), self.get_article)()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def get_robots_txt(self):
        self.send(b"User-agent: *\nDisallow: /closed\n", kind="text/plain")

    def get_good(self):
        if self.headers.get("If-None-Match") == '"v1"' and not Server.corrected:
            return self.send(b"", 304, ETag='"v1"')
        words = LONG.replace("onze mois", "douze mois") if Server.corrected else LONG
        date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 3600)) if Server.corrected else DAY
        self.send((RSS % (item("a", words, date) + item("b", LONG.replace("pont", "bac")))).encode(), ETag='"v2"' if Server.corrected else '"v1"')

    def get_future(self):
        self.send((RSS % item("f", LONG.replace("pont", "tunnel"), "Tue, 12 Mar 2199 10:00:00 GMT")).encode())

    def get_nonsense(self):
        self.send((RSS % item("n", LONG.replace("pont", "quai"), "quarante-douze brumaire")).encode())

    def get_malformed(self):
        self.send(b"<rss><channel><item><title>Un</title></chann\0\xff\xfe<<<")

    def get_page(self):
        self.send(b"<html><body><p>no feed</p></body></html>", kind="text/html")

    def get_empty(self):
        self.send(b"")

    def get_bomb(self):
        self.send(gzip.compress(b"<item>a</item>" * (8 << 20)), Content_Encoding="gzip")

    def get_loop(self):
        self.send(b"", 302, Location="/loop")

    def get_endless(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        piece = (item("e") * 300).encode()
        for _ in range(2000):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    def get_many(self):
        self.send((RSS % "".join(item("m%d" % i, "Le bac numéro %d part. " % i * 60) for i in range(500))).encode())

    def get_busy(self):
        self.send(b"", 503, Retry_After="7200")

    def get_closed(self):
        self.send((RSS % item("c")).encode())

    def get_article(self):
        self.send(b"<p>gone</p>", 404, kind="text/html")


BAD = ("malformed", "page", "empty", "bomb", "loop", "endless", "busy", "closed", "nowhere")


class Tap:
    n = failed = 0

    def ok(self, good, what, shown=""):
        self.n += 1
        self.failed += not good
        print("%s %d - %s" % ("ok" if good else "not ok", self.n, what), flush=True)
        if not good:
            print("".join("# %s\n" % line for line in str(shown).splitlines()[:12]), end="")


def main():
    recoupe, tap = sys.argv[1], Tap()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = "http://127.0.0.1:%d/" % server.server_port
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "a.db")

        def run(verb, *arguments):
            p = subprocess.run([recoupe, verb, "--store", store, *arguments], capture_output=True, text=True, timeout=300)
            return p.returncode, [json.loads(line) for line in p.stdout.splitlines()], p.stderr

        def watch(*feeds, private=True, interval=1):
            more = ["--allow-private"] if private else []
            return run("watch", "--once", "--no-pages", "--timeout", "20", "--interval", str(interval), *more, *[base + f for f in feeds])

        status, lines, said = watch("good", private=False)
        tap.ok(status == 1 and "private" in said and not Server.seen, "this machine is not asked without --allow-private", said)
        status, lines, said = run("watch", "--once", "http://10.255.255.1/feed", "http://[fe80::1]/feed", "http://192.168.1.1/")
        tap.ok(status == 1 and said.count("is private") == 3, "nor are private networks", said)

        begun = time.monotonic()
        time.sleep(3)                    # the refused feed was put off
        status, lines, said = watch("future", *BAD, "many", "nonsense", interval=600)
        tap.ok(status == 1 and time.monotonic() - begun < 200, "a round over lying feeds ends, and says that some failed", status)
        for name in BAD:
            tap.ok(base + name in said, "%s is named" % name, said)
        got = {line["id"].rsplit("/", 1)[1] for line in lines}
        tap.ok({"f", "n"} <= got, "the others are read", got)
        tap.ok("e" not in got and "c" not in got, "nothing comes of what is endless or forbidden", got)
        tap.ok("/closed" not in Server.seen and Server.seen.count("/article/c") == 0, "what robots.txt forbids is not asked for")
        tap.ok(sum(i[1:].isdigit() for i in got) == 200 and "500 items" in said, "of very many items the first are looked at, and it is said", (len(got), said))
        tap.ok("days to come" in said, "a date in days to come is not believed, and it is said", said)
        top = run("list", "--limit", "1", "--format", "jsonl")[1][0]
        tap.ok(top["last_day"] < "2100", "and does not lead the list", top)
        tap.ok(run("check")[0] == 0, "the archive is whole")

        before = len(Server.seen)
        status, lines, said = watch("busy", "loop")
        tap.ok(len(Server.seen) == before, "a feed that failed is left alone for a while", Server.seen[before:])
        status, lines, said = watch("good")
        tap.ok(status == 0 and len(lines) == 2, "a good feed gives its articles", (lines, said))
        time.sleep(2)
        status, lines, said = watch("good")
        tap.ok(status == 0 and not lines and Server.seen[-1] == "/good", "a feed that has not changed is asked with what it said, and adds nothing", (lines, said))

        Server.corrected = True
        time.sleep(2)
        status, lines, said = watch("good")
        tap.ok([line["status"] for line in lines] == ["changed"], "a correction that the feed tells is a new version", (lines, said))
        versions = run("versions", "--format", "jsonl", base + "article/a")[1]
        changes = [c for v in versions for c in v["changes"]]
        tap.ok(len(versions) == 2 and all(c["before"] == "onze" and c["after"] == "douze" for c in changes) and changes, "and shown as a difference", versions)
        tap.ok(run("check")[0] == 0, "the archive is whole")
    print("1..%d" % tap.n)
    os._exit(1 if tap.failed else 0)


if __name__ == "__main__":
    main()
