import GeminiProtocol

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The folder in which a server keeps the identities that it makes for itself.
///
/// One file a host, `example.org.pem`, with the certificate and then the key in PEM: what is replaced in one step is
/// always a pair that belongs together. Every call touches the disk and may wait for another process: not for event
/// loops.
///
/// ```swift
/// let state = StateDirectory(path: "/var/lib/canaveral")
/// let provided = try state.identity(for: ["example.org", "www.example.org"], at: now)
/// ```
package struct StateDirectory: Sendable {
    package let path: String
    /// Whom it may belong to besides the process's user: whom the process is about to become.
    package var owner: UInt32?
    /// Asked before each step of a write; tests let steps fail.
    var hindrance: Hindrance = { _ in nil }

    package init(path: String) {
        self.path = path
    }

    /// Where state is kept unless the operator says otherwise.
    ///
    /// In this order: `$STATE_DIRECTORY`, which systemd sets for a service that has a StateDirectory;
    /// `$XDG_STATE_HOME/canaveral`; `/var/lib/canaveral` for the superuser; `$HOME/.local/state/canaveral`. Relative
    /// paths in these variables count for nothing, as the XDG specification has it.
    ///
    /// - Parameters:
    ///   - environment: the variables of the process.
    ///   - userID: the effective user.
    /// - Returns: `nil` where none of them is usable.
    package static func defaultPath(environment: [String: String], userID: UInt32) -> String? {
        func folder(_ variable: String) -> String? {
            environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        // systemd separates several by colons.
        if let first = folder("STATE_DIRECTORY")?.split(separator: ":").first {
            return String(first)
        }
        if let home = folder("XDG_STATE_HOME") {
            return home + "/canaveral"
        }
        if userID == 0 {
            return "/var/lib/canaveral"
        }
        return folder("HOME").map { $0 + "/.local/state/canaveral" }
    }

    /// The file of a host's identity, whether it exists or not.
    package func path(for name: String) -> String {
        self.path + "/" + Self.fileName(for: name)
    }

    /// A file name that is the same for the same host, different for another, and never leads elsewhere.
    ///
    /// Bytes other than letters, digits, `.`, `-` and `_` become `%` and their hexadecimal, as does a dot at the front.
    static func fileName(for name: String) -> String {
        var encoded: [UInt8] = []
        let canonical = (try? SubjectName(name))?.description ?? name.lowercased()
        for (index, byte) in canonical.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "."):
                encoded += index == 0 ? Array("%2E".utf8) : [byte]
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                encoded.append(byte)
            default:
                encoded += Array("%".utf8) + Array(Fingerprint.hexadecimal([byte], uppercase: true).utf8)
            }
        }
        // File systems end names at 255 bytes, and a temporary name is longer than the final one.
        if encoded.count > 200 {
            let hash = Fingerprint(of: Array(canonical.utf8)).spelled(.lowerHexadecimal).prefix(32)
            encoded = Array(encoded.prefix(160)) + Array("~\(hash)".utf8)
        }
        return String(decoding: encoded, as: UTF8.self) + ".pem"
    }
}

extension StateDirectory {
    /// What a test says to a step of a write: the error number it is to fail with, or `nil` to let it be.
    typealias Hindrance = @Sendable (WriteStep) -> CInt?

    /// The steps of replacing a file.
    enum WriteStep: Sendable, Hashable {
        case lock
        case create
        case write
        case synchronizeFile
        case rename
        case synchronizeDirectory
        case remove
    }
}
