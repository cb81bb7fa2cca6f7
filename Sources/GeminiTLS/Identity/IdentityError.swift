package import GeminiProtocol

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Why there is no usable certificate and key. Each description is one sentence that names the file, says what is wrong
/// and what to do.
package enum IdentityError: Error, Hashable, Sendable {
    case missing(path: String)
    /// The system's words for it, such as "Permission denied".
    case unreadable(path: String, reason: String)
    case empty(path: String)
    case tooLarge(path: String)
    case notPEMOrDER(path: String)
    /// A PEM block that has no end or is not base64, or whose bytes are not what its label says.
    case damaged(path: String, block: String)
    case noCertificate(path: String)
    /// A folder without a file that could be a certificate by its name.
    case noCertificateFiles(path: String)
    case noPrivateKey(path: String)
    case severalPrivateKeys(path: String)
    case encryptedPrivateKey(path: String)
    /// A kind of key or file that cannot be used here; its name.
    case unsupported(path: String, what: String)
    case keyMismatch(certificatePath: String, keyPath: String)
    case expired(path: String, since: Timestamp)
    case notYetValid(path: String, until: Timestamp)

    /// A host name that cannot stand in a certificate.
    case invalidName(String)
    case noNames
    case invalidValidity(days: Int)
    /// The certificate was signed by somebody else, who alone can renew it.
    case issuedByOther(issuer: String)
    /// The cryptographic library refused to sign.
    case cannotSign(reason: String)

    case noStateDirectory
    case unwritable(path: String, reason: String)
    case foreignOwner(path: String, owner: UInt32)
    case writableByOthers(path: String, mode: UInt32)
}

extension IdentityError {
    /// What lets a file be written that the system refused to write for this reason.
    private static func remedy(for reason: String) -> String {
        switch reason {
        case SystemError.text(ENOENT), SystemError.text(ENOTDIR): "name a place in a folder that exists"
        case SystemError.text(ENOSPC), SystemError.text(EDQUOT), SystemError.text(EFBIG): "make room for it"
        case SystemError.text(EACCES), SystemError.text(EPERM): "change who may write there, or name another place"
        case SystemError.text(EISDIR): "name a file"
        default: "name another place"
        }
    }
}

extension IdentityError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let path):
            "There is no file \(path): check the path, or have a certificate made."
        case .unreadable(let path, let reason):
            "\(path) cannot be read (\(reason)): check what it is and who may read it."
        case .empty(let path):
            "\(path) is empty: put a certificate and its private key into it, or name another file."
        case .tooLarge(let path):
            "\(path) is larger than any certificate file: check the path."
        case .notPEMOrDER(let path):
            "\(path) is neither PEM nor DER: convert it with openssl, or name another file."
        case .damaged(let path, let block):
            "\(path) has a damaged \(block): copy the file again from where it came."
        case .noCertificate(let path):
            "\(path) has no certificate in it: name the file that does."
        case .noCertificateFiles(let path):
            "\(path) is a folder without certificates: put files into it that end in .pem, .crt, .cer or .der."
        case .noPrivateKey(let path):
            "\(path) has no private key in it: add the key to it, or name the key's own file as well."
        case .severalPrivateKeys(let path):
            "\(path) has several private keys in it: leave the one that belongs to the certificate."
        case .encryptedPrivateKey(let path):
            "The private key in \(path) is encrypted: decrypt it with 'openssl pkey -in \(path) -out new.key'."
        case .unsupported(let path, let what):
            "\(path) holds \(what), which cannot be used: use ECDSA P-256, P-384, P-521, Ed25519, or RSA of 2048 bits."
        case .keyMismatch(let certificatePath, let keyPath):
            certificatePath == keyPath
                ? "The private key in \(keyPath) does not belong to the certificate in it: put a pair into the file."
                : "The private key in \(keyPath) does not belong to the certificate in \(certificatePath): name a pair."
        case .expired(let path, let since):
            "The certificate in \(path) expired at \(since): renew it, or name another file."
        case .notYetValid(let path, let until):
            "The certificate in \(path) is not valid before \(until): check the clock, or name another file."
        case .invalidName(let name):
            "'\(name)' is no name for a certificate: give a DNS name in ASCII (xn--… for others) or an IP address."
        case .noNames:
            "A certificate needs at least one name: give a host name or an IP address."
        case .invalidValidity(let days):
            "A certificate cannot be valid for \(days) days: give a number from 1 to \(CertificateTemplate.mostDays)."
        case .issuedByOther(let issuer):
            "The certificate was issued by \(issuer): renew it there."
        case .cannotSign(let reason):
            "The certificate cannot be signed (\(reason)): use another private key."
        case .noStateDirectory:
            "There is no place to keep a certificate: set XDG_STATE_HOME or HOME, or name certificate files."
        case .unwritable(let path, let reason):
            "\(path) cannot be written (\(reason)): \(Self.remedy(for: reason))."
        case .foreignOwner(let path, let owner):
            "\(path) belongs to another user (uid \(owner)), who could replace the key: run as that user, or move it."
        case .writableByOthers(let path, let mode):
            "Others may write to \(path) (mode \(String(mode, radix: 8))): check it, then run 'chmod go-w \(path)'."
        }
    }
}
