#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A certificate and its key in files that somebody named: one for both, or one each.
package struct IdentityFiles: Sendable {
    package let certificatePath: String
    package let keyPath: String?

    package init(certificatePath: String, keyPath: String? = nil) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath == certificatePath ? nil : keyPath
    }

    /// Writes the files in place of the ones that are there.
    ///
    /// Each is written under another name, brought to the disk and renamed, so that a crash leaves the old or the new
    /// one. What is replaced is kept beside it as `NAME.old`, or with a number behind it where there is one already: of
    /// two files a crash could leave the new key beside the old certificate, and the old key is never lost.
    ///
    /// A key file that holds this very key is left as it is.
    ///
    /// - Returns: the files in which what was there is kept.
    @discardableResult
    package func save(_ identity: Identity) throws(IdentityError) -> [String] {
        guard let keyPath = self.keyPath else {
            return [try Self.replace(self.certificatePath, with: identity.pem, mode: 0o600)].compactMap(\.self)
        }
        var kept: [String?] = []
        let existing = (try? CertificateFile(path: keyPath).privateKey())?.publicKeyDER
        if existing != identity.privateKey.publicKeyDER {
            kept.append(try Self.replace(keyPath, with: identity.privateKeyPEM, mode: 0o600))
        }
        kept.append(try Self.replace(self.certificatePath, with: identity.certificatesPEM, mode: 0o644))
        return kept.compactMap(\.self)
    }

    /// - Returns: where the file that was there is kept.
    private static func replace(_ path: String, with content: String, mode: mode_t) throws(IdentityError) -> String? {
        let temporary = "\(path).\(UInt32.random(in: .min ... .max)).tmp"
        let kept: String?
        do throws(IdentityError) {
            try Self.create(temporary, for: path, content: Array(content.utf8), mode: mode)
            kept = try Self.keep(path)
            guard rename(temporary, path) == 0 else { throw .unwritable(path: path, reason: SystemError.last) }
        } catch {
            unlink(temporary)
            throw error
        }
        let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
        return kept
    }

    /// Whether a file holds a certificate or a key, so that it may be replaced by another.
    package static func isOurs(_ path: String) -> Bool {
        guard let file = try? CertificateFile(path: path) else { return false }
        return (try? file.certificates()) != nil || (try? file.privateKey()) != nil
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Gives what is there a second name.
    ///
    /// - Returns: the name, or `nil` if there is nothing.
    private static func keep(_ path: String) throws(IdentityError) -> String? {
        var number = 0
        while true {
            let old = number == 0 ? "\(path).old" : "\(path).old.\(number)"
            if link(path, old) == 0 { return old }
            if errno == ENOENT { return nil }
            guard errno == EEXIST else { throw .unwritable(path: old, reason: SystemError.last) }
            number += 1
        }
    }

    /// Writes a file that is to take the place of another, which is the one that errors name.
    private static func create(
        _ temporary: String,
        for path: String,
        content: [UInt8],
        mode: mode_t
    ) throws(IdentityError) {
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: SystemError.last) }
        defer { close(descriptor) }
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .unwritable(path: path, reason: SystemError.last) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw .unwritable(path: path, reason: SystemError.last) }
    }
}

extension Identity {
    /// The chain in PEM.
    package var certificatesPEM: String {
        self.certificates.map { PEMBlock.text(label: "CERTIFICATE", content: $0.der) }.joined()
    }

    /// The key in PEM.
    package var privateKeyPEM: String {
        PEMBlock.text(label: "PRIVATE KEY", content: self.privateKey.pkcs8)
    }
}
