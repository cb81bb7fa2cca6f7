import GeminiProtocol

extension IdentityFiles {
    /// What was in the files.
    struct Reading {
        var result: Result<Identity, IdentityError>
        /// By which the same content is told, as far as there was any to be read.
        var content: Fingerprint
    }

    /// What the files are told by without reading them.
    var stamp: [FileStamp] {
        [self.certificatePath, self.keyPath].compactMap(\.self).map { FileStamp(path: $0) }
    }

    /// Reads the pair.
    ///
    /// - Parameter key: a key to go on with where its file cannot be opened any more, as by a server that has given up the
    ///   rights that it began with, and the new certificate is for it too.
    func read(keeping key: PrivateKey? = nil, at now: Timestamp) -> Reading {
        var content: [UInt8] = []
        do throws(IdentityError) {
            let file = try CertificateFile(path: self.certificatePath)
            content = file.bytes
            guard let keyPath = self.keyPath else {
                return Reading(result: .success(try Identity.load(from: file, key: file, at: now)), content: content)
            }
            let keyFile: CertificateFile
            do throws(IdentityError) {
                keyFile = try CertificateFile(path: keyPath)
            } catch let failure {
                guard case .unreadable = failure, let key, let identity = try? Self.pair(of: file, with: key, at: now)
                else { throw failure }
                return Reading(result: .success(identity), content: content)
            }
            content += keyFile.bytes
            return Reading(result: .success(try Identity.load(from: file, key: keyFile, at: now)), content: content)
        } catch {
            return Reading(result: .failure(error), content: content)
        }
    }

    private static func pair(
        of file: CertificateFile,
        with key: PrivateKey,
        at now: Timestamp
    ) throws(IdentityError) -> Identity {
        var identity = try Identity.pair(of: try file.certificates(), from: file, with: key, in: file)
        try identity.checkValidity(path: file.path, at: now, evenIfExpired: false)
        return identity
    }
}

extension IdentityFiles.Reading {
    fileprivate init(result: Result<Identity, IdentityError>, content: [UInt8]) {
        self.init(result: result, content: Fingerprint(of: content))
    }
}
