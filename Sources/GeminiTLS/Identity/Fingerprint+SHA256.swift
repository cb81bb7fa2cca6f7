import Crypto
package import GeminiProtocol

extension Fingerprint {
    /// The SHA-256 of these bytes: about a microsecond for a certificate.
    package init(of bytes: some Collection<UInt8>) {
        var hash = SHA256()
        let contiguous: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            hash.update(bufferPointer: UnsafeRawBufferPointer(buffer))
        }
        if contiguous == nil {
            Array(bytes).withUnsafeBytes { hash.update(bufferPointer: $0) }
        }
        // A SHA-256 has 32 bytes.
        self.init(bytes: Array(hash.finalize()))!
    }
}
