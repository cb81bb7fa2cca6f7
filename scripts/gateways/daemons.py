"""Daemons by libraries of other people that answer with Gemini responses: daemons.py (fastcgi | scgi) ADDRESS.

ADDRESS is host:port, or the path of a socket. PATH_INFO says what to do: show the variables, fail, stream, take an upload.
"""

import sys
import time


def answer(variables, read, write, complain):
    """What is printed for a request.

    Returns the status of the program.
    """
    path = variables.get("PATH_INFO", "")
    if path == "/variables":
        write(b"20 text/plain\r\n")
        for name in sorted(variables):
            write(f"{name}={variables[name]}\n".encode())
    elif path == "/large":
        write(b"20 application/octet-stream\r\n")
        for _ in range(1024):
            write(b"x" * 10240)
    elif path == "/slow":
        write(b"20 text/plain\r\n")
        for number in range(5):
            time.sleep(0.05)
            write(f"{number}\n".encode())
    elif path == "/errors":
        complain("something is odd\n")
        write(b"20 text/plain\r\nfine\n")
    elif path == "/ask":
        write(b"10 Your name?\r\n")
    elif path == "/garbage":
        write(b"Content-Type: text/plain\r\n\r\nno response\n")
    elif path == "/upload":
        body = read(int(variables.get("CONTENT_LENGTH") or 0))
        write(f"20 text/plain\r\n{len(body)} bytes\n".encode())
    else:
        write(b"51 Nothing here\r\n")
    return 0


def address(text):
    if text.startswith("/"):
        return text
    host, port = text.rsplit(":", 1)
    return host, int(port)


def fastcgi(where):
    from flup.server.fcgi import WSGIServer

    class Server(WSGIServer):
        def handler(self, request):
            status = answer(
                request.params, request.stdin.read, request.stdout.write, request.stderr.write
            )
            return 0, status

    Server(None, bindAddress=address(where), debug=False).run()


def scgi(where):
    from scgi import scgi_server

    class Handler(scgi_server.SCGIHandler):
        def produce(self, variables, size, input, output):
            answer(variables, input.read, output.write, lambda text: None)

    host, port = address(where)
    scgi_server.SCGIServer(Handler, host=host, port=port).serve()


if __name__ == "__main__":
    {"fastcgi": fastcgi, "scgi": scgi}[sys.argv[1]](sys.argv[2])
