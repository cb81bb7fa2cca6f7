"""Turns the program's description of itself (--experimental-dump-help, on standard input) into a manual page."""

import json
import re
import sys

ENVIRONMENT = [
    ("NOTIFY_SOCKET, WATCHDOG_USEC", "Where systemd wants to know that the server is ready, reads its configuration again, stops, "
     "or is alive, it is told (sd_notify(3))."),
    ("LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES", "The sockets that systemd opened, for --listen systemd:NAME (sd_listen_fds(3))."),
    ("JOURNAL_STREAM", "Where standard output or standard error goes to systemd's journal, lines are written as it wants them: "
     "with their priority, and without a time."),
    ("STATE_DIRECTORY", "The folder for certificates, as systemd sets it for a service with StateDirectory."),
    ("LOGS_DIRECTORY, RUNTIME_DIRECTORY", "Folders for logs and for sockets, as systemd sets them: the sandbox is open for what a configuration that is read again names in them."),
    ("XDG_STATE_HOME", "Certificates are kept in the folder canaveral below this one. Without it, in "
     "/var/lib/canaveral for the superuser and in ~/.local/state/canaveral for everybody else."),
    ("XDG_DATA_HOME", "Identities and known hosts of get and put are kept in the folder canaveral below this one; "
     "~/.local/share without it."),
    ("CANAVERAL_TOKEN", "The upload token of put, where --token is not given."),
    ("VISUAL, EDITOR", "The editor of put --edit; vi without them."),
    ("NO_COLOR", "When set, nothing is coloured."),
]
EXIT_STATUS = [
    ("0", "Done; for a server: stopped by a signal."),
    ("1", "The work failed, for instance because an address is in use, there was no answer, or a result cannot be written; "
     "or a check found an error."),
    ("10, 30, 40, 50, 60", "get and put: the class of an answer that was not a page."),
    ("64", "The command line cannot be understood."),
    ("78", "What was configured cannot be used: a folder, a certificate, a key."),
]
FILES = [
    ("canaveral.toml, /etc/canaveral/canaveral.toml", "The configuration, where neither --config nor a flag says what is "
     "served; the first that exists."),
    ("HOST.pem", "In the state directory: the certificate and the key of a host, named for the first name of the host; the * of a pattern is %2A in it, as in %2A.example.org.pem. A pair that "
     "was put there by hand is used like one that the server made, and renewed if it is self-signed."),
    ("HOST.pem.old", "The pair that was there before a new key was made; HOST.pem.old.1 and so on where there is one already."),
    (".lock", "In the state directory: held while one of several processes writes there."),
    ("/var/lib/private/canaveral", "The state directory of a systemd service with DynamicUser and "
     "StateDirectory=canaveral, as root sees it."),
]
SIGNALS = [
    ("SIGINT, SIGTERM", "Stop accepting connections, close those that have not asked for anything, let responses go on "
     "until they are sent or --grace is over, and end with 0. A second one ends the process at once."),
    ("SIGHUP", "Read the configuration again, check it, and serve new connections by it; those that are open end under the one "
     "that they began with. What is wrong with it is said, and the server goes on as before. Without a configuration file, the "
     "files of certificates are read again."),
    ("SIGUSR1", "Open the file of the access log again, for logrotate(8)."),
    ("SIGPIPE", "Ignored: a server goes on when nobody reads what it prints."),
]
ACCESS_LOG = [
    "A line for each request, as jetforce writes it:",
    '127.0.0.1 [20/Nov/2026:20:51:09 +0000] "gemini://localhost/" 20 "text/gemini" 34',
    "The address of the client; the local time at which its connection was accepted; the request line; the status; the "
    "text behind the status, which is a media type, the target of a redirect or a reason; the bytes that were sent, with "
    "the header. Where a connection ended before it had a status, there is - in its place and in that of the text.",
    "In what stands between quotes, quotes and backslashes have a backslash before them, and control characters, "
    "characters that only steer a display, and bytes that are no UTF-8 are written as \\xNN: whatever a client sends, it "
    "is one line.",
    "--log-format has other forms of the line: common and combined, as web servers write them; json, an object with a member "
    "for everything that is known; and tsv, the same in columns.",
    "--log-addresses keeps a visitor's address in full, cuts it to its network, puts a token that changes daily in its place, or "
    "leaves it out; what it says holds for the lines on standard error too.",
    "A file is held open until SIGUSR1: have logrotate(8) rename it and send that.",
]
SEE_ALSO = [
    "canaveral.toml(5), openssl(1), logrotate(8), systemd.service(5), systemd.socket(5)",
    "The Gemini protocol: https://geminiprotocol.net/docs/protocol-specification.gmi",
]
EXAMPLES = [
    ("Serve a folder on this machine, as gemini://localhost/:", "canaveral ~/capsule"),
    ("Serve a capsule to everybody:", "canaveral --hostname example.org /srv/gemini"),
    ("Try a folder on any free port of this machine:", "canaveral -p 0 ~/capsule"),
    ("Use a certificate that was made elsewhere:", "canaveral -c fullchain.pem -k privkey.pem --hostname example.org /srv/gemini"),
    ("Serve the hosts of a configuration, and check it first:", "canaveral check capsules.toml && canaveral serve --config capsules.toml"),
    ("Go on with another server's configuration:", "canaveral import gmid /etc/gmid.conf >canaveral.toml"),
    ("Check the links of a capsule before it is served:", "canaveral links ~/capsule"),
    ("Read a page, and save a file:", "canaveral get geminiprotocol.net/ && canaveral get -o map.png example.org/map.png"),
    ("Edit a page where the server takes uploads:", "canaveral put --edit titan://example.org/notes.gmi"),
    ("Measure a server on this machine, at 200 requests a second:", "canaveral bench --rate 200 gemini://localhost/"),
    ("Examine a server, ours or any other:", "canaveral doctor gemini://localhost/"),
    ("See by which fingerprints clients know the host:", "canaveral certificate show --hostname example.org"),
]
# What the program's description of itself cannot tell.
OPERANDS = {
    "canaveral put": "[file] url",
    "canaveral doctor": "url",
    "canaveral import jetforce": "-- [jetforce-argument ...]",
    "canaveral import agate": "-- [agate-argument ...]",
}


def escaped(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def paragraphs(text):
    return "\n.Pp\n".join(escaped(part.strip().replace("\n", " ")) for part in text.split("\n\n") if part.strip())


def spelled(name):
    return {"long": "--", "short": "-", "longWithSingleDash": "-"}[name["kind"]] + name["name"]


def entry(argument):
    names = sorted(argument.get("names") or [], key=lambda name: name["kind"] == "long")
    value = argument.get("valueName", "")
    if argument["kind"] == "positional":
        head = f"<{value}>"
    else:
        head = ", ".join(spelled(name) for name in names)
        if argument["kind"] == "option":
            head += f" <{value}>"
    text = argument.get("abstract", "")
    if argument.get("defaultValue") and "(default" not in text:
        text += f" (default: {argument['defaultValue']})"
    return f".It {escaped(head)}\n{paragraphs(text)}"


def arguments(command, skipping):
    groups = {}
    for argument in command.get("arguments", []):
        if argument.get("shouldDisplay", True) and (argument.get("valueName") not in skipping):
            groups.setdefault(argument.get("sectionTitle") or "", []).append(argument)
    for title, members in groups.items():
        if title:
            yield f".Ss {escaped(title)}"
        yield ".Bl -tag -width 6n"
        for argument in members:
            yield entry(argument)
        yield ".El"


def usage(path, command):
    positional = [a for a in command.get("arguments", []) if a["kind"] == "positional"]
    return " ".join([escaped(path), "[options]"] + [escaped(operand(path, a)) for a in positional])


def operand(path, argument):
    """What stands behind the options: in brackets where it can be left out."""
    if path in OPERANDS:
        return OPERANDS[path]
    dots = " ..." if argument.get("isRepeating") else ""
    return f"[{argument['valueName']}{dots}]" if argument.get("isOptional") else f"{argument['valueName']}{dots}"


def tools(command):
    return [tool for tool in command.get("subcommands", []) if tool["commandName"] != "help"]


def synopsis(path, command):
    """The usage of a command, or of each of its tools."""
    if not tools(command):
        return [".Pp", usage(path, command)]
    return [line for tool in tools(command) for line in synopsis(f"{path} {tool['commandName']}", tool)]


def reference(path, command):
    """What a command does and what can be said to it, and then its tools."""
    yield f".Ss {escaped(path)}"
    yield paragraphs(command["abstract"])
    if command.get("discussion"):
        yield ".Pp"
        yield paragraphs(command["discussion"])
    yield from arguments(command, skipping=set())
    for tool in tools(command):
        yield from reference(f"{path} {tool['commandName']}", tool)


def definitions(title, rows):
    return [
        f".Sh {title}", ".Bl -tag -width 6n", *(f".It {escaped(name)}\n{escaped(text)}" for name, text in rows), ".El",
    ]


def main():
    root = json.load(sys.stdin)["command"]
    serve = next(command for command in root["subcommands"] if command["commandName"] == "serve")
    others = [command for command in tools(root) if command is not serve]
    abstract = root["abstract"].rstrip(".")
    out = [
        ".\\\" Made by scripts/generate-docs from what the program says of itself.",
        ".Dd November 21, 2026",
        ".Dt CANAVERAL 1",
        ".Os",
        ".Sh NAME",
        ".Nm canaveral",
        f".Nd {escaped(abstract[0].lower() + abstract[1:])}",
        ".Sh SYNOPSIS",
        usage("canaveral [serve]", serve),
    ]
    for other in others:
        out += synopsis(f"canaveral {other['commandName']}", other)
    out += [".Sh DESCRIPTION", paragraphs(serve.get("discussion", "")), ".Sh OPTIONS"]
    out += arguments(serve, skipping=set())
    out += [".Sh OTHER COMMANDS"]
    for other in others:
        out += reference(f"canaveral {other['commandName']}", other)
    log = [escaped(text) for text in ACCESS_LOG]
    out += [".Sh ACCESS LOG", log[0], ".Bd -literal", log[1], ".Ed"] + [line for text in log[2:] for line in (".Pp", text)]
    out += definitions("SIGNALS", SIGNALS)
    out += definitions("ENVIRONMENT", ENVIRONMENT)
    out += definitions("FILES", FILES)
    out += definitions("EXIT STATUS", EXIT_STATUS)
    out += [".Sh EXAMPLES"]
    for text, command in EXAMPLES:
        out += [escaped(text), f".Dl {escaped(command)}", ".Pp"]
    out = out[:-1] + [".Sh SEE ALSO"] + "\n.Pp\n".join(escaped(text) for text in SEE_ALSO).split("\n")
    print("\n".join(out))


main()
