import Foundation
import GeminiGateway
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@Suite("CGI: programs and their responses")
struct CGITests {
    @Test("CG-01: the shortest part of the path that is a program is it, and the rest its PATH_INFO")
    func paths() async throws {
        let folder = try CGIFolder()
        try folder.script("debug.sh", #"printf '20 text/plain\n%s|%s' "$SCRIPT_NAME" "$PATH_INFO""#)
        try folder.script("deep/down/x", #"printf '20 text/plain\n%s|%s' "$SCRIPT_NAME" "$PATH_INFO""#)
        let cgi = try folder.responder()
        for (path, expected) in [
            ("debug.sh", "/cgi-bin/debug.sh|"), ("debug.sh/", "/cgi-bin/debug.sh|/"),
            ("debug.sh/extra/info/", "/cgi-bin/debug.sh|/extra/info/"),
            ("debug.sh/.hidden", "/cgi-bin/debug.sh|/.hidden"),
            ("%64ebug.sh//a", "/cgi-bin/debug.sh|/a"), ("deep/down/x/y", "/cgi-bin/deep/down/x|/y"),
            ("deep//down//x", "/cgi-bin/deep/down/x|"),
        ] {
            let (header, body) = try await cgi.answer("gemini://localhost/cgi-bin/\(path)")
            #expect(header == "20 text/plain", "\(folder.log.messages.map(\.text))")
            #expect(body.text == expected)
            #expect(body.isWhole)
        }
    }

    @Test("CG-01: a program that may not be run is 51, and told of once")
    func notExecutable() async throws {
        let folder = try CGIFolder()
        try folder.script("deep/forgotten", "echo '20 text/plain'", mode: 0o644)
        let cgi = try folder.responder()
        for path in ["deep/forgotten", "deep/forgotten/more", "deep/none", "deep"] {
            #expect(try await cgi.answer("gemini://localhost/cgi-bin/\(path)").header == "51 Not found")
        }
        let path = folder.files.path("deep/forgotten")
        #expect(
            folder.log.messages.map(\.text).filter { $0.contains("may not be run") } == [
                "\(path) is in a folder of programs and may not be run, which is answered with 51: 'chmod a+x' lets it."
            ]
        )
    }

    @Test("CG-01: nothing of the folder is shown but what programs print")
    func hidden() async throws {
        let folder = try CGIFolder()
        try folder.script("source.sh", "echo '20 text/plain'; echo SECRET", mode: 0o644)
        try folder.script(".hidden.sh", "echo '20 text/plain'; echo SECRET")
        try folder.script(".dir/x.sh", "echo '20 text/plain'; echo SECRET")
        let outside = try TemporaryDirectory()
        let path = try outside.write("#!/bin/sh\necho '20 text/plain'; echo SECRET\n", to: "out.sh")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        try folder.files.link("link.sh", to: path)
        try folder.files.link("outside", to: outside.path)
        let cgi = try folder.responder()
        for path in [
            "", "source.sh", "source.sh/x", ".hidden.sh", "%2ehidden.sh", ".dir/x.sh", "link.sh", "outside/out.sh",
            "none", "none/x", "..%2f..%2fetc/passwd", "a%00b",
        ] {
            guard let request = try? gatewayRequest("gemini://localhost/cgi-bin/\(path)", basePath: "/cgi-bin") else {
                continue
            }
            let response = try await cgi.respond(to: request)
            #expect(response.status == .notFound, "\(path)")
            #expect(await response.collected().text == "", "\(path)")
        }
        try folder.files.link("inside.sh", to: "ok.sh")
        try folder.script("ok.sh", "echo '20 text/plain'; echo fine")
        #expect(try await cgi.answer("gemini://localhost/cgi-bin/inside.sh").body.text == "fine\n")
    }

    @Test("A path that a program cannot be given is refused")
    func badPath() async throws {
        let folder = try CGIFolder()
        try folder.script("x", "echo '20 text/plain'")
        let cgi = try folder.responder()
        #expect(try await cgi.answer("gemini://h/cgi-bin/x/a%0Ab").header.hasPrefix("59 "))
        #expect(try await cgi.answer("gemini://h/cgi-bin/x/..%2f..").header.hasPrefix("51 "))
    }

    @Test(
        "CG-03: what is no response is 42, and the log says why",
        arguments: [
            ("exit 0", "It printed nothing"),
            ("exit 3", "exit code 3"),
            ("printf '20 text/pl'; exit 1", "exit code 1"),
            ("printf '20 text/pl'", "within its first line"),
            ("kill -SEGV $$", "signal 11"),
            ("echo garbage", "not a status"),
            ("head -c 100000 /dev/zero", "not a status"),
            ("echo '25 odd'", "status 25"),
            ("echo 20", "bare 20"),
            ("printf '40 '; head -c 5000 /dev/zero | tr '\\0' x", "longer than"),
        ]
    )
    func wrong(script: String, reason: String) async throws {
        let folder = try CGIFolder()
        try folder.script("x", script)
        let (header, body) = try await folder.responder().answer("gemini://h/cgi-bin/x")
        #expect(header == "42 CGI error")
        #expect(body.text == "")
        #expect(folder.log.messages.contains { $0.text.contains(reason) }, "\(folder.log.messages.map(\.text))")
    }

    @Test("CG-05, GP-078: refusals, bare or with a body that is dropped, whatever the exit code")
    func refusals() async throws {
        let folder = try CGIFolder()
        try folder.script("bare", "echo 51")
        try folder.script("body", "echo '30 /elsewhere'; echo body")
        try folder.script("code", "echo '60 Who are you?'; exit 1")
        let cgi = try folder.responder()
        #expect(try await cgi.answer("gemini://h/cgi-bin/bare").header == "51 Not found")
        let (header, body) = try await cgi.answer("gemini://h/cgi-bin/body")
        #expect(header == "30 /elsewhere")
        #expect(body.text == "")
        #expect(try await cgi.answer("gemini://h/cgi-bin/code").header == "60 Who are you?")
    }

    @Test("CG-04, GP-011: a run that fails behind its header is not a whole response")
    func diesLate() async throws {
        let folder = try CGIFolder()
        try folder.script("code", "echo '20 text/plain'; echo half; exit 1")
        try folder.script("signal", "echo '20 text/plain'; echo half; kill -KILL $$")
        let cgi = try folder.responder()
        for name in ["code", "signal"] {
            let (header, body) = try await cgi.answer("gemini://h/cgi-bin/\(name)")
            #expect(header == "20 text/plain")
            #expect(body.text == "half\n")
            #expect(!body.isWhole)
        }
    }

    @Test("What cannot be started is 42, and the log says why")
    func unstartable() async throws {
        let folder = try CGIFolder()
        try folder.file("interpreter", "#!/nowhere/at/all\n")
        try folder.file("text", "This is no program.\n")
        try folder.file("broken", "\u{7F}ELF and nothing else\n")
        let cgi = try folder.responder()
        for name in ["interpreter", "text", "broken"] {
            #expect(try await cgi.answer("gemini://h/cgi-bin/\(name)").header == "42 CGI error")
        }
        #expect(folder.log.messages.count { $0.text.contains("cannot be started") } == 3)
    }

    @Test(
        "Where the interpreter is missing, the log names it and the host",
        arguments: [
            ("#!/nowhere/at/all -x\n", "its interpreter /nowhere/at/all is not on this machine, or cannot be reached."),
            (
                "#! /bin/sh\r\nexit\r\n",
                "its first line ends with CR and LF, so that no interpreter '/bin/sh\\r' is found: end its lines with LF alone."
            ),
            ("This is no program.\n", "it is neither a program of this machine nor begins with #! and an interpreter."),
        ]
    )
    func missingInterpreter(_ content: String, _ reason: String) async throws {
        let folder = try CGIFolder()
        try folder.file("x", content)
        #expect(try await folder.responder().answer("gemini://h.example/cgi-bin/x").header == "42 CGI error")
        let message = try #require(folder.log.messages.first)
        #expect(message.text == "/cgi-bin/x: The program cannot be started: \(reason)")
        #expect(message.metadata["gemini.host"].map { "\($0)" } == "h.example")
    }

    @Test("What a program prints to standard error is logged with the host")
    func standardErrorOfHost() async throws {
        let folder = try CGIFolder()
        try folder.script("x", "echo oops >&2; printf '20 text/plain\\n'")
        _ = try await folder.responder().answer("gemini://h.example/cgi-bin/x")
        _ = await eventually { folder.log.contains("says: oops") }
        let message = try #require(folder.log.messages.first { $0.text.contains("oops") })
        #expect(message.text == "/cgi-bin/x says: oops")
        #expect(message.metadata["gemini.host"].map { "\($0)" } == "h.example")
    }

    @Test("A program of the machine runs, in its own folder")
    func binary() async throws {
        let folder = try CGIFolder()
        let env = try #require(
            ["/usr/bin/env", "/bin/env"].first(where: FileManager.default.isExecutableFile(atPath:))
        )
        try FileManager.default.copyItem(atPath: env, toPath: folder.files.path("env"))
        try folder.script("sub/where", "printf '20 text/plain\\n'; pwd -P; echo $0; ls")
        let cgi = try folder.responder()
        // It prints no header, but it prints: that is garbage, and no failure to start.
        #expect(try await cgi.answer("gemini://h/cgi-bin/env").header == "42 CGI error")
        #expect(folder.log.contains("The output is no response"))
        let place = try #require(
            realpath(folder.files.path("sub"), nil).map { pointer in
                defer { free(pointer) }
                return String(cString: pointer)
            }
        )
        let body = try await cgi.answer("gemini://h/cgi-bin/sub/where").body.text
        #expect(body == "\(place)\n\(folder.files.path)/sub/where\nwhere\n")
    }

    @Test("CG-07: standard input is empty for a request to read")
    func emptyInput() async throws {
        let folder = try CGIFolder()
        try folder.script("x", "echo '20 text/plain'; cat; echo end")
        #expect(try await folder.responder().answer("gemini://h/cgi-bin/x").body.text == "end\n")
    }

    @Test("The environment is the request's, an allow-list and what the operator adds")
    func environment() async throws {
        setenv("CANAVERAL_TEST_SECRET", "secret", 1)
        setenv("CANAVERAL_TEST_SHARED", "shared", 1)
        var folder = try CGIFolder()
        folder.options.style = .jetforce
        folder.options.inheritedVariables = ["PATH", "CANAVERAL_TEST_SHARED"]
        folder.options.environment = ["MORE": "of it", "SERVER_PROTOCOL": "HTTP/1.1"]
        try folder.script("x", "echo '20 text/plain'; env | sort")
        let body = try await folder.responder().answer("gemini://h/cgi-bin/x?a%20b").body.text
        let names = body.split(separator: "\n").compactMap { $0.split(separator: "=").first.map(String.init) }
        let shells = ["PWD", "OLDPWD", "SHLVL", "_"]
        #expect(
            Set(names).subtracting(shells) == [
                "GATEWAY_INTERFACE", "GEMINI_URL", "HOSTNAME", "PATH_INFO", "QUERY_STRING", "REMOTE_ADDR",
                "REMOTE_HOST",
                "SCRIPT_NAME", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SERVER_SOFTWARE", "TLS_CIPHER",
                "TLS_VERSION", "PATH", "CANAVERAL_TEST_SHARED", "MORE",
            ]
        )
        #expect(body.contains("MORE=of it\n"))
        #expect(body.contains("SERVER_PROTOCOL=GEMINI\n"))
        #expect(body.contains("QUERY_STRING=a%20b\n"))
    }

    @Test("The log gets standard error, escaped and no more than so much of it; the rest holds nothing up")
    func standardError() async throws {
        let folder = try CGIFolder()
        try folder.script(
            "x",
            """
            printf 'first\\033[2J line\\n' >&2
            head -c 5000000 /dev/zero | tr '\\0' e >&2
            echo '20 text/plain'; echo fine
            """
        )
        let (_, body) = try await folder.responder().answer("gemini://h/cgi-bin/x")
        #expect(body.text == "fine\n")
        #expect(await eventually { folder.log.contains("dropped") })
        #expect(folder.log.contains("/cgi-bin/x says: first\\x1B[2J line"))
        #expect(folder.log.messages.reduce(0) { $0 + $1.text.utf8.count } < 20_000)
    }

    @Test("A folder that is not there is one sentence")
    func noFolder() {
        let error = #expect(throws: CGIError.self) { try CGI(in: "/nowhere/at/all") }
        #expect(error?.description.hasPrefix("The folder of programs cannot be opened") == true)
    }
}
