"""The servers under measurement: how each is started over the same files, certificate and key."""

import os
import signal
import socket
import ssl
import subprocess
import time


class Server:
    """One server process on loopback, on a port of its own."""

    name = ""

    def __init__(self, setup):
        self.setup = setup
        self.process = None
        self.port = None

    def command(self):
        raise NotImplementedError

    def start(self):
        """Starts the process; returns the seconds until the first whole answer over TLS has been read."""
        self.port = free_port()
        log = open(self.setup.file(f"{self.name}.log"), "ab")
        began = time.monotonic()
        # close_fds=False lets the child be spawned rather than forked; Python's own descriptors do not pass exec.
        self.process = subprocess.Popen(
            self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, close_fds=False
        )
        log.close()
        while True:
            try:
                self.ask()
                return time.monotonic() - began
            except OSError as error:
                if self.process.poll() is not None:
                    raise SystemExit(f"{self.name} ended with {self.process.returncode}: see {log.name}") from error
                if time.monotonic() - began > 20:
                    raise SystemExit(f"{self.name} does not answer: {error}; see {log.name}") from error
                time.sleep(0.0005)

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def connect(self, no_delay=True):
        """A TLS connection on which nothing has been asked."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, no_delay)
        return self.setup.tls.wrap_socket(plain, server_hostname="localhost")

    def ask(self, no_delay=True):
        """One request, read to its end; returns the seconds it took."""
        began = time.monotonic()
        with self.connect(no_delay) as connection:
            connection.sendall(self.url("").encode() + b"\r\n")
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        if not answer.startswith(b"20 "):
            raise SystemExit(f"{self.name} answers {answer[:60]!r}")
        return time.monotonic() - began

    def url(self, path):
        return f"gemini://localhost:{self.port}/{path}"

    @property
    def pid(self):
        return self.process.pid

    def resident(self):
        """Resident memory of the process and its children, in bytes."""
        return sum(resident_bytes(pid) for pid in descendants(self.pid))


class Yardstick(Server):
    name = "yardstick"

    def __init__(self, setup, body="index.gmi"):
        super().__init__(setup)
        self.body = body

    def command(self):
        setup = self.setup
        return [
            setup.yardstick, "--cert", setup.certificate, "--key", setup.key,
            "--port", str(self.port), "--body", os.path.join(setup.site, self.body),
        ]


class Canaveral(Server):
    name = "canaveral"

    def command(self):
        setup = self.setup
        return [
            setup.canaveral, "--dir", setup.site, "--host", "127.0.0.1", "--port", str(self.port),
            "--hostname", "localhost", "--cert", setup.certificate, "--key", setup.key,
            "--access-log", setup.file("canaveral.access.log"),
            # So many connections from one address, and idle ones, are what is measured.
            "--max-connections", "20000", "--max-connections-per-address", "0",
            "--request-timeout", "600", "--handshake-timeout", "600",
        ]


class MollyBrown(Server):
    name = "molly-brown"

    def command(self):
        setup = self.setup
        configuration = setup.file("molly-brown.conf")
        with open(configuration, "w") as file:
            file.write(
                f'Port = {self.port}\nHostname = "localhost"\nDocBase = "{setup.site}/"\nAllowTLS12 = true\n'
                f'CertPath = "{setup.certificate}"\nKeyPath = "{setup.key}"\n'
                f'AccessLog = "{setup.file("molly-brown.access.log")}"\n'
                f'ErrorLog = "{setup.file("molly-brown.error.log")}"\n'
            )
        return ["molly-brown", "-c", configuration]


class Jetforce(Server):
    name = "jetforce"

    def command(self):
        setup = self.setup
        return [
            setup.jetforce, "--host", "127.0.0.1", "--port", str(self.port), "--hostname", "localhost",
            "--tls-certfile", setup.certificate, "--tls-keyfile", setup.key, "--dir", setup.site,
        ]


KINDS = {kind.name: kind for kind in (Yardstick, Canaveral, MollyBrown, Jetforce)}


class Setup:
    """Where the programs, the files and the certificate are."""

    def __init__(self, work, yardstick, canaveral, jetforce):
        self.work = work
        self.yardstick = yardstick
        self.canaveral = canaveral
        self.jetforce = jetforce
        self.site = self.file("site")
        self.certificate = self.file("certificate.pem")
        self.key = self.file("key.pem")
        self.gemload = self.file("gemload")
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.tls.check_hostname = False
        self.tls.verify_mode = ssl.CERT_NONE

    def file(self, name):
        return os.path.join(self.work, name)


def free_port():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(pid):
    yield pid
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as file:
            for child in file.read().split():
                yield from descendants(int(child))


def resident_bytes(pid):
    with open(f"/proc/{pid}/status") as file:
        for line in file:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    return 0
