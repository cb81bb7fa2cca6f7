"""Measures what a page written by a handler costs beside the same page from a file. Started by scripts/compare-pages."""

import argparse
import json
import os
import statistics
import subprocess

from servers import Server, Setup


class Pages(Server):
    name = "pages"

    def __init__(self, setup, program):
        super().__init__(setup)
        self.program = program

    def command(self):
        setup = self.setup
        return [
            self.program, "--port", str(self.port), "--dir", setup.site, "--cert", setup.certificate,
            "--key", setup.key, "--access-log", setup.file("pages.access.log"),
        ]

    def url(self, path):
        return super().url(path or "handler")


def load(server, path, requests, concurrency):
    """The processor time of a request, in microseconds; every answer must be whole and right."""
    command = [
        server.setup.gemload, "-c", str(concurrency), "-n", str(requests), "-b", "1024",
        "-p", str(server.port), "-P", str(server.pid), server.url(path),
    ]
    result = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    if result["errors"]:
        raise SystemExit(f"{path}: {result['errors']} errors, the first: {result.get('first_error')}")
    return result["server_cpu_us_per_request"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", required=True)
    parser.add_argument("--program", required=True)
    for name, default in (("rounds", 9), ("requests", 6000), ("concurrency", 32)):
        parser.add_argument(f"--{name}", type=int, default=default)
    arguments = parser.parse_args()
    server = Pages(Setup(arguments.work, "", "", ""), arguments.program)
    paths = {"file": "file/index.gmi", "handler": "handler"}
    readings = {name: [] for name in paths}
    server.start()
    try:
        for round in range(arguments.rounds):
            # Who begins changes from round to round, so that what the machine does besides hits both.
            for name in sorted(paths, reverse=round % 2 == 1):
                readings[name].append(load(server, paths[name], arguments.requests, arguments.concurrency))
    finally:
        server.stop()
    file, handler = statistics.median(readings["file"]), statistics.median(readings["handler"])
    print("| the same page of 1 KiB | from a file | from a handler | ratio |")
    print("| --- | ---: | ---: | ---: |")
    print(f"| CPU per request, µs | {file:.0f} | {handler:.0f} | {handler / file:.2f} |")


if __name__ == "__main__":
    main()
