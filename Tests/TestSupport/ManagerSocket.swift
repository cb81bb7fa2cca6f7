import Testing

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The socket at which a service manager listens to its services.
package final class ManagerSocket {
    private let descriptor: CInt
    private let folder: TemporaryDirectory
    /// As `NOTIFY_SOCKET` says it.
    package let address: String

    package init(isAbstract: Bool = false) throws {
        self.folder = try TemporaryDirectory()
        self.address =
            isAbstract ? "@canaveral-\(getpid())-\(UInt32.random(in: 0 ... .max))" : self.folder.path("notify")
        var name = Array(self.address.utf8)
        if isAbstract { name[0] = 0 }
        #if canImport(Glibc)
        self.descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        #else
        self.descriptor = socket(AF_UNIX, SOCK_DGRAM, 0)
        #endif
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let size = MemoryLayout<sockaddr_un>.offset(of: \.sun_path)! + name.count + (isAbstract ? 0 : 1)
        let result = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(self.descriptor, $0, socklen_t(size)) }
        }
        try #require(result == 0)
    }

    deinit {
        close(self.descriptor)
    }

    /// The next message, split into its lines, or none if there is none at the moment.
    package func next() -> [String] {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(self.descriptor, &buffer, buffer.count, CInt(MSG_DONTWAIT))
        guard count > 0 else { return [] }
        return String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
