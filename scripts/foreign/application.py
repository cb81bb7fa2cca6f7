"""An application made with jetforce, with an answer of every kind. Arguments: port, certificate, key."""

import os
import sys

from jetforce import GeminiServer, JetforceApplication, Response, Status

application = JetforceApplication()


@application.route("/input")
def ask(request):
    return Response(Status.SUCCESS, "text/plain", request.query) if request.query else Response(Status.INPUT, "Your name?")


@application.route("/secret")
def ask_in_secret(request):
    if request.query:
        return Response(Status.SUCCESS, "text/plain", request.query)
    return Response(Status.SENSITIVE_INPUT, "Your password?")


@application.route("/members", strict_port=False)
def members(request):
    if "REMOTE_USER" not in request.environ:
        return Response(Status.CLIENT_CERTIFICATE_REQUIRED, "Members only")
    return Response(Status.SUCCESS, "text/plain", f"{request.environ['REMOTE_USER']} {request.environ['TLS_CLIENT_HASH']}")


@application.route("/away")
def away(request):
    return Response(Status.REDIRECT_TEMPORARY, "input?Ada")


@application.route("/loop")
def loop(request):
    return Response(Status.REDIRECT_TEMPORARY, "/loop")


@application.route("/web")
def web(request):
    return Response(Status.REDIRECT_PERMANENT, "https://example.org/")


@application.route("/busy")
def busy(request):
    return Response(Status.SLOW_DOWN, "1")


@application.route("/gone")
def gone(request):
    return Response(Status.GONE, "It is gone")


@application.route("/latin")
def latin(request):
    return Response(Status.SUCCESS, "text/plain; charset=iso-8859-1", "caf\xe9".encode("latin-1"))


@application.route("/pieces", strict_port=False)
def pieces(request):
    return Response(Status.SUCCESS, "text/plain", (f"{number}\n" for number in range(10_000)))


@application.route("/death")
def death(request):
    """Ends the server in the middle of a page: the connection has no close_notify."""

    def body():
        yield "half"
        from twisted.internet import reactor

        reactor.callLater(0.3, os._exit, 0)
        from twisted.internet.defer import Deferred

        yield Deferred()

    return Response(Status.SUCCESS, "text/plain", body())


port, certificate, key = sys.argv[1:]
GeminiServer(application, port=int(port), hostname="localhost", certfile=certificate, keyfile=key).run()
