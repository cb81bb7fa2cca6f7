#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension Certificate {
    /// Reads the certificates of a file, PEM or DER, in their order; a key in it is passed over.
    ///
    /// - Throws: an error that names the file, also where there is no certificate in it.
    package static func load(from path: String) throws(IdentityError) -> [Certificate] {
        try CertificateFile(path: path).certificates()
    }

    /// Reads the certificates of files and of folders: in a folder, of the files that end in `.pem`, `.crt`, `.cer` or
    /// `.der`, and of those that have the names by which OpenSSL looks certificates up, such as `1a2b3c4d.0`. None is
    /// there twice.
    ///
    /// - Throws: an error that names the file or folder that cannot be read or has no certificate in it.
    package static func load(fromFilesAndFolders paths: some Sequence<String>) throws(IdentityError) -> [Certificate] {
        var certificates: [Certificate] = []
        var known: Set<Certificate> = []
        for path in paths {
            for file in try self.files(at: path) {
                certificates += try self.load(from: file).filter { known.insert($0).inserted }
            }
        }
        return certificates
    }

    private static func files(at path: String) throws(IdentityError) -> [String] {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return [path] }
        let names = try FolderNames.read(path: path).filter { self.isCertificateName($0) }
        guard !names.isEmpty else { throw .noCertificateFiles(path: path) }
        return names.sorted().map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
    }

    private static func isCertificateName(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return false }
        let (stem, ending) = (name[..<dot], name[name.index(after: dot)...])
        if ["pem", "crt", "cer", "der"].contains(ending.lowercased()) { return !stem.hasPrefix(".") }
        // The hash of the subject, and a number for those that have it in common. Lists of revoked ones have an r there.
        return stem.utf8.count == 8 && stem.allSatisfy { $0.isASCII && $0.isHexDigit }
            && !ending.isEmpty && ending.allSatisfy { $0.isASCII && $0.isNumber }
    }
}
