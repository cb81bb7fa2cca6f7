#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reading what is no answer to a question.
extension Terminal {
    /// Standard input to its end.
    static func input() throws(Failure) -> [UInt8] {
        try self.readToEnd(of: STDIN_FILENO, name: "Standard input")
    }

    /// A file to its end.
    static func content(ofFile path: String) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .work("\(path) cannot be read (\(Failure.systemReason)).")
        }
        defer { _ = close(descriptor) }
        return try self.readToEnd(of: descriptor, name: path)
    }

    /// What a descriptor has to its end.
    ///
    /// - Parameter name: what an error calls it.
    static func readToEnd(of descriptor: CInt, name: String) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .work("\(name) cannot be read (\(Failure.systemReason)).") }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: piece.prefix(count))
        }
    }
}
