import CanaveralConfiguration
import Testing

@Suite("Configurations of gmid that would never end", .timeLimit(.minutes(5)))
struct GmidBoundsTests {
    private func error(_ files: [String: String]) -> String {
        var site = MemorySite(files).site(startedIn: "/etc")
        site.maximumText = 1 << 20
        do {
            _ = try GmidImport.configuration(ofFile: "/etc/gmid.conf", at: site)
            return ""
        } catch {
            return "\(error)"
        }
    }

    private func server(_ locations: some Sequence<String>) -> String {
        let blocks = locations.map { "location \"\($0)\" { block return 51 }\n" }.joined()
        return "server \"localhost\" {\ncert \"c\"\nkey \"k\"\n\(blocks)}\n"
    }

    @Test("Macros that double macros")
    func doubling() {
        var text = "m0 = \"xx\"\n"
        for index in 1..<60 { text += "m\(index) = $m\(index - 1) $m\(index - 1)\n" }
        #expect(self.error(["/etc/gmid.conf": text + self.server([])]).contains("more than 1 MiB together"))
    }

    @Test("Macros of macros, in place")
    func nested() {
        // A comment ends with its macro, and takes little time.
        var text = "m0 = \";#\(String(repeating: "x", count: 20_000))\"\n"
        for index in 1..<15 {
            let many = Array(repeating: "@m\(index - 1)", count: 100).joined(separator: " ")
            text += "m\(index) = \"\(many)\"\n"
        }
        #expect(self.error(["/etc/gmid.conf": text + "@m14\n"]).contains("more than 1 MiB together"))
    }

    @Test("A file that is too large")
    func large() {
        let large = String(repeating: "#", count: (1 << 20) + 1)
        #expect(self.error(["/etc/gmid.conf": large]).contains("cannot be read"))
        let including = "include \"large\"\n" + self.server([])
        #expect(self.error(["/etc/gmid.conf": including, "/etc/large": large]).contains("cannot be read"))
    }

    @Test("More patterns than can be compared")
    func patterns() {
        let text = self.server((0..<300).map { "*a\($0)*" })
        #expect(self.error(["/etc/gmid.conf": text]).contains("too many to find out"))
        #expect(self.error(["/etc/gmid.conf": self.server((0..<141).map { "*a\($0)*" })]) == "")
        #expect(self.error(["/etc/gmid.conf": self.server((0..<300).map { "/a\($0)/*" })]) == "")
    }

    @Test("A pattern that is hard to match")
    func hard() {
        let text = self.server(["*a*a*a*a*a*a*a*ab", "/" + String(repeating: "a", count: 60)])
        #expect(self.error(["/etc/gmid.conf": text]) == "")
    }
}
