"""A program behind GmCapsule that keeps what is uploaded: from somebody with the token, or with a certificate."""

import os
import pathlib
import sys
import urllib.parse

name = urllib.parse.unquote(os.environ["PATH_INFO"])
file = pathlib.Path(sys.argv[1], pathlib.PurePosixPath(name).name)
content = sys.stdin.buffer.read()
if not os.environ.get("REMOTE_USER") and os.environ.get("TITAN_TOKEN") != "open%20sesame":
    sys.stdout.write("59 The token is wrong\r\n")
elif not content:
    file.unlink()
    sys.stdout.write("20 text/plain\r\nDeleted")
else:
    file.write_bytes(content)
    file.with_name(file.name + ".type").write_text(os.environ.get("CONTENT_TYPE", ""))
    host, port = os.environ["SERVER_NAME"], os.environ["SERVER_PORT"]
    sys.stdout.write(f"30 gemini://{host}:{port}/uploads/{file.name}\r\n")
