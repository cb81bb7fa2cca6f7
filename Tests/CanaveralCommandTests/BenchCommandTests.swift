import Foundation
import TestSupport
import Testing

@Suite("canaveral bench")
struct BenchCommandTests {
    @Test("It prints a table, and ends with 0 when every request went well")
    func table() async throws {
        let site = try Site()
        try await site.serve { serving in
            let result = try await site.runAlongside([
                "bench", "gemini://localhost:\(serving.port)/", "-n", "20", "-c", "2", "--warmup", "0",
            ])
            #expect(result.status == .exit(0))
            #expect(result.errors.isEmpty)
            for text in ["20 completed, 0 failed", "Statuses      20: 20", "p50", "p99.9", "Handshake", "Total"] {
                #expect(result.output.contains(text), "\(text)\n\(result.output)")
            }
        }
    }

    @Test("--json prints one object with the figures")
    func json() async throws {
        let site = try Site()
        try await site.serve { serving in
            let result = try await site.runAlongside([
                "bench", "localhost:\(serving.port)", "--duration", "0.5", "--rate", "40", "--warmup", "0", "--resume",
                "--json",
            ])
            #expect(result.status == .exit(0))
            let object = try #require(
                JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            )
            #expect(object["completed"] as? Int == 20)
            #expect(object["failed"] as? Int == 0)
            #expect(object["due_per_second"] as? Double == 40)
            #expect((object["resumed"] as? Int ?? 0) > 0)
            let latency = try #require(object["latency_ms"] as? [String: [String: Double]])
            #expect(Set(latency.keys) == ["connect", "handshake", "first_byte", "total"])
            #expect(Set(latency["total"]?.keys ?? [:].keys) == ["p50", "p90", "p99", "p99.9", "max", "mean"])
        }
    }

    @Test("A failed request ends it with 1, and is told")
    func failure() async throws {
        let site = try Site()
        try await site.serve { serving in
            let url = "gemini://localhost:\(serving.port)/missing"
            let result = try await site.runAlongside(["bench", url, "-n", "3", "--warmup", "0"])
            #expect(result.status == .exit(1))
            #expect(result.output.contains("3 unexpected_status (The status is 51, not 20)"), "\(result.output)")

            let expecting = try await site.runAlongside(["bench", url, "-n", "3", "--warmup", "0", "--expect", "51"])
            #expect(expecting.status == .exit(0))
        }
    }

    @Test("A server that is not there is one sentence, and ends it with 1")
    func unreachable() async throws {
        let site = try Site()
        let port = try await site.serve { $0.port }
        let result = try await site.run("bench", "gemini://127.0.0.1:\(port)/")
        #expect(result.status == .exit(1))
        #expect(result.output.isEmpty)
        #expect(result.sentence?.contains("127.0.0.1:\(port)") == true, "\(result.errors)")
    }

    @Test("Hosts of others are not loaded")
    func permission() async throws {
        let result = try await Site().run("bench", "gemini://192.0.2.1/")
        #expect(result.status == .exit(1))
        #expect(result.sentence?.contains("not this machine") == true, "\(result.errors)")
    }

    @Test("Control-C ends the run, and prints what was measured", arguments: [SIGINT, SIGTERM])
    func interrupt(_ signal: Int32) async throws {
        let site = try Site()
        try await site.serve { serving in
            let terminal = try PseudoTerminal()
            let program = try Program(
                [
                    "bench", "gemini://localhost:\(serving.port)/", "-d", "600", "-c", "2", "--rate", "20", "--warmup",
                    "0",
                ],
                environment: site.environment,
                terminal: terminal
            )
            try await program.says("0 failed")
            program.send(signal)
            #expect(try await program.end() == .exit(0))
            #expect(program.errors.contains("completed, 0 failed"), "\(program.errors)")
        }
    }

    @Test(
        "What is wrong in what was typed is told first, and ends with 64",
        arguments: [
            (["localhost", "-c", "0"], "--concurrency takes a number from 1 to 100000"),
            (["localhost", "-c", "1000000000"], "--concurrency takes a number from 1 to 100000"),
            (["localhost", "-n", "0"], "--requests takes a number from 1 to 1000000000"),
            (["localhost", "-t", "0"], "--threads takes a number from 1 to 1024"),
            (["localhost", "-t", "100000"], "--threads takes a number from 1 to 1024"),
            (["localhost", "--rate", "0"], "--rate takes a number above 0"),
            (["localhost", "--duration", "nan"], "--duration takes a number above 0"),
            (["localhost", "--timeout", "-1"], "Missing value for '--timeout"),
            (["localhost", "--warmup", "inf"], "--warmup takes a number of seconds"),
            (["localhost", "--expect", "70"], "70 in --expect is no status"),
            (["localhost", "--tls", "1.1"], "'1.1' is invalid"),
            (["localhost", "--connect", "a b"], "it takes a host name or an address"),
            (["gemini://u@localhost/"], "is no URL"),
            ([], "Missing expected argument '<url>'"),
        ] as [([String], String)]
    )
    func usage(_ vector: (arguments: [String], message: String)) async throws {
        let result = try await Site().run(["bench"] + vector.arguments)
        #expect(result.status == .exit(64))
        let first = result.errors.split(separator: "\n").first.map(String.init) ?? ""
        #expect(first.contains(vector.message), "\(result.errors)")
    }
}
