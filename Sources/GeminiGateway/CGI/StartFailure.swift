import GeminiFiles
import GeminiServer
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Why a program could not be started, as one sentence for the log.
struct StartFailure: CustomStringConvertible {
    let description: String

    init(_ error: any Error, of script: ScriptFolder.Script) {
        guard let error = error as? IOError else {
            self.description = "The program cannot be started: \(error)"
            return
        }
        let reason =
            switch error.errnoCode {
            // The program is there, as it was opened: what the system misses is who is to read it.
            case ENOENT: Self.interpreter(of: script)
            case ENOEXEC: "it is neither a program of this machine nor begins with #! and an interpreter"
            default: nil
            } as String?
        self.description =
            "The program cannot be started: \(reason ?? FileError.reason(error.errnoCode).lowercasedFirst)."
    }

    private static func interpreter(of script: ScriptFolder.Script) -> String? {
        guard let bytes = script.file.contents(upTo: 256) else { return nil }
        guard bytes.starts(with: "#!".utf8) else {
            return script.isBinary ? "the loader or a library that it names is not on this machine" : nil
        }
        let line = bytes.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }
        let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t")]
        let name = line.drop { blanks.contains($0) }.prefix { !blanks.contains($0) }
        var escaped: [UInt8] = []
        escaped.appendEscaped(Array(name.last == UInt8(ascii: "\r") ? name.dropLast() : name).span)
        let shown = String(decoding: escaped, as: UTF8.self)
        return line.last == UInt8(ascii: "\r")
            ? "its first line ends with CR and LF, so that no interpreter '\(shown)\\r' is found: end its lines with LF alone"
            : "its interpreter \(shown) is not on this machine, or cannot be reached"
    }
}

extension String {
    fileprivate var lowercasedFirst: String { self.prefix(1).lowercased() + self.dropFirst() }
}
