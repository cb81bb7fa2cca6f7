import Foundation
import TestSupport

/// Makes what Foundation cannot: names that are no text, and what is neither file nor folder.
func makeFile(named name: [UInt8], in folder: String, content: String) throws {
    let descriptor = open(cString(name, in: folder), O_WRONLY | O_CREAT | O_EXCL, 0o644)
    guard descriptor >= 0 else { throw SystemFailure(errno: errno) }
    defer { close(descriptor) }
    guard content.utf8.isEmpty || write(descriptor, content, content.utf8.count) == content.utf8.count else {
        throw SystemFailure(errno: errno)
    }
}

func makeFolder(named name: [UInt8], in folder: String) throws {
    guard mkdir(cString(name, in: folder), 0o755) == 0 else { throw SystemFailure(errno: errno) }
}

func makeFIFO(_ path: String) throws {
    guard mkfifo(path, 0o666) == 0 else { throw SystemFailure(errno: errno) }
}

/// A character device with the numbers of `/dev/zero`, for which one must be the superuser.
func makeZeroDevice(_ path: String) throws {
    guard mknod(path, S_IFCHR | 0o666, dev_t(1 << 8 | 5)) == 0 else { throw SystemFailure(errno: errno) }
}

/// A Unix domain socket, bound and then left.
func makeSocket(_ path: String) throws {
    #if canImport(Darwin)
    let stream = SOCK_STREAM
    #else
    let stream = CInt(SOCK_STREAM.rawValue)
    #endif
    let descriptor = socket(AF_UNIX, stream, 0)
    guard descriptor >= 0 else { throw SystemFailure(errno: errno) }
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
    guard bound == 0 else { throw SystemFailure(errno: errno) }
}

struct SystemFailure: Error, CustomStringConvertible {
    var errno: CInt
    var description: String { String(cString: strerror(self.errno)) }
}

private func cString(_ name: [UInt8], in folder: String) -> [CChar] {
    (Array(folder.utf8) + [UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
}
