import Foundation
import TestSupport
import Testing

@testable import CanaveralConfiguration

@Suite("What stands where a server is to write")
struct CheckedKindsTests {
    private static let host = "[[host]]\nname = \"localhost\"\nroot = \"root\"\n"

    private func site() throws -> ConfiguredSite {
        let site = try ConfiguredSite(["file": "text"])
        try site.folder.makeFolder("folder")
        #expect(mkfifo(site.folder.path("fifo"), 0o600) == 0)
        return site
    }

    @Test(
        "A state directory that is none is an error",
        arguments: [
            ("fifo", "f:1: state-directory: fifo is not a folder"),
            ("/dev/null", "f:1: state-directory: /dev/null is not a folder"),
            ("file", "f:1: state-directory: file is not a folder"),
            ("file/state", "f:1: state-directory: file/state cannot be made"), ("folder", nil), ("new", nil),
        ]
    )
    func state(_ path: String, _ expected: String?) throws {
        for isSuperuser in [false, true] {
            let text = "state-directory = \"\(path)\"\n" + Self.host
            let problems = try self.site().problems(of: text, isSuperuser: isSuperuser)
                .filter { $0.contains("f:1: state-directory") }
            // The folder of the test may be one that root would not use.
            guard expected != nil || !isSuperuser else { continue }
            #expect(problems.count == (expected == nil ? 0 : 1), "\(problems)")
            if let expected { #expect(problems.first?.hasPrefix(expected) == true, "\(problems)") }
        }
    }

    @Test("A state directory that nobody needs is nobody's business")
    func unneeded() throws {
        let text =
            "state-directory = \"/dev/null\"\n[[host]]\nname = \"localhost\"\npass-through = \"127.0.0.1:1966\"\n"
        #expect(try self.site().problems(of: text).allSatisfy { !$0.contains("state-directory") })
    }

    @Test(
        "An access log that cannot be a file's is told",
        arguments: [
            ("folder", "f:1: log.access: folder is a folder"), ("fifo", "f:1: warning: log.access: fifo is a FIFO"),
            ("file", nil), ("new", nil),
        ]
    )
    func log(_ path: String, _ expected: String?) throws {
        let problems = try self.site().problems(of: "log.access = \"\(path)\"\n" + Self.host)
            .filter { $0.contains("log.access") }
        #expect(problems.count == (expected == nil ? 0 : 1), "\(problems)")
        if let expected { #expect(problems.first?.hasPrefix(expected) == true, "\(problems)") }
    }
}
