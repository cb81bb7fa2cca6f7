#!/usr/bin/env python3
"""Takes a Titan upload and says what it was; for anything else it asks for one."""

import hashlib
import os
import sys

if os.environ["SERVER_PROTOCOL"] != "TITAN":
    sys.stdout.write("50 Upload something with Titan.\r\n")
elif os.environ.get("TITAN_TOKEN") != "swordfish":
    sys.stdout.write("61 The token is a fish.\r\n")
else:
    upload = sys.stdin.buffer.read()
    sys.stdout.write("20 text/gemini\r\n")
    sys.stdout.write(f"# {len(upload)} bytes of {os.environ['CONTENT_TYPE']}\n")
    sys.stdout.write(f"SHA-256: {hashlib.sha256(upload).hexdigest()}\n")
