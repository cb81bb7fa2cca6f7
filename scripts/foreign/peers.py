"""The servers that the client is tried against: how each is configured, started on loopback, and ended."""

import os
import pathlib
import signal
import socket
import subprocess
import time

HERE = pathlib.Path(__file__).parent


class Peer:
    """A server process with a folder and a port of its own."""

    name = ""

    def __init__(self, folder, venv):
        self.folder = pathlib.Path(folder, self.name)
        self.site = self.folder / "site"
        self.site.mkdir(parents=True)
        self.venv = pathlib.Path(venv)
        self.process = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.make_certificate()

    def command(self):
        raise NotImplementedError

    def make_certificate(self, keeping_key=False):
        """Makes a self-signed certificate, with a new key or the one that is there."""
        key = ["-key", self.key] if keeping_key else [
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.key,
        ]
        subprocess.run(
            ["openssl", "req", "-x509", *key, "-out", self.certificate, "-days", "30", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost"],
            check=True, capture_output=True,
        )

    @property
    def certificate(self):
        return self.folder / "cert.pem"

    @property
    def key(self):
        return self.folder / "key.pem"

    def url(self, path="/", scheme="gemini"):
        return f"{scheme}://localhost:{self.port}{path}"

    @property
    def log(self):
        return (self.folder / "log").read_text(errors="replace")

    def __enter__(self):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "PYTHONUNBUFFERED": "1"}
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [str(word) for word in self.command()],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, env=environment,
            )
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError as error:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.__exit__()
                    raise SystemExit(f"{self.name} does not start ({error}):\n{self.log}") from error
                time.sleep(0.02)

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Jetforce(Peer):
    """jetforce's file server."""

    name = "jetforce"
    options = ()

    def command(self):
        return [
            self.venv / "bin/jetforce", "--port", self.port, "--dir", self.site,
            "--tls-certfile", self.certificate, "--tls-keyfile", self.key, *self.options,
        ]


class JetforceBehindProxy(Jetforce):
    """The same, which expects the PROXY protocol."""

    name = "jetforce-proxied"
    options = ("--proxy-protocol",)


class JetforceApplication(Peer):
    """An application made with jetforce as a framework."""

    name = "jetforce-app"

    def command(self):
        return [self.venv / "bin/python", "-B", HERE / "application.py", self.port, self.certificate, self.key]


class MollyBrown(Peer):
    name = "molly-brown"

    def __init__(self, folder, venv, member):
        """member: the SHA-256 of the certificate that may enter the members' zone."""
        super().__init__(folder, venv)
        (self.folder / "site/members").mkdir()
        cgi = self.site / "cgi-bin"
        cgi.mkdir()
        script = cgi / "input"
        script.write_text(
            '#!/bin/sh\nif [ -z "$QUERY_STRING" ]; then printf "10 Your name?\\r\\n"; '
            'else printf "20 text/plain\\r\\n%s" "$QUERY_STRING"; fi\n'
        )
        script.chmod(0o755)
        self.configuration = self.folder / "molly.conf"
        self.configuration.write_text(
            f'Port = {self.port}\nHostname = "localhost"\nDocBase = "{self.site}/"\n'
            f'CertPath = "{self.certificate}"\nKeyPath = "{self.key}"\nCGIPaths = ["{cgi}/*"]\n'
            f'AccessLog = "{self.folder}/access.log"\nErrorLog = "{self.folder}/error.log"\n'
            '[TempRedirects]\n"^/away$" = "/page.gmi"\n[PermRedirects]\n"^/moved$" = "/page.gmi"\n'
            f'[CertificateZones]\n"^/members/" = ["{member}"]\n'
        )

    def command(self):
        return ["molly-brown", "-c", self.configuration]


class GmCapsule(Peer):
    """GmCapsule, which takes uploads with a token, or from anybody who has a certificate."""

    def __init__(self, folder, venv, needs_identity):
        self.name = "gmcapsule-identity" if needs_identity else "gmcapsule-token"
        super().__init__(folder, venv)
        (self.folder / "certs/localhost").mkdir(parents=True)
        for file in (self.certificate, self.key):
            file.rename(self.folder / "certs/localhost" / file.name)
        self.site = self.site / "localhost"
        (self.site / "uploads").mkdir(parents=True)
        self.configuration = self.folder / "gmcapsule.ini"
        self.configuration.write_text(
            f"[server]\nhost = localhost\naddress = 127.0.0.1\nport = {self.port}\ncerts = {self.folder}/certs\n"
            # Worker processes would outlive the one that is ended.
            "processes = 0\n"
            f"[titan]\nrequire_identity = {str(needs_identity).lower()}\nupload_limit = 1048576\n"
            f"[static]\nroot = {self.site.parent}\n"
            f"[cgi.upload]\nprotocol = titan\nhost = localhost\npath = /uploads/*\n"
            f"command = {self.venv}/bin/python -B {HERE}/upload.py {self.site}/uploads\n"
            f"[cgi.environment]\nhost = localhost\npath = /environment\ncommand = {HERE}/environment.sh\n"
        )

    def command(self):
        return [self.venv / "bin/gmcapsuled", "-c", self.configuration]


class Front(Peer):
    """canaveral before another server, which it asks for everything, or hands its connections to."""

    def __init__(self, folder, canaveral, origin, *options, passes_through=False):
        self.name = f"before {origin.name}"
        super().__init__(folder, "")
        self.canaveral = canaveral
        self.options = options
        # What is served is the other's.
        self.own = self.site
        self.site = origin.site
        if passes_through:
            self.options += ("--hostname", "front.example", "--pass-through", f"localhost=127.0.0.1:{origin.port}")
        else:
            self.options += ("--proxy", f"/={origin.url('/')}")

    def command(self):
        return [
            self.canaveral, self.own, "--host", "127.0.0.1", "--port", self.port, "--state-dir", self.folder / "state",
            *self.options,
        ]
