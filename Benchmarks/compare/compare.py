"""Measures Gemini servers side by side and prints tables of medians. Started by scripts/compare-peers."""

import argparse
import collections
import contextlib
import fcntl
import glob
import json
import os
import platform
import signal
import socket
import statistics
import struct
import subprocess
import sys

from servers import KINDS, Setup, Yardstick

LARGE = 64 * 1024 * 1024
MEGABYTE = 1_000_000

# What is measured: key, title, unit, how it is written.
MEASURES = [
    ("cpu", "CPU per request", "µs", "{:.0f}"),
    ("rps", "requests per second", "", "{:.0f}"),
    ("p50", "latency, median", "ms", "{:.1f}"),
    ("p99", "latency, 99th percentile", "ms", "{:.1f}"),
    ("alone", "latency of a lone request, client with Nagle's algorithm", "ms", "{:.1f}"),
    ("cpu_per_mb", "CPU per MB, 64 MiB file", "µs", "{:.0f}"),
    ("throughput", "throughput of one connection", "MB/s", "{:.0f}"),
    ("start", "start to first answer", "ms", "{:.0f}"),
    ("rss_start", "resident after the first answer", "MiB", "{:.1f}"),
    ("rss_warm", "resident after 1,000 requests", "MiB", "{:.1f}"),
    ("rss_long", "resident after {long} more", "MiB", "{:.1f}"),
    ("growth", "growth over those {long}", "MiB", "{:.1f}"),
    ("idle", "resident per idle TLS connection", "KiB", "{:.1f}"),
]

# What the design asks of canaveral: measure, compared with, at most (<=) or at least (>=), bound.
GOALS = [
    ("cpu", "yardstick", "<=", 1.10),
    ("cpu", "molly-brown", "<=", 0.80),
    ("cpu", "jetforce", "<=", 0.50),
    ("cpu_per_mb", "molly-brown", "<=", 1.00),
    ("throughput", "molly-brown", ">=", 1.00),
    ("rss_start", None, "<=", 20),
    ("idle", None, "<=", 24),
    ("growth", None, "<=", 2),
    ("start", None, "<=", 60),
]


class Comparison:
    """The readings of every server, and the phases that take them."""

    def __init__(self, setup, arguments):
        self.setup = setup
        self.arguments = arguments
        self.names = arguments.servers.split(",")
        self.readings = {name: collections.defaultdict(list) for name in self.names}

    def run(self):
        for phase in (self.starts, self.idle_connections, self.small_answers, self.large_answers, self.long_run):
            phase()

    def starts(self):
        """Start to first answer, what is resident then, and a request of an ordinary client with nothing beside it.

        A client that leaves Nagle's algorithm on holds its request until the end of its handshake is acknowledged. A
        server that sends nothing at that point, and delays its acknowledgement, makes it wait for 40 ms.
        """
        for round in range(self.arguments.rounds if self.arguments.starts else 0):
            for name in self.names:
                progress(f"starts, round {round + 1}: {name}")
                for _ in range(self.arguments.starts):
                    with self.running(name) as (server, seconds):
                        self.note(name, start=seconds * 1e3, rss_start=server.resident() / 1024**2)
                        self.note(name, alone=statistics.median(server.ask(no_delay=False) for _ in range(9)) * 1e3)

    def idle_connections(self):
        """What a TLS connection costs that has been opened and asks nothing."""
        for round in range(self.arguments.rounds if self.arguments.idle else 0):
            for name in self.names:
                progress(f"idle connections, round {round + 1}: {name}")
                with self.running(name) as (server, _), contextlib.ExitStack() as connections:
                    self.load(server, requests=200, warmup=0)
                    before = server.resident()
                    for _ in range(self.arguments.idle):
                        connections.enter_context(server.connect())
                    self.note(name, idle=(server.resident() - before) / self.arguments.idle / 1024)

    def small_answers(self):
        """The 1 KiB page, many connections at once."""
        with contextlib.ExitStack() as all_running:
            servers = [all_running.enter_context(self.running(name))[0] for name in self.names]
            for round in range(self.arguments.rounds if self.arguments.requests else 0):
                for server in servers:
                    progress(f"requests, round {round + 1}: {server.name}")
                    result = self.load(server, self.arguments.requests)
                    self.note(
                        server.name,
                        cpu=result["server_cpu_us_per_request"],
                        rps=result["rps"],
                        p50=result["p50_ms"],
                        p99=result["p99_ms"],
                    )

    def large_answers(self):
        """The 64 MiB file over one connection at a time; the yardstick has it in memory."""
        if not self.arguments.bulk:
            return
        with contextlib.ExitStack() as all_running:
            servers = [all_running.enter_context(self.running(name, large=True))[0] for name in self.names]
            for round in range(self.arguments.rounds):
                for server in servers:
                    progress(f"64 MiB file, round {round + 1}: {server.name}")
                    result = self.load(
                        server, self.arguments.bulk, path="large.bin", body=LARGE, warmup=1, concurrency=1
                    )
                    self.note(
                        server.name,
                        cpu_per_mb=result["server_cpu_us_per_request"] / (LARGE / MEGABYTE),
                        throughput=result["MBps"],
                    )

    def long_run(self):
        """Whether memory grows with the number of requests answered."""
        for name in self.names if self.arguments.long else []:
            progress(f"{self.arguments.long} requests: {name}")
            with self.running(name) as (server, _):
                self.load(server, requests=1000, warmup=0)
                warm = server.resident() / 1024**2
                self.load(server, self.arguments.long, warmup=0)
                long = server.resident() / 1024**2
                self.note(name, rss_warm=warm, rss_long=long, growth=long - warm)

    def load(self, server, requests, path="", body=1024, warmup=200, concurrency=None):
        """One run of gemload; every answer must be whole and right."""
        command = [
            self.setup.gemload, "-c", str(concurrency or self.arguments.concurrency), "-n", str(requests),
            "-w", str(warmup), "-b", str(body), "-p", str(server.port), "-P", str(server.pid), server.url(path),
        ]
        result = json.loads(subprocess.run(command, stdout=subprocess.PIPE).stdout)
        if result["errors"]:
            raise SystemExit(f"{server.name}: {result['errors']} errors, the first: {result.get('first_error')}")
        return result

    @contextlib.contextmanager
    def running(self, name, large=False):
        """The server, started, and the seconds to its first answer; ended whatever happens."""
        server = Yardstick(self.setup, "large.bin") if large and name == "yardstick" else KINDS[name](self.setup)
        try:
            yield server, server.start()
        finally:
            server.stop()

    def note(self, name, **values):
        for key, value in values.items():
            self.readings[name][key].append(value)

    def median(self, name, key):
        values = self.readings.get(name, {}).get(key)
        return statistics.median(values) if values else None


def report(comparison):
    """The tables, as markdown."""
    names = comparison.names
    long = f"{comparison.arguments.long:,}"
    lines = [machine(comparison), "", row(["median of the rounds", *names]), rule(len(names))]
    for key, title, unit, form in MEASURES:
        values = [comparison.median(name, key) for name in names]
        if any(value is not None for value in values):
            title = title.format(long=long) + (f", {unit}" if unit else "")
            lines.append(row([title, *("–" if value is None else form.format(value) for value in values)]))
    base = "canaveral" if "canaveral" in names else names[0]
    others = [name for name in names if name != base]
    if others:
        lines += ["", row([f"{base}, as a ratio", *(f"to {name}" for name in others)]), rule(len(others))]
        for key, title, _, _ in MEASURES:
            ratios = [ratio(comparison, key, base, name) for name in others]
            if key != "growth" and any(value is not None for value in ratios):
                title = title.format(long=long)
                lines.append(row([title, *("–" if value is None else f"{value:.2f}" for value in ratios)]))
    if base == "canaveral":
        lines += ["", *goals(comparison)]
    return "\n".join(lines)


def goals(comparison):
    lines = [row(["goal", "bound", "measured", ""]), rule(3)]
    titles = {key: (title, unit, form) for key, title, unit, form in MEASURES}
    for key, other, sense, bound in GOALS:
        value = ratio(comparison, key, "canaveral", other) if other else comparison.median("canaveral", key)
        if value is None:
            continue
        title, unit, form = titles[key]
        title = title.format(long=f"{comparison.arguments.long:,}") + (f" ÷ {other}" if other else f", {unit}")
        reached = value <= bound if sense == "<=" else value >= bound
        measured = f"{value:.2f}" if other else form.format(value)
        lines.append(row([title, f"{'≤' if sense == '<=' else '≥'} {bound}", measured, "yes" if reached else "**no**"]))
    return lines


def ratio(comparison, key, name, other):
    value, base = comparison.median(name, key), comparison.median(other, key)
    return value / base if value is not None and base else None


def machine(comparison):
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    arguments = comparison.arguments
    return (
        f"{model}, {os.cpu_count()} cores shared with the load generator, Linux {platform.release()}; "
        f"{arguments.rounds} rounds of {arguments.requests:,} requests, {arguments.concurrency} at once; "
        f"TLS 1.3, P-256, no resumption."
    )


def row(cells):
    return "| " + " | ".join(cells) + " |"


def rule(columns):
    return "| --- |" + " ---: |" * columns


def progress(text):
    print(text, file=sys.stderr, flush=True)


def raise_loopback():
    """Brings up the loopback interface of a network namespace that was just made; leaves any other as it is."""
    request = 0x8914  # SIOCSIFFLAGS
    up_and_running = 0x1 | 0x40
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle, contextlib.suppress(PermissionError):
        if socket.if_nameindex() == [(1, "lo")]:
            fcntl.ioctl(handle, request, struct.pack("16sH14s", b"lo", up_and_running, b""))


def end(signal_number, _):
    raise SystemExit(128 + signal_number)


def main():
    parser = argparse.ArgumentParser()
    for name in ("work", "servers", "yardstick", "canaveral", "jetforce"):
        parser.add_argument(f"--{name}", required=True)
    for name, default in (
        ("rounds", 5), ("requests", 10_000), ("concurrency", 32), ("bulk", 16),
        ("long", 100_000), ("idle", 1000), ("starts", 3),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, end)
    raise_loopback()
    setup = Setup(arguments.work, arguments.yardstick, arguments.canaveral, arguments.jetforce)
    for log in glob.glob(setup.file("*.log")):
        os.unlink(log)
    comparison = Comparison(setup, arguments)
    comparison.run()
    print(report(comparison))
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump(comparison.readings, file, indent=1)


main()
