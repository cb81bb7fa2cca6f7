import Foundation
import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiTLS

@Suite("Certificates in files that change")
struct FileIdentityTests {
    private static let files = (certificate: "cert.pem", key: "key.pem")

    private static func make(_ names: [String] = ["example.org"], days: Int = 100) throws -> Identity {
        try Identity.generate(names: names, days: days, at: .testing)
    }

    private static func write(_ identity: Identity, to folder: TemporaryDirectory, in subfolder: String = "") throws {
        try folder.write(identity.certificatesPEM, to: subfolder + Self.files.certificate)
        try folder.write(identity.privateKeyPEM, to: subfolder + Self.files.key)
    }

    private static func open(_ folder: TemporaryDirectory, in subfolder: String = "") throws -> FileIdentity {
        try FileIdentity(
            IdentityFiles(
                certificatePath: folder.path(subfolder + Self.files.certificate),
                keyPath: folder.path(subfolder + Self.files.key)
            ),
            at: .testing
        )
    }

    @Test("A pair that is replaced is used from the next look on, once", arguments: [true, false])
    func replaced(keepsKey: Bool) throws {
        try withTemporaryDirectory { folder in
            let old = try Self.make()
            try Self.write(old, to: folder)
            let identity = try Self.open(folder)
            #expect(identity.look(at: .testing).isUnchanged)

            let new = keepsKey ? try old.renewed(at: .testing) : try Self.make()
            try IdentityFiles(certificatePath: folder.path("cert.pem"), keyPath: folder.path("key.pem")).save(new)
            guard case .replaced(let replacement) = identity.look(at: .testing) else {
                Issue.record("the new pair is not seen")
                return
            }
            #expect(replacement.old.leaf == old.leaf)
            #expect(replacement.keepsKey == keepsKey)
            #expect(!replacement.new.warnings.contains { if case .namesDropped = $0 { true } else { false } })
            #expect(identity.current.leaf == new.leaf)
            #expect(identity.look(at: .testing).isUnchanged)
        }
    }

    @Test("Links as certbot makes them are followed to their end")
    func links() throws {
        try withTemporaryDirectory { folder in
            for number in ["1", "2"] {
                try Self.write(try Self.make(), to: folder, in: "archive\(number)/")
            }
            try folder.makeFolder("live")
            for name in [Self.files.certificate, Self.files.key] {
                try folder.link("live/\(name)", to: "../archive1/\(name)")
            }
            let identity = try Self.open(folder, in: "live/")
            let old = identity.current.leaf
            for name in [Self.files.certificate, Self.files.key] {
                try FileManager.default.removeItem(atPath: folder.path("live/\(name)"))
                try folder.link("live/\(name)", to: "../archive2/\(name)")
            }
            #expect(!identity.look(at: .testing).isUnchanged)
            #expect(identity.current.leaf != old)
        }
    }

    @Test("What is seen while it is written is not refused")
    func halfWritten() throws {
        try withTemporaryDirectory { folder in
            let old = try Self.make()
            try Self.write(old, to: folder)
            let identity = try Self.open(folder)
            let new = try Self.make()
            // The certificate bit by bit, and then the key: until the end, nothing of it is any use.
            let text = new.certificatesPEM
            for length in [0, 100, 400, text.utf8.count] {
                try folder.write(String(text.prefix(length)), to: Self.files.certificate)
                #expect(identity.look(at: .testing).isUnchanged)
                #expect(identity.current.leaf == old.leaf)
            }
            try folder.write(new.privateKeyPEM, to: Self.files.key)
            #expect(!identity.look(at: .testing).isUnchanged)
            #expect(identity.current.leaf == new.leaf)
        }
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        var error: String
        var damage: @Sendable (TemporaryDirectory) throws -> Void

        var testDescription: String { self.name }
    }

    static let faults = [
        Fault(name: "another's key", error: "does not belong to the certificate") { folder in
            try folder.write(try Self.make().privateKeyPEM, to: Self.files.key)
        },
        Fault(name: "no certificate", error: "is neither PEM nor DER") { folder in
            try folder.write("hello\n", to: Self.files.certificate)
        },
        Fault(name: "cut off", error: "damaged") { folder in
            try folder.write(String(try Self.make().certificatesPEM.prefix(300)), to: Self.files.certificate)
        },
        Fault(name: "gone", error: "There is no file") { folder in
            try FileManager.default.removeItem(atPath: folder.path(Self.files.certificate))
        },
        Fault(name: "expired", error: "expired at") { folder in
            try Self.write(
                try Identity.generate(names: ["example.org"], days: 2, at: .testing - Timestamp.days(9)),
                to: folder
            )
        },
        Fault(name: "a link to nowhere", error: "There is no file") { folder in
            try FileManager.default.removeItem(atPath: folder.path(Self.files.key))
            try folder.link(Self.files.key, to: "nowhere.pem")
        },
    ]

    @Test("A pair that cannot be used keeps the old one, and is refused once when it stays", arguments: Self.faults)
    func broken(fault: Fault) throws {
        try withTemporaryDirectory { folder in
            let old = try Self.make()
            try Self.write(old, to: folder)
            let identity = try Self.open(folder)
            try fault.damage(folder)

            let findings = (0..<4).map { _ in identity.look(at: .testing) }
            #expect(findings.map(\.isUnchanged) == [true, false, true, true])
            #expect(findings[1].refusal?.contains(fault.error) == true)
            #expect(identity.current.leaf == old.leaf)

            let new = try Self.make()
            try? FileManager.default.removeItem(atPath: folder.path(Self.files.key))
            try Self.write(new, to: folder)
            #expect(!identity.look(at: .testing).isUnchanged)
            #expect(identity.current.leaf == new.leaf)
        }
    }

    @Test("The same broken content under a new stamp is not refused again, and other content is")
    func again() throws {
        try withTemporaryDirectory { folder in
            try Self.write(try Self.make(), to: folder)
            let identity = try Self.open(folder)
            var refusals = 0
            let other = try Self.make().privateKeyPEM
            for key in [other, other, try Self.make().privateKeyPEM] {
                try folder.replace(Self.files.key, with: key)
                for _ in 0..<3 where identity.look(at: .testing).refusal != nil { refusals += 1 }
            }
            #expect(refusals == 2)
        }
    }

    @Test("What was broken and is again what it was is told of once; what nobody was told of, not at all")
    func restored() throws {
        try withTemporaryDirectory { folder in
            let old = try Self.make()
            try Self.write(old, to: folder)
            let identity = try Self.open(folder)
            for isTold in [true, false] {
                try folder.replace(Self.files.key, with: isTold ? "-" : "--")
                _ = identity.look(at: .testing)
                if isTold { #expect(identity.look(at: .testing).refusal != nil) }
                try FileManager.default.removeItem(atPath: folder.path(Self.files.key))
                try Self.write(old, to: folder)
                let findings = (0..<3).map { _ in identity.look(at: .testing) }
                #expect(findings.map(\.isRestored) == [isTold, false, false])
                #expect(identity.current.leaf == old.leaf)
            }
        }
    }

    @Test("Who asks gets an answer at once, and each time")
    func asked() throws {
        try withTemporaryDirectory { folder in
            let old = try Self.make()
            try Self.write(old, to: folder)
            let identity = try Self.open(folder)
            #expect(identity.reload(at: .testing).isUnchanged)
            try folder.write("-", to: Self.files.key)
            for _ in 0..<2 { #expect(identity.reload(at: .testing).refusal?.contains(Self.files.key) == true) }
            #expect(identity.look(at: .testing).isUnchanged)
            try Self.write(try Self.make(), to: folder)
            #expect(!identity.reload(at: .testing).isUnchanged)
            #expect(identity.current.leaf != old.leaf)
        }
    }

    @Test("One for tomorrow is used tomorrow, without another change")
    func early() throws {
        try withTemporaryDirectory { folder in
            try Self.write(try Self.make(), to: folder)
            let identity = try Self.open(folder)
            let new = try Identity.generate(names: ["example.org"], at: .testing + Timestamp.days(3))
            try Self.write(new, to: folder)
            #expect(identity.look(at: .testing).isUnchanged)
            #expect(identity.look(at: .testing).refusal?.contains("is not valid before") == true)
            #expect(identity.look(at: .testing).isUnchanged)
            #expect(!identity.look(at: .testing + Timestamp.days(3)).isUnchanged)
            #expect(identity.current.leaf == new.leaf)
        }
    }

    @Test("A new certificate for fewer names is used with a warning")
    func names() throws {
        try withTemporaryDirectory { folder in
            try Self.write(try Self.make(["example.org", "*.example.org", "192.0.2.1"]), to: folder)
            let identity = try Self.open(folder)
            try Self.write(try Self.make(["example.org", "www.example.org"]), to: folder)
            #expect(!identity.look(at: .testing).isUnchanged)
            let dropped = IdentityWarning.namesDropped(
                path: folder.path("cert.pem"),
                names: ["*.example.org", "192.0.2.1"]
            )
            #expect(identity.current.warnings.contains(dropped))
        }
    }

    @Test("A key that can no longer be read goes on with a new certificate for it, and with no other")
    func unreadableKey() throws {
        try withTemporaryDirectory { folder in
            let old = try Self.make()
            try Self.write(old, to: folder)
            let identity = try Self.open(folder)
            // What nobody can read, not even the superuser who runs the tests.
            try FileManager.default.removeItem(atPath: folder.path(Self.files.key))
            try folder.makeFolder(Self.files.key)
            let renewed = try old.renewed(at: .testing)
            try folder.write(renewed.certificatesPEM, to: Self.files.certificate)
            #expect(!identity.look(at: .testing).isUnchanged)
            #expect(identity.current.leaf == renewed.leaf)

            try folder.write(try Self.make().certificatesPEM, to: Self.files.certificate)
            #expect(identity.look(at: .testing).isUnchanged)
            #expect(identity.look(at: .testing).refusal?.contains("key.pem cannot be read (it is a folder)") == true)
            #expect(identity.current.leaf == renewed.leaf)
        }
    }

    @Test("A file that was just written may change again unnoticed, and is read again")
    func ticks() throws {
        try withTemporaryDirectory { folder in
            try Self.write(try Self.make(), to: folder)
            let stamp = FileStamp(path: folder.path("cert.pem"))
            #expect(!stamp.isSettled(at: .now))
            #expect(stamp.isSettled(at: .now + .seconds(3)))
            var watch = IdentityFilesWatch(stamp: [stamp], at: .now)
            #expect(watch.looked([stamp]) == .read)
            watch = IdentityFilesWatch(stamp: [stamp], at: .now + .seconds(3))
            #expect(watch.looked([stamp]) == .none)
        }
    }
}

extension FileIdentity.Finding {
    fileprivate var isUnchanged: Bool {
        if case .unchanged = self { true } else { false }
    }

    fileprivate var isRestored: Bool {
        if case .restored = self { true } else { false }
    }

    fileprivate var refusal: String? {
        if case .refused(let error) = self { "\(error)" } else { nil }
    }
}
