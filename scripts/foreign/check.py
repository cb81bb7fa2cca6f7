"""Runs canaveral's client against other servers; see scripts/check-foreign."""

import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import peers

PAGE = "# A page\r\n\r\nWith ünicode, and a\ttab.\n=> other.gmi Other\n".encode()


class Client:
    """canaveral, with a data folder of its own."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = pathlib.Path(folder)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_DATA_HOME": str(self.folder / "data")}

    def run(self, *arguments):
        """The exit code, what was printed, and what was said."""
        done = subprocess.run(
            [self.program, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, timeout=300,
            env=self.environment,
        )
        return done.returncode, done.stdout, done.stderr.decode(errors="replace").strip()

    def edit(self, url, editor):
        """Edits a page on a terminal, with a command for an editor; as run does, with all that was shown."""
        terminal, program_side = os.openpty()
        done = subprocess.run(
            [self.program, "put", "--edit", url], stdin=program_side, stdout=program_side, stderr=program_side,
            timeout=300, env=self.environment | {"VISUAL": editor, "TERM": "dumb"},
        )
        os.close(program_side)
        shown = b""
        try:
            while piece := os.read(terminal, 65536):
                shown += piece
        except OSError:
            pass
        os.close(terminal)
        return done.returncode, shown, shown.decode(errors="replace").strip()

    def make_identity(self, name):
        """Makes an identity, and gives the SHA-256 of its certificate."""
        code, output, errors = self.run("identity", "new", name)
        if code != 0:
            raise SystemExit(errors)
        return output.decode().strip()


class Report:
    """A line for each check."""

    def __init__(self):
        self.failures = 0
        self.checks = 0

    def check(self, peer, what, run, code=0, output=None, says=None):
        """run: what Client.run gave; code, output, says: what it should be."""
        got_code, got_output, errors = run
        wrong = []
        if got_code != code:
            wrong.append(f"exit code {got_code} instead of {code}")
        if output is not None and got_output != output:
            wrong.append(f"printed {self.shown(got_output)} instead of {self.shown(output)}")
        if says is not None and says not in errors:
            wrong.append(f"did not say “{says}”")
        if wrong and errors:
            wrong.append(f"said: {errors}")
        self.record(peer, what, not wrong, "; ".join(wrong))

    def record(self, peer, what, is_right, detail=""):
        self.checks += 1
        self.failures += not is_right
        print(f"{'ok  ' if is_right else 'FAIL'} {peer.name:<18} {what}{': ' + detail if detail else ''}", flush=True)

    @staticmethod
    def shown(data):
        return repr(data) if len(data) < 200 else f"{len(data)} bytes ({hashlib.sha256(data).hexdigest()[:12]})"


class Checks:
    """What is tried against each server."""

    def __init__(self, arguments, folder):
        self.client = Client(arguments.canaveral, folder)
        self.venv = arguments.venv
        self.with_doctor = not arguments.no_doctor
        self.folder = folder
        self.report = Report()
        self.large = os.urandom(32 << 20)

    def get(self, peer, what, path, *options, **expected):
        self.report.check(peer, what, self.client.run("get", peer.url(path), *options), **expected)

    def put(self, peer, what, arguments, **expected):
        self.report.check(peer, what, self.client.run("put", *arguments), **expected)

    def files(self, peer):
        """A page, a large file and one that is not there, of any server of files."""
        (peer.site / "page.gmi").write_bytes(PAGE)
        (peer.site / "index.gmi").write_bytes(PAGE)
        (peer.site / "empty.gmi").write_bytes(b"")
        (peer.site / "large.bin").write_bytes(self.large)
        self.get(peer, "a page", "/page.gmi", output=PAGE)
        self.get(peer, "the home page, of a URL without a path", "", output=PAGE)
        self.get(peer, "an empty page", "/empty.gmi", output=b"")
        self.get(peer, "a page that is not there", "/none.gmi", code=50, says="no page at this address")
        saved = self.folder / f"{peer.name}.bin"
        self.get(peer, "32 MiB into a file", "/large.bin", "-o", saved)
        self.report.record(peer, "  of which every byte is right", saved.exists() and saved.read_bytes() == self.large)
        self.get(peer, "32 MiB into a pipe", "/large.bin", output=self.large)

    def doctor(self, peer, finds):
        """finds: checks in which the server is known to break the protocol, perhaps among others."""
        if not self.with_doctor:
            return
        code, output, errors = self.client.run("doctor", "--gently", "--json", peer.url())
        if not output:
            self.report.record(peer, "doctor --gently", False, errors)
            return
        found = {
            check["id"] for check in json.loads(output)["checks"]
            if any(finding["level"] == "violation" for finding in check["findings"])
        }
        missed = ", ".join(sorted(finds - found))
        self.report.record(peer, f"doctor --gently finds {', '.join(sorted(found))}", code == 1 and not missed,
                           f"exit code {code}, and not {missed}" if code != 1 or missed else "")

    def front(self, origin, *options, **choices):
        """canaveral before another server."""
        return peers.Front(self.folder, self.client.program, origin, *options, **choices)

    def jetforce(self):
        with peers.Jetforce(self.folder, self.venv) as peer:
            (peer.site / "folder with ü").mkdir()
            (peer.site / "folder with ü/index.gmi").write_bytes(PAGE)
            self.files(peer)
            self.get(peer, "a folder, behind a redirect", "/folder with ü", output=PAGE)
            self.doctor(peer, {"userinfo", "fragment", "second-request", "header-injection", "every-response"})
            with self.front(peer) as front:
                self.files(front)
                self.get(front, "a folder, behind a redirect", "/folder with ü", output=PAGE)
        peer.make_certificate(keeping_key=True)
        with peer:
            self.get(peer, "a renewed certificate, strictly", "/page.gmi", "--strict", code=1, output=b"",
                     says="shows another certificate than before")
            self.get(peer, "the same by its key", "/page.gmi", output=PAGE)
        peer.make_certificate()
        with peer:
            asked = peer.log.count("page.gmi")
            self.get(peer, "another key", "/page.gmi", code=1, output=b"", says="shows another certificate than before")
            self.report.record(peer, "  which is asked for nothing", peer.log.count("page.gmi") == asked)
            self.get(peer, "another key, insecurely", "/page.gmi", "--insecure", output=PAGE)

        with peers.JetforceBehindProxy(self.folder, self.venv) as peer:
            (peer.site / "page.gmi").write_bytes(PAGE)
            for version in ("v1", "v2"):
                with self.front(peer, "--proxy-header", version) as front:
                    self.get(front, f"a page, with the PROXY header {version}", "/page.gmi", output=PAGE)
                front.folder.rename(front.folder.with_suffix("." + version))
            self.get(peer, "a page without one", "/page.gmi", code=1)

        with peers.JetforceApplication(self.folder, self.venv) as peer:
            name = "Ada & ünïcode + 100%?"
            self.get(peer, "a question", "/input", code=10, says="Your name?")
            self.get(peer, "an answer", "/input", "--input", name, output=name.encode())
            self.get(peer, "a question in secret", "/secret", code=10, says="Your password?")
            self.get(peer, "an answer to it", "/secret", "--input", name, output=name.encode())
            self.get(peer, "a relative redirect with a query", "/away", output=b"Ada")
            self.get(peer, "redirects without end", "/loop", code=30, says="after 5 redirects")
            self.get(peer, "a redirect to the Web", "/web", code=30, says="https://example.org/")
            self.get(peer, "44", "/busy", code=40, says="asks for fewer requests")
            self.get(peer, "52", "/gone", code=50, says="removed for good")
            self.get(peer, "Latin-1, as it came", "/latin", output=b"caf\xe9")
            lines = "".join(f"{number}\n" for number in range(10_000)).encode()
            self.get(peer, "a page of 10,000 pieces", "/pieces", output=lines)
            self.get(peer, "60", "/members", code=60, says="Members only")
            answer = f"Ada SHA256:{self.client.make_identity('Ada').upper()}".encode()
            self.get(peer, "the same with a certificate", "/members", "--identity", "Ada", output=answer)
            self.client.run("identity", "use", "Ada", peer.url("/members"))
            self.get(peer, "the same with one that is in use there", "/members", output=answer)
            with self.front(peer, passes_through=True) as front:
                self.get(front, "a certificate, passed through", "/members", "--identity", "Ada", output=answer)
                self.get(front, "a page of 10,000 pieces, passed through", "/pieces", output=lines)
            self.get(peer, "a server that dies in the middle", "/death", code=0, output=b"half", says="close_notify")

    def molly_brown(self):
        member = self.client.make_identity("Member")
        self.client.make_identity("Stranger")
        with peers.MollyBrown(self.folder, self.venv, member) as peer:
            (peer.site / "members/index.gmi").write_bytes(PAGE)
            self.files(peer)
            self.get(peer, "a temporary redirect", "/away", output=PAGE)
            self.get(peer, "a permanent redirect", "/moved", output=PAGE)
            self.get(peer, "a question", "/cgi-bin/input", code=10, says="Your name?")
            self.get(peer, "an answer", "/cgi-bin/input", "--input", "Ada ü", output=b"Ada%20%C3%BC")
            self.get(peer, "60", "/members/", code=60)
            self.get(peer, "61 with a certificate of nobody known", "/members/", "--identity", "Stranger", code=60)
            self.get(peer, "a certificate that is allowed", "/members/", "--identity", "Member", output=PAGE)
            with self.front(peer) as front:
                self.files(front)
                self.get(front, "a permanent redirect", "/moved", output=PAGE)
                self.get(front, "an answer", "/cgi-bin/input", "--input", "Ada ü", output=b"Ada%20%C3%BC")
                self.get(front, "60 for a certificate that cannot be passed on", "/members/", "--identity", "Member", code=40)
            self.doctor(peer, {"maximum-url", "userinfo", "fragment", "not-a-url", "bare-line-feed", "empty-path"})

    def gmcapsule(self):
        text = self.folder / "text.gmi"
        text.write_bytes(PAGE)
        picture = self.folder / "picture.png"
        picture.write_bytes(self.large[: 1 << 20])
        large = self.folder / "large.bin"
        large.write_bytes(self.large)
        empty = self.folder / "empty"
        empty.write_bytes(b"")
        with peers.GmCapsule(self.folder, self.venv, needs_identity=False) as peer:
            target = peer.url("/uploads/text.gmi", "titan")
            token = ["--token", "open sesame"]
            self.files(peer)
            self.get(peer, "a question", "/environment", code=10, says="Your name?")
            self.get(peer, "an answer", "/environment", "--input", "Ada ü", output=b"Ada%20%C3%BC nobody")
            result = f"{peer.url('/uploads/text.gmi')}\n".encode()
            self.put(peer, "an upload without its token", [text, target], code=50, says="The token is wrong")
            self.put(peer, "an upload with the wrong token", [text, target, "--token", "please"], code=50)
            self.put(peer, "an upload with its token", [text, target, *token], output=result)
            self.get(peer, "what was uploaded", "/uploads/text.gmi", output=PAGE)
            kind = peer.site / "uploads/text.gmi.type"
            self.report.record(peer, "  with its type", kind.exists() and kind.read_text() == "text/gemini")
            self.put(peer, "1 MiB, the most that is taken", [picture, peer.url("/uploads/picture.png", "titan"), *token],
                     output=f"{peer.url('/uploads/picture.png')}\n".encode())
            self.get(peer, "the same back", "/uploads/picture.png", output=picture.read_bytes())
            self.put(peer, "32 MiB, refused while they are sent", [large, peer.url("/uploads/large.bin", "titan"), *token],
                     code=50, says="Maximum content length exceeded")
            self.put(peer, "a file without a byte", [empty, target, *token], code=1)
            with self.front(peer) as front:
                target = front.url("/uploads/text.gmi", "titan")
                self.put(front, "an upload", [text, target, *token], output=f"{front.url('/uploads/text.gmi')}\n".encode())
                self.put(front, "an upload with the wrong token", [text, target, "--token", "please"], code=50)
                self.put(front, "32 MiB, refused by the front", [large, target, *token], code=50)
                self.get(front, "what was uploaded", "/uploads/text.gmi", output=PAGE)
            target = peer.url("/uploads/text.gmi", "titan")
            # Its interface to programs has no token where there is no content.
            self.put(peer, "a deletion by token", ["--delete", target, *token], code=50, says="The token is wrong")
            self.doctor(peer, {"userinfo", "fragment"})
        with peers.GmCapsule(self.folder, self.venv, needs_identity=True) as peer:
            target = peer.url("/uploads/text.gmi", "titan")
            self.put(peer, "an upload without a certificate", [text, target], code=60, says="Client certificate required")
            self.put(peer, "32 MiB without a certificate", [large, target], code=60, says="Client certificate required")
            self.client.make_identity("Grace")
            self.put(peer, "an upload with a certificate", [text, target, "--identity", "Grace"],
                     output=f"{peer.url('/uploads/text.gmi')}\n".encode())
            self.get(peer, "what was uploaded", "/uploads/text.gmi", output=PAGE)
            self.get(peer, "who is there", "/environment", "--input", "x", "--identity", "Grace", output=b"x Grace")
            self.client.run("identity", "use", "Grace", peer.url("/uploads/"))
            self.put(peer, "an upload where a gemini: address has the certificate", [text, target],
                     output=f"{peer.url('/uploads/text.gmi')}\n".encode())
            self.report.check(peer, "a page that is edited", self.client.edit(target, "sed -i s/tab/tabulator/"))
            self.get(peer, "what became of it", "/uploads/text.gmi", output=PAGE.replace(b"tab", b"tabulator"))
            self.put(peer, "a deletion", ["--delete", target], output=b"Deleted\n")
            self.get(peer, "what was deleted", "/uploads/text.gmi", code=50)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--canaveral", required=True)
    parser.add_argument("--venv", required=True)
    parser.add_argument("--peers", required=True)
    parser.add_argument("--no-doctor", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        checks = Checks(arguments, pathlib.Path(folder))
        for name in arguments.peers.split(","):
            getattr(checks, name.replace("-", "_"))()
    print(f"{checks.report.checks} checks, {checks.report.failures} failed", file=sys.stderr)
    sys.exit(1 if checks.report.failures else 0)


main()
