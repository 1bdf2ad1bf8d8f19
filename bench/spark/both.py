#!/usr/bin/env python3
"""Pairs and stories of the same files in one Spark session, at the same time: placing stories is one task, beside which there is room.

usage: both.py INPUT... -o FOLDER --master MASTER --parts N [--conf KEY=VALUE]...

SPDX-License-Identifier: Apache-2.0
"""
import argparse
import os
import sys
import threading
import time

from recoupe.spark import command, reuse, stories


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--master")
    parser.add_argument("--parts", type=int, default=4)
    parser.add_argument("--conf", action="append", default=[])
    options = parser.parse_args()
    began, failed = time.monotonic(), []
    spark = command.session(options.master, options.parts, dict(pair.split("=", 1) for pair in options.conf))
    spark.sparkContext.setLogLevel("ERROR")

    def tell(what):
        print(f"recoupe-spark: {what} ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)

    def run(verb):
        try:
            result = stories(spark, options.inputs) if verb == "stories" else reuse(spark, options.inputs, parts=options.parts)
            n = command.write_lines(spark, verb, result, os.path.join(options.output, verb))
            tell(f"{n} lines of {verb}")
        except Exception as error:  # of a thread: told, and said by the exit status
            failed.append(verb)
            tell(f"{verb}: {error}")

    tell("Spark is there")
    threads = [threading.Thread(target=run, args=(verb,)) for verb in ("stories", "reuse")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spark.stop()
    return 3 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
