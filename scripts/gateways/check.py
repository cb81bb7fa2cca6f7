"""Runs canaveral before other people's daemons; see scripts/check-gateways."""

import argparse
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
failures = 0


def check(name, condition, seen=""):
    global failures
    print(f"{'ok  ' if condition else 'FAIL'} {name}" + ("" if condition else f": {seen!r}"))
    failures += not condition


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address, what):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        with socket.socket(family) as probe:
            try:
                probe.connect(address)
                return
            except OSError:
                time.sleep(0.02)
    sys.exit(f"check-gateways: {what} does not listen")


class Capsule:
    """A canaveral that serves, and one that asks."""

    def __init__(self, program, folder, options):
        self.program = program
        self.port = free_port()
        self.log = open(folder / "canaveral.log", "w+")
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
        arguments = [program, folder / "capsule", "--port", self.port, "--state-dir", folder / "state"]
        self.process = subprocess.Popen(
            [*map(str, arguments), *options], stdout=subprocess.DEVNULL, stderr=self.log, env=self.environment,
            start_new_session=True,
        )
        wait_for(("127.0.0.1", self.port), "canaveral")

    def get(self, path):
        """The header, and the body."""
        done = subprocess.run(
            [self.program, "get", "--header", "--insecure", f"gemini://localhost:{self.port}{path}"],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=120, env=self.environment,
        )
        return done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), done.returncode

    def logged(self):
        self.log.flush()
        return pathlib.Path(self.log.name).read_text()


def application(capsule, name, prefix, has_errors):
    body, errors, _ = capsule.get(f"{prefix}/variables?a%20b")
    check(f"{name}: variables", f"SCRIPT_NAME={prefix}\n" in body and "QUERY_STRING=a%20b\n" in body, body + errors)
    check(f"{name}: path", "PATH_INFO=/variables\n" in body and "GATEWAY_INTERFACE=CGI/1.1\n" in body, body)
    body, errors, _ = capsule.get(f"{prefix}/large")
    check(f"{name}: 10 MB", body.count("x") >= 10 * 1024 * 1024, (len(body), errors))
    body, errors, _ = capsule.get(f"{prefix}/slow")
    check(f"{name}: a slow body", body.endswith("0\n1\n2\n3\n4\n"), body + errors)
    body, errors, code = capsule.get(f"{prefix}/none")
    check(f"{name}: a refusal", "Nothing here" in errors and code == 50, body + errors)
    body, errors, _ = capsule.get(f"{prefix}/ask")
    check(f"{name}: a question", "Your name?" in body + errors, body + errors)
    body, errors, code = capsule.get(f"{prefix}/garbage")
    check(f"{name}: no response is 42", "CGI error" in errors and code == 40, body + errors)
    if has_errors:
        body, errors, _ = capsule.get(f"{prefix}/errors")
        check(f"{name}: errors", body.endswith("fine\n"), body + errors)
        check(f"{name}: errors are in the log", "something is odd" in capsule.logged(), capsule.logged()[-500:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("canaveral")
    parser.add_argument("--fcgiwrap")
    arguments = parser.parse_args()
    running = []
    with tempfile.TemporaryDirectory(prefix="gateways-") as name:
        folder = pathlib.Path(name)
        scripts = folder / "capsule" / "cgi"
        scripts.mkdir(parents=True)
        for script, text in {
            "hello": "printf '20 text/plain\\r\\nhello %s|%s|' \"$SCRIPT_NAME\" \"$QUERY_STRING\"",
            "fails": "echo oh dear >&2; exit 3",
            "page": "printf '20 text/plain\\r\\n'; head -c 3000000 /dev/zero | tr '\\0' x",
        }.items():
            (scripts / script).write_text(f"#!/bin/sh\n{text}\n")
            (scripts / script).chmod(0o755)
        options = []
        try:
            for kind, prefix in (("scgi", "/scgi"), ("fastcgi", "/fast")):
                port = free_port()
                running.append(subprocess.Popen(
                    [sys.executable, HERE / "daemons.py", kind, f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    start_new_session=True,
                ))
                wait_for(("127.0.0.1", port), kind)
                options += [f"--{kind}", f"{prefix}=127.0.0.1:{port}"]
            path = str(folder / "flup.sock")
            running.append(subprocess.Popen(
                [sys.executable, HERE / "daemons.py", "fastcgi", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                start_new_session=True,
            ))
            wait_for(path, "flup on a Unix socket")
            options += ["--fastcgi", f"/local=unix:{path}"]
            if arguments.fcgiwrap:
                path = str(folder / "fcgiwrap.sock")
                running.append(subprocess.Popen(
                    [arguments.fcgiwrap, "-f", "-c", "2", "-s", f"unix:{path}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    start_new_session=True,
                ))
                wait_for(path, "fcgiwrap")
                for script in ("hello", "fails", "page"):
                    options += ["--fastcgi", f"/cgi/{script}=unix:{path}"]
            capsule = Capsule(arguments.canaveral, folder, options)
            running.append(capsule.process)
            application(capsule, "scgi (SCGI)", "/scgi", has_errors=False)
            application(capsule, "flup (FastCGI, TCP)", "/fast", has_errors=True)
            application(capsule, "flup (FastCGI, Unix)", "/local", has_errors=True)
            if arguments.fcgiwrap:
                body, errors, _ = capsule.get("/cgi/hello?q")
                check("fcgiwrap: a script", body.endswith("hello /cgi/hello|q|"), body + errors)
                body, errors, _ = capsule.get("/cgi/page")
                check("fcgiwrap: 3 MB", body.count("x") >= 3_000_000, (len(body), errors))
                body, errors, code = capsule.get("/cgi/fails")
                check("fcgiwrap: a script that fails is 42", "CGI error" in errors and code == 40, body + errors)
                check("fcgiwrap: its errors are in the log", "oh dear" in capsule.logged(), capsule.logged()[-500:])
                asking = [
                    subprocess.Popen(
                        [arguments.canaveral, "get", "--insecure", f"gemini://localhost:{capsule.port}/cgi/hello?{number}"],
                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=capsule.environment,
                    )
                    for number in range(12)
                ]
                answers = [client.communicate(timeout=60)[0].decode() for client in asking]
                right = [f"|{number}|" in answer for number, answer in enumerate(answers)]
                check("fcgiwrap: twelve at once, by two processes", all(right), answers)
            else:
                print("skip fcgiwrap: it is not installed")
        finally:
            for process in running:
                # Daemons have processes of their own.
                os.killpg(process.pid, signal.SIGTERM)
            for process in running:
                process.wait(timeout=20)
    sys.exit(1 if failures else 0)


main()
