"""Turns the program's description of itself (--experimental-dump-help, on standard input) into a manual page."""

import json
import re
import sys

ENVIRONMENT = [
    ("STATE_DIRECTORY", "The folder for certificates, as systemd sets it for a service with StateDirectory."),
    ("XDG_STATE_HOME", "Certificates are kept in the folder canaveral below this one. Without it, in "
     "/var/lib/canaveral for the superuser and in ~/.local/state/canaveral for everybody else."),
    ("NO_COLOR", "When set, nothing is coloured."),
]
EXIT_STATUS = [
    ("0", "Done; for a server: stopped by a signal."),
    ("1", "The work failed, for instance because an address is in use; or a check found an error."),
    ("64", "The command line cannot be understood."),
    ("78", "What was configured cannot be used: a folder, a certificate, a key."),
]
EXAMPLES = [
    ("Serve a folder on this machine, as gemini://localhost/:", "canaveral ~/capsule"),
    ("Serve a capsule to everybody:", "canaveral --hostname example.org /srv/gemini"),
    ("Use a certificate that was made elsewhere:", "canaveral -c fullchain.pem -k privkey.pem --hostname example.org /srv/gemini"),
    ("Check the links of a capsule before it is served:", "canaveral links ~/capsule"),
    ("Measure a server on this machine, at 200 requests a second:", "canaveral bench --rate 200 gemini://localhost/"),
    ("Examine a server, ours or any other:", "canaveral doctor gemini://localhost/"),
    ("See by which fingerprints clients know the host:", "canaveral certificate show --hostname example.org"),
]


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
    return " ".join([escaped(path), "[options]"] + [f"[{escaped(a['valueName'])}]" for a in positional])


def main():
    root = json.load(sys.stdin)["command"]
    commands = {command["commandName"]: command for command in root["subcommands"]}
    serve, certificate = commands["serve"], commands["certificate"]
    tools = [command for command in certificate["subcommands"] if command["commandName"] != "help"]
    others = [command for name, command in commands.items() if name not in ("serve", "certificate", "help")]
    out = [
        ".\\\" Made by scripts/generate-docs from what the program says of itself.",
        ".Dd November 21, 2026",
        ".Dt CANAVERAL 1",
        ".Os",
        ".Sh NAME",
        ".Nm canaveral",
        f".Nd {escaped(root['abstract'].rstrip('.')[0].lower() + root['abstract'].rstrip('.')[1:])}",
        ".Sh SYNOPSIS",
        usage("canaveral", serve),
    ]
    for tool in tools:
        out += [".Pp", usage(f"canaveral certificate {tool['commandName']}", tool)]
    for other in others:
        out += [".Pp", usage(f"canaveral {other['commandName']}", other)]
    out += [".Sh DESCRIPTION", paragraphs(serve.get("discussion", "")), ".Sh OPTIONS"]
    out += arguments(serve, skipping=set())
    out += [".Sh CERTIFICATES", paragraphs(certificate.get("discussion", ""))]
    for tool in tools:
        out += [f".Ss canaveral certificate {escaped(tool['commandName'])}", paragraphs(tool["abstract"])]
        if tool.get("discussion"):
            out += [".Pp", paragraphs(tool["discussion"])]
        out += arguments(tool, skipping=set())
    if others:
        out += [".Sh OTHER COMMANDS"]
    for other in others:
        out += [f".Ss canaveral {escaped(other['commandName'])}", paragraphs(other["abstract"])]
        if other.get("discussion"):
            out += [".Pp", paragraphs(other["discussion"])]
        out += arguments(other, skipping=set())
    for title, rows in (("ENVIRONMENT", ENVIRONMENT), ("EXIT STATUS", EXIT_STATUS)):
        out += [f".Sh {title}", ".Bl -tag -width 6n"]
        out += [f".It {escaped(name)}\n{escaped(text)}" for name, text in rows]
        out += [".El"]
    out += [".Sh EXAMPLES"]
    for text, command in EXAMPLES:
        out += [escaped(text), f".Dl {escaped(command)}", ".Pp"]
    out = out[:-1]
    print("\n".join(out))


main()
