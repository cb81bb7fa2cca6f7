import CanaveralConfiguration
import Foundation
import GeminiProtocol
import TestSupport
import Testing

/// gmid's files by chance, with addresses that hold one another and answers that clients would misread.
@Suite("What is imported from gmid can be served")
struct GmidServableTests {
    private static let addresses = ["*", "::", "::1", "0.0.0.0", "127.0.0.1", "localhost", "192.0.2.1", "2001:db8::1"]
    private static let patterns = ["*", "/a/*", "/a/b/*", "*.gmi", "/a/x.gmi", "/[ab]/*", "/*/c", "/"]
    private static let texts = [
        "", " \"\"", " \"soon\"", " \"5\"", " \"0\"", " \"99999999999\"", " \"gone, really\"", " \"/three%p\"",
        " \"gemini://%N:%P/x?%q\"", " \"%q\"", " \"é\"", " \"a b\"", " \"\u{7}\"",
    ]
    private static let codes = Array(10..<20) + Array(30..<70) + [44, 44, 44, 44]

    private static func server(_ name: String, using generator: inout SeededGenerator) -> String {
        var lines = ["cert \"/id.pem\"", "key \"/id.pem\"", "root \"/r\""]
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            let port = ["", " port 1965", " port 1966"].randomElement(using: &generator) ?? ""
            let header = Int.random(in: 0..<6, using: &generator) == 0 ? " proxy-v1" : ""
            lines.append("listen on \(self.addresses.randomElement(using: &generator) ?? "*")\(port)\(header)")
        }
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let code = self.codes.randomElement(using: &generator) ?? 44
            var text = self.texts.randomElement(using: &generator) ?? ""
            if 30..<40 ~= code, text.isEmpty { text = " \"/x\"" }
            let pattern = self.patterns.randomElement(using: &generator) ?? "*"
            lines.append("location \"\(pattern)\" { block return \(code)\(text) }")
        }
        return "server \"\(name)\" {\n\(lines.joined(separator: "\n"))\n}\n"
    }

    @Test("Whatever it prints, the reader and what builds a server of it have nothing against it")
    func servable() throws {
        let folder = try TemporaryDirectory()
        try folder.makeFolder("r")
        let identity = try TestIdentity(.p256)
        try folder.write(identity.pem, to: "id.pem")
        let now = Timestamp(secondsSinceEpoch: Int64(Date.now.timeIntervalSince1970))
        for seed in 0..<300 {
            var generator = SeededGenerator(state: UInt64(seed))
            let names = ["a.example", "b.example", "*.c.example"].prefix(Int.random(in: 1...3, using: &generator))
            let text = names.map { Self.server($0, using: &generator) }.joined()
            let site = MemorySite(["/gmid.conf": text]).site(startedIn: "/")
            let imported = try GmidImport.configuration(ofFile: "/gmid.conf", at: site)
            let printed = imported.document.description
                .replacing("\"/id.pem\"", with: "\"\(folder.path)/id.pem\"")
                .replacing("\"/r\"", with: "\"\(folder.path)/r\"")
            do throws(InvalidConfiguration) {
                let configuration = try Configuration.parse(printed, folder: folder.path).configuration
                let check = ConfigurationCheck(configuration, file: nil, now: now, isSuperuser: false)
                let problems = check.problems().filter { $0.severity == .error }
                #expect(problems.isEmpty, "\(problems) of\n\(text)\nin\n\(printed)")
            } catch {
                Issue.record("\(error.problems) of\n\(text)\nin\n\(printed)")
            }
        }
    }

    private static func imported(_ servers: String) throws -> ImportedConfiguration {
        let site = MemorySite(["/etc/gmid.conf": servers]).site(startedIn: "/etc")
        return try GmidImport.configuration(ofFile: "gmid.conf", at: site)
    }

    @Test("An address that another one has is left out, and listed")
    func heldAddress() throws {
        let files = "cert \"/c\"\nkey \"/k\"\nroot \"/r\""
        let imported = try Self.imported(
            "server \"a.example\" {\nlisten on * port 1965\n\(files)\n}\nserver \"b.example\" {\nlisten on ::1\n\(files)\n}"
        )
        #expect(imported.document.top["listen"] == .array([.string("0.0.0.0:1965"), .string("[::]:1965")]))
        #expect(
            imported.leftovers.contains {
                "\($0)"
                    == "gmid.conf:8: listen on [::1]:1965: it is one of the addresses of [::]:1965, which nobody can listen on besides: it is left out."
            },
            "\(imported.leftovers)"
        )
    }

    @Test("An answer that clients would misread is another one, and listed")
    func slowDown() throws {
        func answers(_ block: String) throws -> (answers: [ConfigurationDocument.Value?], leftovers: [String]) {
            let imported = try Self.imported(
                "server \"a.example\" {\ncert \"/c\"\nkey \"/k\"\nroot \"/r\"\nlocation \"/x/*\" { block return \(block) }\n}"
            )
            let host = try #require(imported.document.top.elements("host").first)
            return (host.elements("location").map { $0["answer"] }, imported.leftovers.map(\.option))
        }
        #expect(try answers("44 \"soon\"") == ([.string("41 soon")], ["block return 44 \"soon\""]))
        #expect(try answers("44 \"60\"") == ([.string("44 60")], []))
        #expect(try answers("45 \"what?\"") == ([.string("40 temporary failure")], ["block return 45 \"what?\""]))
    }
}
