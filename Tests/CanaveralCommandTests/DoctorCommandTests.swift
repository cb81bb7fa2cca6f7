import Foundation
import TestSupport
import Testing

@Suite("canaveral doctor", .timeLimit(.minutes(10)))
struct DoctorCommandTests {
    @Test("On canaveral itself it is clean, in full: that is exit code 0")
    func clean() async throws {
        let site = try Site(["index.gmi": "# Home\n=> folder/ A folder\n", "folder/index.gmi": "# A folder\n"])
        try await site.serve(alone: true) { serving in
            let result = try await site.runAlongside(["doctor", "gemini://localhost:\(serving.port)/"])
            #expect(result.status == .exit(0), "\(result.output)")
            #expect(result.errors.isEmpty)
            #expect(result.output.contains("0 violations, 0 warnings."))
        }
    }

    @Test("Only some checks, as JSON, at an address of one's choice")
    func json() async throws {
        let site = try Site()
        try await site.serve { serving in
            let result = try await site.runAlongside([
                "doctor", "--json", "--only", "gp-045", "--only", "userinfo", "--skip", "DA-04",
                "--connect", "127.0.0.1:\(serving.port)", "localhost:\(serving.port)/",
            ])
            #expect(result.status == .exit(0))
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            let checks = try #require(object?["checks"] as? [[String: Any]])
            #expect(checks.map { $0["id"] as? String } == ["fragment"])
            #expect(object?["address"] as? String == "127.0.0.1:\(serving.port)")
        }
    }

    @Test("A violation is exit code 1, and its remedy is told")
    func violation() async throws {
        let site = try Site()
        try site.folder.write(Array("# Caf".utf8) + [0xE9, 0x0A], to: "capsule/index.gmi")
        try await site.serve { serving in
            let result = try await site.runAlongside([
                "doctor", "--only", "home-page", "gemini://localhost:\(serving.port)/",
            ])
            #expect(result.status == .exit(1))
            #expect(result.output.contains("violation: The home page is not UTF-8"))
            #expect(result.output.contains(#"came: 20 text/gemini\r\n# Caf\xe9\n"#))
            #expect(result.output.contains("mend: Save the page as UTF-8"))
            #expect(result.errors.isEmpty)
        }
    }

    @Test("A warning is exit code 0")
    func warning() async throws {
        let site = try Site(["index.gmi": "# Home"])
        try await site.serve { serving in
            let result = try await site.runAlongside([
                "doctor", "--only", "home-page", "gemini://localhost:\(serving.port)/",
            ])
            #expect(result.status == .exit(0))
            #expect(result.output.contains("warning: The last line of the home page has no end."))
        }
    }

    @Test("On a terminal there are colours and a line that tells how far it is, and with NO_COLOR there are none")
    func terminal() async throws {
        let site = try Site()
        try await site.serve { serving in
            for isColoured in [true, false] {
                let terminal = try PseudoTerminal()
                let program = try Program(
                    ["doctor", "--only", "home-page", "gemini://localhost:\(serving.port)/"],
                    environment: site.environment.merging(isColoured ? [:] : ["NO_COLOR": "1"]) { $1 },
                    terminal: terminal
                )
                #expect(try await program.end() == .exit(0))
                #expect(program.errors.contains("0 of 1: The home page is gemtext in good form"))
                #expect(program.errors.contains("\u{1B}[32m0 violations, 0 warnings\u{1B}[0m.") == isColoured)
            }
        }
    }

    @Test("What cannot be reached is exit code 1 and one sentence")
    func unreachable() async throws {
        let result = try await Site().run("doctor", "--timeout", "2", "gemini://127.0.0.1:1/")
        #expect(result.status == .exit(1))
        #expect(result.output.isEmpty)
        #expect(result.sentence?.hasPrefix("The server cannot be examined: 127.0.0.1:1: ") == true, "\(result.errors)")
    }

    @Test("--list names every check and its rows, and which are left out gently")
    func list() async throws {
        let result = try await Site().run("doctor", "--list")
        #expect(result.status == .exit(0))
        let lines = result.output.split(separator: "\n")
        #expect(lines.count > 50)
        #expect(lines.contains { $0.hasPrefix("fragment ") && $0.hasSuffix("[GP-045 DA-03]") })
        #expect(lines.contains { $0.hasPrefix("traversal ") && $0.hasSuffix("(not gently)") })
    }

    @Test(
        "What cannot be meant is exit code 64",
        arguments: [
            ["doctor"], ["doctor", "https://localhost/"], ["doctor", "--only", "GP-999", "gemini://localhost/"],
            ["doctor", "--timeout", "0", "gemini://localhost/"], ["doctor", "--connect", "a b", "gemini://localhost/"],
        ]
    )
    func usage(_ arguments: [String]) async throws {
        let result = try await Site().run(arguments)
        #expect(result.status == .exit(64))
        #expect(result.output.isEmpty)
    }
}
