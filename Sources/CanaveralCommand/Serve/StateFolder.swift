import CanaveralConfiguration
import CanaveralService
import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The state directory, before there is a server.
struct StateFolder {
    /// `nil` where it is not needed, or there is no place for it.
    let path: String?

    init(_ configuration: Configuration) {
        let isNeeded = configuration.hosts.contains { host in
            host.certificate == .automatic && host.passThrough == nil
                || host.locations.contains { if case .proxy = $0.answer { true } else { false } }
        }
        guard isNeeded else {
            self.path = nil
            return
        }
        self.path = configuration.stateDirectory ?? (try? StateDirectory.standard())?.path
    }

    /// Makes it, so that the sandbox can be opened for it. What keeps it from that is told by who needs it.
    func make() {
        guard let path else { return }
        StateDirectory(path: path).prepare()
    }

    /// Gives it, which is there, and what is in it to somebody, who is to renew the certificates.
    func give(to user: ServiceUser) {
        guard let path else { return }
        _ = lchown(path, user.user, user.group)
        guard let folder = opendir(path) else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { _ = lchown("\(path)/\(name)", user.user, user.group) }
        }
    }
}
