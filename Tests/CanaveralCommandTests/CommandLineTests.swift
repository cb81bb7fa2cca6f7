import Foundation
import TestSupport
import Testing

/// What is typed, and what is said to it.
@Suite("The command line")
struct CommandLineTests {
    @Test("--help and -h tell every flag and end with 0", arguments: ["--help", "-h"])
    func help(_ flag: String) async throws {
        let result = try await Site().run(flag)
        #expect(result.status == .exit(0))
        #expect(result.errors.isEmpty)
        for text in [
            "-d, --dir", "-H, --host", "-p, --port", "--hostname", "-c, --cert, --tls-certfile",
            "-k, --key, --tls-keyfile",
            "-g, --generate-cert", "-C, --cn", "-s, --san", "-D, --days", "--index-file", "--default-lang", "--charset",
            "--no-listing", "--mime", "--access-log", "--no-access-log", "--log-level", "--grace", "--max-connections",
            "--max-connections-per-address", "--handshake-timeout", "--request-timeout", "--stall-timeout",
            "-V, --version",
            "certificate", "3650", "1965", "index.gmi",
        ] {
            #expect(result.output.contains(text), "\(text)")
        }
    }

    @Test("Each subcommand has its help", arguments: ["show", "fingerprint", "generate", "renew"])
    func certificateHelp(_ subcommand: String) async throws {
        let result = try await Site().run("certificate", subcommand, "--help")
        #expect(result.status == .exit(0))
        #expect(result.output.contains("USAGE: canaveral certificate \(subcommand)"))
    }

    @Test("--version and -V print name and version", arguments: ["--version", "-V"])
    func version(_ flag: String) async throws {
        let result = try await Site().run(flag)
        #expect(result.status == .exit(0))
        #expect(result.output.wholeMatch(of: /canaveral [0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
        #expect(result.errors.isEmpty)
    }

    @Test(
        "What is wrong in what was typed is one sentence, and ends with 64",
        arguments: [
            (["--nope"], "Unknown option '--nope'"),
            (["--hots", "::1"], "Unknown option '--hots' (did you mean '--host'?)"),
            (["-p", "70000"], "'70000' is invalid for '-p <number>': it takes a port from 1 to 65535, or 0"),
            (["-p", "65536"], "it takes a port"),
            (["--port=-1"], "it takes a port"),
            (["--port", "-1"], "'-1' is invalid for '--port <number>': it takes a port"),
            (["-p", "http"], "it takes a port"),
            (["--listen", "1965"], "1965 is a port without an address: write \"127.0.0.1:1965\""),
            (["--listen", "[::1]:99999"], "99999 is no port"),
            (["--listen", "[::]:1965,0.0.0.0:1965"], "Several addresses do not go into one text: write"),
            (["--metrics", "9100"], "9100 is a port without an address"),
            (["--metrics", "unix:/m"], "it takes an address and a port"),
            (["--host", "1965"], "'1965' in --host is no address: name the port with --port."),
            (["-p"], "Missing value for '-p <number>'"),
            (["-px"], "Missing value for '-p <number>' in '-px'"),
            (["--no-listing=no"], "'--no-listing' does not take any value"),
            (["one", "two"], "Unexpected argument 'two'"),
            (["one", "--dir", "one"], "Name the folder once"),
            (["--key", "key.pem"], "--key needs --cert"),
            (["--hostname", "not a host"], "'not a host' is no host name"),
            (["--hostname", ""], "'' is no host name"),
            (["--san", "ok.example, not_ok!"], "'not_ok!' in --san"),
            (["--days", "0"], "it takes a number of days from 1 to 36500"),
            (["--days", "36501"], "it takes a number of days from 1 to 36500"),
            (["--cn", ""], "--cn takes a name"),
            (["--index-file", "../index.gmi"], "cannot be an index file"),
            (["--index-file", ".index"], "cannot be an index file"),
            (["--index-file", ".\u{301}index"], "cannot be an index file"),
            (["--index-file", "a/\u{301}index"], "cannot be an index file"),
            (["--stall-timeout", "1e-320"], "it takes a number of seconds above 0"),
            (["--mime", "gmni"], "it takes an extension, =, and a media type"),
            (["--mime", "a.b=text/plain"], "'a.b' is no file extension"),
            (["--mime", "gmni=text"], "'text' is no media type"),
            (["--charset", "utf 8"], "'utf 8' in --charset is no character set"),
            (["--default-lang", "english!"], "'english!' in --default-lang is no language tag"),
            (["--request-timeout", "5.9"], "it takes at least 6 seconds"),
            (["--request-timeout", "nan"], "it takes at least 6 seconds"),
            (["--handshake-timeout", "0"], "it takes a number of seconds above 0"),
            (["--stall-timeout", "inf"], "it takes a number of seconds above 0"),
            (["--grace=-1"], "it takes a number of seconds, 0 or more"),
            (["--grace", "-1"], "'-1' is invalid for '--grace <seconds>': it takes a number of seconds, 0 or more"),
            (["--grace", "--port", "5"], "'--port' is invalid for '--grace <seconds>'"),
            (["--max-connections", "0"], "it takes a number above 0"),
            (["--max-connections-per-address=-1"], "it takes a number, or 0"),
            (["--access-log", "log", "--no-access-log"], "exclude each other"),
            (["--log-level", "loud"], "it takes one of trace, debug, info, notice, warning, error and critical"),
            (["certificate", "show", "--port", "70000"], "it takes a port from 1 to 65535"),
            (["certificate", "show", "-p", "0"], "it takes a port from 1 to 65535"),
            (["certificate", "show", "--nope"], "see 'canaveral certificate show --help'"),
            (["certificate", "renew", "--days", "0"], "it takes a number of days from 1 to 36500"),
            (["certificate", "renew", "--key", "key.pem"], "--key needs a certificate file"),
            (
                ["certificate", "generate", "--hostname", "a b"],
                "'a b' is neither a host name, nor a pattern such as *.example.org, nor an IP address"
            ),
        ] as [([String], String)]
    )
    func usage(_ vector: (arguments: [String], message: String)) async throws {
        let result = try await Site().run(vector.arguments)
        #expect(result.status == .exit(64))
        #expect(result.output.isEmpty)
        #expect(result.sentence?.contains(vector.message) == true, "\(result.errors)")
    }

    @Test(
        "A word that is no command is told of, with what was meant",
        arguments: [
            (["chek"], "There is neither a command nor a folder 'chek': did you mean 'check'?"),
            (["chek", "foo.toml"], "There is neither a command nor a folder 'chek': did you mean 'check'?"),
            (
                ["import", "nginx", "x"],
                "'canaveral import' has no command 'nginx': name jetforce, gmid, agate or molly-brown."
            ),
            (["import", "gmdi", "x"], "'canaveral import' has no command 'gmdi' (did you mean 'gmid'?): name"),
            (["help", "nosuch"], "'canaveral' has no command 'nosuch': name serve, check,"),
            (["help", "certificate", "sow"], "'canaveral certificate' has no command 'sow' (did you mean 'show'?)"),
            (["identity", "lsit"], "'canaveral identity' has no command 'lsit' (did you mean 'list'?)"),
        ] as [([String], String)]
    )
    func unknownCommand(_ vector: (arguments: [String], message: String)) async throws {
        let result = try await Site().run(vector.arguments)
        #expect(result.status == .exit(64))
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("canaveral: \(vector.message)"), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test("A folder whose name is like a command's is served, and help of commands stays")
    func likeCommand() async throws {
        let site = try Site()
        try site.folder.makeFolder("chek")
        let served = try await site.run("chek", "--access-log", "missing/log", "-p", "0")
        #expect(served.status == .exit(78) && served.errors.contains("missing/log"), "\(served.errors)")
        for arguments in [["help"], ["help", "get"], ["help", "import", "gmid"], ["help", "certificate", "show"]] {
            let help = try await site.run(arguments)
            #expect(help.status == .exit(0) && help.output.contains("USAGE: "), "\(arguments)")
        }
    }

    @Test(
        "Control characters in what was typed are told of, and not repeated",
        arguments: [
            ["--no\u{1B}[31m\npe"], ["-p", "\u{1B}[31m\r\n"], ["--hostname", "a\u{7}b"], ["--mime", "\u{202E}"],
            ["one", "two\u{9B}31m"], ["--log-level", "\u{1B}c"],
        ]
    )
    func hostileArguments(_ arguments: [String]) async throws {
        let result = try await Site().run(arguments)
        #expect(result.status == .exit(64))
        #expect(result.sentence != nil, "\(result.errors)")
        #expect(
            result.errors.dropLast().unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 0x20 && $0.value < 0x7F }
        )
        #expect(result.errors.contains("\\u{"), "\(result.errors)")
    }

    @Test(
        "A folder that goes by a command's name is told of, and served by its path",
        arguments: [(["certificate"], 0), (["help"], 0), (["certificate", "-p", "0"], 64), (["serve", "--nope"], 64)]
            as [([String], Int32)]
    )
    func namesake(_ vector: (arguments: [String], status: Int32)) async throws {
        let site = try Site()
        let name = vector.arguments[0]
        let hint = "'\(name)' is a command here: to serve the folder of that name, name it ./\(name)"
        #expect(!(try await site.run(vector.arguments)).errors.contains(hint))
        try site.folder.makeFolder(name)
        let result = try await site.run(vector.arguments)
        #expect(result.status == .exit(vector.status))
        #expect(result.sentence?.contains(hint) == true, "\(result.errors)")
    }

    @Test("A folder by the name of the command that serves is told of when that serves another")
    func serveNamesake() async throws {
        let site = try Site()
        let hint = "'serve' is a command here: to serve the folder of that name, name it ./serve."
        try site.folder.makeFolder("serve")
        try site.folder.write("not a folder", to: "not-a-folder")
        for (arguments, isTold) in [(["serve"], true), (["serve", "capsule"], false), (["./serve"], false)] {
            let result = try await site.run(arguments + ["--state-dir", "not-a-folder"])
            #expect(result.status == .exit(78))
            #expect(result.errors.contains(hint) == isTold, "\(arguments): \(result.errors)")
        }
    }

    #if os(Linux)
    @Test(
        "A result that cannot be written is one sentence, and exit code 1",
        arguments: [
            ["--help"], ["--version"], ["help", "certificate"], ["--generate-completion-script", "bash"],
            ["certificate"],
            ["certificate", "show", "pair.pem"], ["certificate", "fingerprint", "pair.pem"],
            ["certificate", "renew", "pair.pem"], ["certificate", "generate"], ["--experimental-dump-help"],
        ]
    )
    func unwritten(_ arguments: [String]) async throws {
        let site = try Site()
        #expect(try await site.run("certificate", "generate", "pair.pem").status == .exit(0))
        let result = try await withServerSlot {
            try await site.runAlongside(arguments, wrapper: ["/bin/sh", "-c", "exec \"$@\" >/dev/full", "sh"])
        }
        #expect(result.status == .exit(1))
        #expect(result.sentence?.contains("No space left on device") == true, "\(result.errors)")
    }
    #endif

    @Test(
        "What cannot be used ends with 78, and is one sentence that names it",
        arguments: [
            (["missing"], "missing"),
            (["capsule/index.gmi"], "capsule/index.gmi"),
            (["--dir", "missing"], "missing"),
            (["capsule", "--access-log", "missing/log"], "missing/log"),
            (["capsule", "--access-log", "capsule"], "capsule"),
            (["capsule", "--state-dir", "capsule/index.gmi"], "capsule/index.gmi"),
            (["capsule", "--cert", "missing.pem"], "missing.pem"),
            (["capsule", "--cert", "capsule/index.gmi"], "capsule/index.gmi"),
            (["capsule", "--cert", "capsule"], "capsule"),
            (["capsule", "--cert", "capsule/index.gmi", "--generate-cert"], "capsule/index.gmi"),
            (["capsule", "--host", "no-such-host.invalid"], "no-such-host.invalid"),
        ] as [([String], String)]
    )
    func configuration(_ vector: (arguments: [String], name: String)) async throws {
        let result = try await Site().run(vector.arguments + ["--port", "0"])
        #expect(result.status == .exit(78))
        #expect(result.output.isEmpty)
        let sentence = try #require(result.sentence, "\(result.errors)")
        #expect(sentence.contains(vector.name), "\(sentence)")
    }

    @Test("A folder that may not be named in text is told of without its control characters")
    func hostileFolder() async throws {
        let result = try await Site().run("no\u{1B}[31m\nfolder")
        #expect(result.status == .exit(78))
        #expect(!result.errors.contains("\u{1B}"))
        #expect(result.sentence != nil, "\(result.errors)")
    }

    @Test(
        "Without a home there is nowhere to keep a certificate, and that is said",
        .enabled(if: geteuid() != 0, "The superuser has /var/lib, where a test has nothing to seek.")
    )
    func noHome() async throws {
        let result = try await Site().run(
            "capsule",
            "--port",
            "0",
            environment: ["HOME": "", "XDG_STATE_HOME": "relative"]
        )
        #expect(result.status == .exit(78))
        #expect(result.sentence?.contains("XDG_STATE_HOME") == true)
    }
}
