import TestSupport
import Testing

@testable import CanaveralService

/// What rules allow, and what they do not.
@Suite("Sandbox rules")
struct SandboxRulesTests {
    @Test(
        "Folders that hold one kind of thing are those that somebody made for it",
        arguments: [
            ("/srv", true), ("/srv/gemini", true), ("/home/me/capsules", true), ("/etc/canaveral", true),
            ("/var/lib/canaveral", true), ("/", false), ("/etc", false), ("/tmp", false), ("/var", false),
            ("/home", false), ("/home/me", false), ("/Users/me", false), ("/root", false),
        ]
    )
    func kinds(_ vector: (folder: String, holdsOneKind: Bool)) {
        #expect(SandboxRules.holdsOneKind(vector.folder, home: nil) == vector.holdsOneKind)
    }

    @Test("A home is not opened for what takes the place of a folder in it")
    func home() throws {
        let folder = try TemporaryDirectory()
        try folder.makeFolder("me/capsule")
        #expect(!SandboxRules.holdsOneKind(folder.path("me"), home: folder.path("me/../me")))
        #expect(SandboxRules.holdsOneKind(folder.path("me"), home: "/nowhere"))
        var rules = SandboxRules()
        rules.serve("/capsule")
        #expect(
            rules.remarks == [
                "The sandbox is closed for what takes the place of /capsule, because it would have to be open for all of /: restart the server then."
            ]
        )
    }

    @Test("A reload that wants more than the sandbox has is told what")
    func coverage() throws {
        let folder = try TemporaryDirectory()
        for name in ["a/root/new", "b/root", "state"] { try folder.makeFolder(name) }
        try folder.link("link", to: "a/root/new")
        var closed = SandboxRules()
        closed.read(folder.path("a/root"))
        closed.write(folder.path("state"))
        closed.bindPorts = [1965]
        closed.connectPorts = [4000]

        var same = SandboxRules()
        same.read(folder.path("link"))
        same.read(folder.path("state"))
        same.bindPorts = [1965]
        same.connectPorts = []
        #expect(same.uncovered(by: closed) == [])

        var more = same
        more.read(folder.path("b/root"))
        more.write(folder.path("a/root"))
        more.bindPorts = [1965, 1966]
        more.connectPorts = nil
        #expect(
            more.uncovered(by: closed) == [
                "The sandbox is closed for \(folder.path("b/root")): restart the server to open it.",
                "The sandbox is closed for \(folder.path("a/root")): restart the server to open it.",
                "The sandbox is closed for listening on port 1966: restart the server to open it.",
                "The sandbox is closed for connecting to any port: restart the server to open it.",
            ]
        )
        closed.bindPorts = nil
        closed.connectPorts = nil
        #expect(more.uncovered(by: closed).count == 2)
    }

    @Test("Programs have the whole network, and the domain name system is there for who looks up names")
    func openPorts() {
        var rules = SandboxRules()
        rules.resolveNames()
        rules.connectPorts = [4000]
        #expect(rules.openPorts.connect == [53, 4000] && rules.openPorts.bind == [])
        rules.runPrograms(system: [], devices: [], readable: [], writable: [])
        rules.connectPorts = [4000]
        #expect(rules.openPorts.connect == nil && rules.openPorts.bind == nil)
    }
}
