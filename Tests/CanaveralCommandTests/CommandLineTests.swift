import Foundation
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
        "What is wrong in what was typed is told first, and ends with 64",
        arguments: [
            (["--nope"], "Unknown option '--nope'"),
            (["-p", "70000"], "70000 is no port"),
            (["-p", "65536"], "65536 is no port"),
            (["--port=-1"], "-1 is no port"),
            (["-p", "http"], "'http' is invalid"),
            (["one", "two"], "Unexpected argument 'two'"),
            (["one", "--dir", "one"], "Name the folder once"),
            (["--key", "key.pem"], "--key needs --cert"),
            (["--hostname", "not a host"], "'not a host' is no host name"),
            (["--hostname", ""], "'' is no host name"),
            (["--san", "ok.example, not_ok!"], "'not_ok!' in --san"),
            (["--days", "0"], "--days takes a number from 1 to 36500"),
            (["--days", "36501"], "--days takes a number from 1 to 36500"),
            (["--cn", ""], "--cn takes a name"),
            (["--index-file", "../index.gmi"], "cannot be an index file"),
            (["--index-file", ".index"], "cannot be an index file"),
            (["--mime", "gmni"], "is no --mime"),
            (["--mime", "a.b=text/plain"], "'a.b' is no file extension"),
            (["--mime", "gmni=text"], "'text' is no media type"),
            (["--charset", "utf 8"], "'utf 8' in --charset is no character set"),
            (["--default-lang", "english!"], "'english!' in --default-lang is no language tag"),
            (["--request-timeout", "5.9"], "--request-timeout takes at least 6 seconds"),
            (["--request-timeout", "nan"], "--request-timeout takes at least 6 seconds"),
            (["--handshake-timeout", "0"], "--handshake-timeout takes a number of seconds above 0"),
            (["--stall-timeout", "inf"], "--stall-timeout takes a number of seconds above 0"),
            (["--grace=-1"], "--grace takes a number of seconds, 0 or more"),
            (["--max-connections", "0"], "--max-connections takes a number above 0"),
            (["--max-connections-per-address=-1"], "--max-connections-per-address takes a number, or 0"),
            (["--access-log", "log", "--no-access-log"], "exclude each other"),
            (["--log-level", "loud"], "'loud' is invalid"),
            (["certificate", "show", "--port", "70000"], "'70000' is invalid"),
            (["certificate", "renew", "--days", "0"], "--days takes a number from 1 to 36500"),
            (["certificate", "renew", "--key", "key.pem"], "--key needs a certificate file"),
            (["certificate", "generate", "--hostname", "a b"], "'a b' is neither a host name nor an IP address"),
        ] as [([String], String)]
    )
    func usage(_ vector: (arguments: [String], message: String)) async throws {
        let result = try await Site().run(vector.arguments)
        #expect(result.status == .exit(64))
        #expect(result.output.isEmpty)
        let first = result.errors.split(separator: "\n").first.map(String.init) ?? ""
        #expect(first.hasPrefix("Error: ") && first.contains(vector.message), "\(result.errors)")
        #expect(!first.hasSuffix(".."), "\(first)")
    }

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
