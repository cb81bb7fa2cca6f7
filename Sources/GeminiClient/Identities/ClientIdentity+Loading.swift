import GeminiTLS

extension ClientIdentity {
    /// An identity in files of any program, in PEM or DER, expired or not.
    ///
    /// Reads the files on the calling thread.
    ///
    /// - Parameters:
    ///   - certificatePath: the certificate, and the key too where there is no other path.
    ///   - keyPath: the key's own file.
    /// - Throws: ``StorageError/unusableIdentity(reason:)``.
    public init(certificatePath: String, keyPath: String? = nil) throws(StorageError) {
        do throws(IdentityError) {
            self.init(try Identity.load(from: certificatePath, keyPath: keyPath, at: .now, evenIfExpired: true))
        } catch {
            throw .unusableIdentity(reason: error.description)
        }
    }
}
