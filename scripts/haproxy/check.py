"""Runs two canaverals behind HAProxy; see scripts/check-haproxy."""

import argparse
import json
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

VISITOR = "127.0.0.77"
STRANGER = "127.0.0.99"
LOAD_SECONDS = 12
failures = 0


def check(name, condition, seen=""):
    global failures
    print(f"{'ok  ' if condition else 'FAIL'} {name}" + ("" if condition else f": {seen!r}"), flush=True)
    failures += not condition


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(what, condition):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    check(what, False, "not within 20 seconds")
    return False


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(port, url, before=b"", source=VISITOR):
    """The whole answer; b"" where the connection ends without one."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20, source_address=(source, 0)) as plain:
            plain.sendall(before)
            with context.wrap_socket(plain, server_hostname="localhost") as connection:
                connection.sendall(f"{url}\r\n".encode())
                answer = b""
                while piece := connection.recv(65536):
                    answer += piece
                return answer
    except OSError:
        return b""


class Capsule:
    """A canaveral behind the proxy."""

    def __init__(self, program, folder, name):
        self.program, self.folder, self.port = program, folder, free_port()
        self.log = open(folder / f"{name}.log", "w+")
        self.errors = open(folder / f"{name}.errors", "w+")
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [
                self.program, "serve", str(self.folder / "capsule"), "--host", "127.0.0.1", "--port", str(self.port),
                "--state-dir", str(self.folder / "state"), "--proxy-protocol", "--proxy-trust", "127.0.0.1",
            ],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.errors,
        )
        return wait_until("canaveral listens", lambda: listens(self.port))

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            return self.process.wait(timeout=20)
        return None

    def lines(self):
        return pathlib.Path(self.log.name).read_text().splitlines()

    def complaints(self):
        text = pathlib.Path(self.errors.name).read_text()
        return [line for line in text.splitlines() if "warning" in line.lower() or "error" in line.lower()]


class Proxy:
    """HAProxy with the configuration of contrib, at other addresses."""

    def __init__(self, program, folder, configuration, capsules):
        self.port, self.first_version = free_port(), free_port()
        self.socket = folder / "haproxy.sock"
        text = pathlib.Path(configuration).read_text()
        for told, used in (
            ("0.0.0.0:1965", f"127.0.0.1:{self.port}"),
            ("10.0.0.11:1965", f"127.0.0.1:{capsules[0].port}"),
            ("10.0.0.12:1965", f"127.0.0.1:{capsules[1].port}"),
            ("maxconn 4000\n", f"maxconn 4000\n    stats socket {self.socket}\n"),
        ):
            assert text.count(told) == 1, told
            text = text.replace(told, used)
        text += f"""
frontend first-version
    bind 127.0.0.1:{self.first_version}
    default_backend first-version

backend first-version
    server one 127.0.0.1:{capsules[0].port} check send-proxy
"""
        file = folder / "haproxy.cfg"
        file.write_text(text)
        self.log = open(folder / "haproxy.log", "w+")
        self.process = subprocess.Popen(
            [program, "-db", "-f", str(file)], stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT
        )
        wait_until("HAProxy listens", lambda: listens(self.port))

    def status(self, server):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.socket))
            connection.sendall(b"show stat\n")
            text = b""
            while piece := connection.recv(65536):
                text += piece
        rows = [line.split(",") for line in text.decode().splitlines() if line]
        column = rows[0].index("status")
        return next(row[column] for row in rows if row[:2] == ["capsules", server])


def addresses(proxy, capsules):
    url = f"gemini://localhost:{proxy.port}/"
    answers = [ask(proxy.port, url) for _ in range(8)]
    check("answers through the proxy, by the URL's own port (GP-056)", all(a.startswith(b"20 ") for a in answers), answers)
    answer = ask(proxy.first_version, f"gemini://localhost:{proxy.first_version}/")
    check("the first version of the protocol", answer.startswith(b"20 "), answer)
    lines = [line for capsule in capsules for line in capsule.lines()]
    check("visitors' addresses in the log", lines and all(line.startswith(f"{VISITOR} ") for line in lines), lines)
    check("both capsules have served", all(capsule.lines() for capsule in capsules), lines)
    check(
        "a port that is not the visitor's is refused",
        ask(proxy.port, f"gemini://localhost:{capsules[0].port}/").startswith(b"53 "),
    )
    header = b"PROXY TCP4 192.0.2.1 192.0.2.2 1000 1965\r\n"
    answer = ask(capsules[0].port, "gemini://localhost/", header, source=STRANGER)
    check("a stranger's header is not believed", answer == b"", answer)
    answer = ask(capsules[0].port, "gemini://localhost/", source="127.0.0.1")
    check("the header is required", answer == b"", answer)
    # The log has a thread of its own.
    deadline = time.monotonic() + 5
    while len(capsules[0].complaints()) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    check("the operator hears of both", len(capsules[0].complaints()) == 2, capsules[0].complaints())
    check("and of no health checks", not capsules[1].complaints(), capsules[1].complaints())


def load(program, proxy):
    """Requests until they are stopped; many of them at the moment when something happens."""
    return subprocess.Popen(
        [
            program, "bench", f"gemini://localhost:{proxy.port}/", "--concurrency", "16", "--rate", "60", "--duration",
            str(LOAD_SECONDS), "--json",
        ],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )


def availability(program, proxy, capsules):
    bench = load(program, proxy)
    time.sleep(3)  # so that the load is there
    check("one of the two stops", capsules[1].stop() == 0)
    wait_until("the proxy finds out", lambda: proxy.status("two").startswith("DOWN"))
    check("while the other serves", proxy.status("one").startswith("UP"))
    before = len(capsules[1].lines())
    capsules[1].start()
    check("it comes back", wait_until("the proxy finds out", lambda: proxy.status("two").startswith("UP")))
    output, errors = bench.communicate(timeout=120)
    report = json.loads(output) if output else {}
    seen = (report.get("failures"), report.get("examples"), errors)
    check("no request has failed", bench.returncode == 0 and report.get("completed", 0) > 0, seen)
    check("it serves again", len(capsules[1].lines()) > before, len(capsules[1].lines()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("canaveral")
    parser.add_argument("haproxy")
    parser.add_argument("configuration")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="haproxy-") as name:
        folder = pathlib.Path(name)
        (folder / "capsule").mkdir()
        (folder / "capsule" / "index.gmi").write_text("# Hello\n")
        capsules = [Capsule(arguments.canaveral, folder, name) for name in ("one", "two")]
        proxy = None
        try:
            # One after the other: the second takes the certificate that the first has made.
            for capsule in capsules:
                if not capsule.start():
                    sys.exit(pathlib.Path(capsule.errors.name).read_text())
            proxy = Proxy(arguments.haproxy, folder, arguments.configuration, capsules)
            for server in ("one", "two"):
                wait_until(f"capsule {server} is up", lambda: proxy.status(server).startswith("UP"))
            addresses(proxy, capsules)
            availability(arguments.canaveral, proxy, capsules)
        finally:
            for capsule in capsules:
                capsule.stop()
            if proxy:
                proxy.process.terminate()
                proxy.process.wait(timeout=20)
    sys.exit(1 if failures else 0)


main()
