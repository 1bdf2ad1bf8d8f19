#!/usr/bin/env python3
"""Pages and files made to hurt: each must end within two seconds and 256 MB, with its article or a plain message, and what stands
behind it in the same run must come out; and ordinary pages, many of them, which must not add up. Prints TAP.

usage: bombs.py RECOUPE

Memory is bounded twice: the kernel refuses more address space than a gigabyte (which the program's own libraries share), and the
largest resident size that it counted must stay below 256 MB. Time is the processor's, so that a busy machine does no harm; with
sanitizers (RECOUPE_SLOW=1) only the messages are looked at.
"""
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import zlib

MOST_SECONDS, MOST_BYTES, MOST_STREAM, MOST_SPACE = 2.0, 256 << 20, 100 << 20, 1 << 30
SLOW = os.environ.get("RECOUPE_SLOW")
WORDS = "The town of Arvelle keeps its bridge open through the winter, its council said on Monday, and pays for the salt."
GOOD = f"<!doctype html><title>Bridge</title><h1>Bridge</h1><p>{WORDS}</p>"
MB = 1 << 20


def warc(pages):
    out = []
    for i, page in enumerate(pages):
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://arvelle.example/{i}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        out.append(head.encode() + body + b"\r\n\r\n")
    return out


def bombs():
    """Name, bytes of the page, whether its words must come out."""
    p = f"<p>{WORDS}</p>"
    yield "a million open divs", "<div>" * 1000000 + p, True
    yield "a million open b, never closed", p + "<b>" * 1000000, True
    yield "tags that cross, a million times", p + "<b><i></b></i>" * 1000000, True
    yield "lists in lists", "<ul><li>" * 300000 + p, True
    yield "tables in cells", "<table><tr><td>" * 200000 + p, True
    yield "a million paragraphs of a letter", "<p>a" * 1000000 + p, False
    yield "a million attributes on one tag", "<div " + " ".join(f"a{i}=1" for i in range(1000000)) + ">" + p, True
    yield "an attribute of 32 MB", "<div class='" + "a " * (16 * MB) + "'>" + p, True
    yield "an attribute that never ends", p + "<div class='" + "a" * (16 * MB), False
    yield "entities, eight million", p + "<p>" + "&amp;" * 8000000, True
    yield "references to nothing", p + "<p>" + "&#x" * 4000000 + "&" * 4000000, True
    yield "comments that never end", p + "<!--" * 4000000, True
    yield "a script that never ends", p + "<script>" + "<script " * 3000000, True
    yield "ends without a beginning", "</div>" * 4000000 + p, True
    yield "brackets", p + "<" * 30000000, True
    yield "linked data in brackets", "<script type='application/ld+json'>" + "[{\"a\":" * 2000000 + "</script>" + p, True
    yield "a million meta elements", "<meta name=date content=x>" * 1000000 + p, True
    yield "a million times", p + "<time datetime=2024-03-12>x</time>" * 400000, True
    yield "a million headings that say the title", "<title>Bridge of Arvelle</title>" + "<h1>Bridge of Arvelle</h1>" * 500000 + p, False
    yield "a million classes", "".join(f"<div class='c{i} article-{i}'>" for i in range(400000)) + p, True
    yield "a line of 60 MB", "<p>" + "word " * (12 * MB), False
    yield "a page of 70 MB", "<p>" + "word " * (14 * MB) + p, False
    yield "half of what scripts call a day of publication", p + "<script>" + "datePublishe publishedA stDat " * 400000 + "</script>", True
    yield "lines far below and right at the top", "<main>" + ("<p>a" + "<span>" * 490 + "b<br><br>c" + "</span>" * 490) * 390 + "</main>" + p, True
    # as large as a page may be that is still read
    yield "38,000 dated lines of other classes, 500 deep", "<div>" * 500 + "".join(f"<p class='commentlistitem{i} l-sidebar__{i}'>{i % 28 + 1} May 2024 <a href=x>Bridge {i}</a>, published 3 March 2024" for i in range(38000)) + p, True
    yield "a title of 8 MB", "<meta property=og:title content='" + "a | b - " * MB + "'><h1>a</h1>" + p, True
    yield "4 MB of openers in one line", "<p>" + "READ ALSO newsletter subscribe - " * 120000 + p, True
    yield "digits and months", p + "".join(f"<p>{i % 28 + 1} May 2024" for i in range(400000)), True


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    program, results = sys.argv[1], []

    def ok(what, good, shown=""):
        results.append(bool(good))
        print(f"{'ok' if good else 'not ok'} {len(results)} - {what}", flush=True)
        if not good:
            print("#   " + repr(shown)[:500])

    def limits():
        if not SLOW:
            resource.setrlimit(resource.RLIMIT_AS, (MOST_SPACE, MOST_SPACE))

    def run(*paths):
        out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        child = subprocess.Popen([program, "extract", "--format", "jsonl", "--threads", "1", *paths], stdin=subprocess.DEVNULL, stdout=out, stderr=err, preexec_fn=limits)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        lines = [json.loads(line) for line in out.read().decode(errors="replace").splitlines()]
        return child.returncode, lines, err.read().decode(errors="replace"), used.ru_utime + used.ru_stime, used.ru_maxrss * 1024

    with tempfile.TemporaryDirectory() as temp:
        def file(name, data):
            path = os.path.join(temp, name)
            with open(path, "wb") as f:
                f.write(data if isinstance(data, bytes) else data.encode())
            return path

        # first, while this process is small: a child's peak holds what its parent held
        menu = "".join(f"<li class='menu-item-{i}'><a href='/{i}'>Section {i}</a><script>var section{i} = {{'path': '/{i}'}};</script>" for i in range(500))
        record = gzip.compress(warc([f"<!doctype html><title>Bridge</title><ul>{menu}</ul><h1>Bridge</h1>" + f"<p>{WORDS}</p>" * 9])[0])
        for n in (100, 4000):
            status, lines, said, seconds, size = run(file("stream.warc.gz", record * n))
            ok(f"{n} pages one after the other: {seconds:.2f} s, {size >> 20} MB", status == 0 and len(lines) == n and all(WORDS in r["text"] for r in lines) and (SLOW or size < MOST_STREAM),
               (status, len(lines), said, size))

        good = file("zz-good.html", GOOD)
        for name, page, must_come in bombs():
            path = file("bomb.html", "<!doctype html>" + page)
            del page
            status, lines, said, seconds, size = run(path, good)
            last = bool(lines) and WORDS in lines[-1]["text"]
            came = len(lines) == 2 and WORDS in lines[0]["text"]
            told = "bomb.html" in said and status == 1
            fits = SLOW or (seconds < MOST_SECONDS and size < MOST_BYTES)
            ok(f"{name}: {seconds:.2f} s, {size >> 20} MB" + (", refused" if told else ""), last and fits and (came or told or (not must_come and len(lines) == 2)),
               (status, len(lines), said[:200], seconds, size))
            os.unlink(path)

        packed = file("zeros.html.gz", gzip.compress(b"<p>" + b"a" * (400 * MB), 9))
        status, lines, said, seconds, size = run(packed, good)
        ok(f"a packed bomb of 400 MB: {seconds:.2f} s, {size >> 20} MB", status == 1 and "zeros" in said and len(lines) == 1 and (SLOW or (seconds < MOST_SECONDS and size < MOST_BYTES)),
           (status, said[:200], seconds, size))

        # a bomb in a WARC costs its own record
        records = warc([GOOD, "<div>" * 1000000 + f"<p>{WORDS}</p>", "<p>" + "word " * (14 * MB), GOOD])
        status, lines, said, seconds, size = run(file("mixed.warc", b"".join(records)))
        ok("a bomb in a WARC costs no other record", len(lines) >= 3 and WORDS in lines[0]["text"] and WORDS in lines[-1]["text"] and (SLOW or size < MOST_BYTES), (status, len(lines), said, size))

        # input that is cut gives what was whole and says where it broke; what is damaged may give letters that nobody wrote before
        # the sums tell
        jsonl = "".join(json.dumps({"id": f"r{i}", "text": f"{WORDS} Number {i}, {zlib.crc32(b'%d' % i)}."}) + "\n" for i in range(2000)).encode()
        whole = gzip.compress(jsonl)
        cases = {"cut.jsonl.gz": whole[:len(whole) // 2], "damaged.jsonl.gz": whole[:len(whole) // 2] + b"\xff" * 64 + whole[len(whole) // 2 + 64:]}
        zstd = subprocess.run(["zstd", "-qc"], input=jsonl, capture_output=True).stdout if any(os.path.exists(os.path.join(d, "zstd")) for d in os.environ["PATH"].split(":")) else b""
        if zstd:
            cases["cut.jsonl.zst"] = zstd[:len(zstd) // 2]
        pages = warc([GOOD] * 20)
        cases["cut.warc"] = b"".join(pages)[:-len(pages[0]) // 2]
        cases["cut.warc.gz"] = b"".join(map(gzip.compress, pages))[:-100]
        for name, data in cases.items():
            status, lines, said, _, _ = run(file(name, data), good)
            before = lines[:-1]
            wants = 19 if "warc" in name else 1
            ok(f"{name}: {len(before)} whole records, then the place", status == 1 and name in said and len(before) >= wants and (name.startswith("damaged") or all(WORDS in r["text"] for r in lines)) and any(c.isdigit() for c in said),
               (status, len(lines), said))
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
