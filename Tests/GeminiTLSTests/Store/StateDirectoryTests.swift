import Foundation
import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiTLS

@Suite("The state directory")
struct StateDirectoryTests {
    private static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("What is saved is loaded; the folders are 0700 and the file 0600, whatever the umask")
    func roundTrip() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("a/b/state"))
            #expect(try state.load("example.org", at: .testing) == nil)
            #expect(try state.paths().isEmpty)
            let identity = try Identity.generate(names: ["example.org"], at: .testing)
            try state.save(identity, for: "example.org")
            let loaded = try #require(try state.load("EXAMPLE.org", at: .testing))
            #expect(loaded.certificates == identity.certificates)
            #expect(loaded.privateKey.pkcs8 == identity.privateKey.pkcs8)
            #expect(loaded.warnings.isEmpty)
            #expect(try state.load("other.example", at: .testing) == nil)
            #expect(try state.paths() == [state.path(for: "example.org")])
            for path in ["a", "a/b", "a/b/state"] {
                #expect(try Self.mode(folder.path(path)) == 0o700)
            }
            #expect(try Self.mode(state.path(for: "example.org")) == 0o600)
        }
    }

    @Test("The file is PEM that other tools read: the certificate, then the key")
    func content() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path)
            chmod(folder.path, 0o700)
            try state.save(try Identity.generate(names: ["a"], at: .testing), for: "a")
            let file = try CertificateFile(path: state.path(for: "a"))
            #expect(PEMBlock.blocks(in: file.bytes).map { $0.label } == ["CERTIFICATE", "PRIVATE KEY"])
        }
    }

    @Test("A folder or a file that others may write to is refused", arguments: [0o770, 0o707, 0o722] as [UInt32])
    func writable(_ mode: UInt32) throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            let identity = try Identity.generate(names: ["a"], at: .testing)
            try state.save(identity, for: "a")

            chmod(state.path(for: "a"), mode_t(mode))
            let file = IdentityError.writableByOthers(path: state.path(for: "a"), mode: mode)
            #expect(throws: file) { try state.load("a", at: .testing) }
            #expect(throws: file) { try state.identity(for: ["a"], at: .testing) }

            chmod(state.path, mode_t(mode))
            let error = IdentityError.writableByOthers(path: state.path, mode: mode)
            #expect(throws: error) { try state.load("a", at: .testing) }
            #expect(throws: error) { try state.save(identity, for: "a") }
            #expect(throws: error) { try state.identity(for: ["a"], at: .testing) }
        }
    }

    @Test("A folder that others may enter is used, as systemd makes it; a key that they can read is a warning")
    func readable() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            try state.save(try Identity.generate(names: ["a"], at: .testing), for: "a")
            chmod(state.path, 0o755)
            #expect(try state.load("a", at: .testing)?.warnings.isEmpty == true)
            let path = state.path(for: "a")
            chmod(path, 0o640)
            #expect(try state.load("a", at: .testing)?.warnings == [.keyReadableByOthers(path: path, mode: 0o640)])
        }
    }

    @Test(
        "A folder or a file of somebody else is refused",
        .enabled(if: geteuid() == 0, "only the superuser gives files away")
    )
    func foreign() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            let identity = try Identity.generate(names: ["a"], at: .testing)
            try state.save(identity, for: "a")

            try #require(chown(state.path(for: "a"), 12_345, 12_345) == 0)
            #expect(throws: IdentityError.foreignOwner(path: state.path(for: "a"), owner: 12_345)) {
                try state.load("a", at: .testing)
            }
            try #require(chown(state.path, 12_345, 12_345) == 0)
            #expect(throws: IdentityError.foreignOwner(path: state.path, owner: 12_345)) {
                try state.save(identity, for: "a")
            }
            // A server that is about to become that user was it before.
            var own = state
            own.owner = 12_345
            #expect(try own.load("a", at: .testing) != nil)
            #expect(try own.identity(for: ["a"], at: .testing).action == .loaded)
        }
    }

    @Test("A link or a folder in the place of a host's file is not followed")
    func link() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            try state.save(try Identity.generate(names: ["a"], at: .testing), for: "a")
            try #require(symlink(state.path(for: "a"), state.path(for: "b")) == 0)
            try #require(mkdir(state.path(for: "c"), 0o700) == 0)
            for name in ["b", "c"] {
                #expect { try state.load(name, at: .testing) } throws: { error in
                    guard case .unreadable(state.path(for: name), _) = error as? IdentityError else { return false }
                    return true
                }
            }
        }
    }

    @Test("A file in the place of the folder")
    func notAFolder() throws {
        try withTemporaryDirectory { folder in
            let path = try folder.write("x", to: "state")
            #expect(throws: IdentityError.unreadable(path: path, reason: SystemError.text(ENOTDIR))) {
                try StateDirectory(path: path).load("a", at: .testing)
            }
        }
    }

    @Test("A damaged file is an error and stays as it is: the key in it may be all that clients know")
    func damaged() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            try state.save(try Identity.generate(names: ["a"], at: .testing), for: "a")
            let path = state.path(for: "a")
            let before = try CertificateFile(path: path).bytes
            try #require(truncate(path, off_t(before.count - 40)) == 0)
            #expect(throws: IdentityError.damaged(path: path, block: "private key")) {
                try state.identity(for: ["a"], at: .testing)
            }
            #expect(try CertificateFile(path: path).bytes == before.dropLast(40))
        }
    }
}
