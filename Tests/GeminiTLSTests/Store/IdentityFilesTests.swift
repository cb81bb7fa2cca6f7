import Foundation
import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiTLS

@Suite("Named certificate files")
struct IdentityFilesTests {
    @Test("One file holds both, for its owner alone; what was there is kept under other names")
    func oneFile() throws {
        try withTemporaryDirectory { folder in
            let path = folder.path("pair.pem")
            let identities = try (0..<3).map { _ in try Identity.generate(names: ["example.org"], at: .testing) }
            for identity in identities { try IdentityFiles(certificatePath: path).save(identity) }
            for (name, identity) in zip(["", ".old.1", ".old"], identities.reversed()) {
                let loaded = try Identity.load(from: path + name, at: .testing)
                #expect(loaded.certificates == identity.certificates)
                #expect(loaded.warnings.isEmpty)
            }
        }
    }

    @Test("With two files a renewal leaves the key's file as it is")
    func twoFiles() throws {
        try withTemporaryDirectory { folder in
            let files = IdentityFiles(certificatePath: folder.path("cert.pem"), keyPath: folder.path("key.pem"))
            let identity = try Identity.generate(names: ["example.org"], at: .testing)
            try files.save(identity)
            let renewed = try identity.renewed(at: .testing)
            try files.save(renewed)

            let loaded = try Identity.load(from: files.certificatePath, keyPath: files.keyPath, at: .testing)
            #expect(loaded.certificates == renewed.certificates)
            #expect(loaded.privateKey.pkcs8 == identity.privateKey.pkcs8)
            #expect(FileManager.default.fileExists(atPath: folder.path("cert.pem.old")))
            #expect(!FileManager.default.fileExists(atPath: folder.path("key.pem.old")))
        }
    }

    @Test("A folder that cannot be written is an error that names the file")
    func unwritable() throws {
        try withTemporaryDirectory { folder in
            let identity = try Identity.generate(names: ["example.org"], at: .testing)
            let path = folder.path("missing/pair.pem")
            #expect { try IdentityFiles(certificatePath: path).save(identity) } throws: { error in
                "\(error)".contains(path)
            }
        }
    }
}
