import NIOConcurrencyHelpers

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The files by which Linux tells a process of itself, opened once and read again whenever somebody asks: a process that has
/// gone into a sandbox, or changed its root, could not open them any more. Thread-safe.
final class ProcessFiles: Sendable {
    private let memory: CInt
    /// The folder that has an entry for each; its position is one for all who read it.
    private let descriptors: NIOLockedValueBox<CInt>
    /// When the process started, in seconds since 1970, if it could be told.
    let startTime: Double?

    init(countsDescriptors: Bool) {
        self.memory = unsafe open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        self.descriptors = NIOLockedValueBox(
            countsDescriptors ? unsafe open("/proc/self/fd", O_RDONLY | O_CLOEXEC | O_DIRECTORY) : -1
        )
        self.startTime = Self.readStartTime()
    }

    deinit {
        for descriptor in [self.memory, self.descriptors.withLockedValue { $0 }] where descriptor >= 0 {
            _ = close(descriptor)
        }
    }

    /// Bytes of address space, and of them those in memory.
    var memoryUse: (virtual: Double, resident: Double)? {
        guard let text = Self.read(self.memory) else { return nil }
        let pages = text.split(separator: " ").prefix(2).compactMap { Double($0) }
        guard pages.count == 2 else { return nil }
        let pageSize = Double(sysconf(CInt(_SC_PAGESIZE)))
        return (pages[0] * pageSize, pages[1] * pageSize)
    }

    /// How many descriptors are open.
    var openDescriptors: Double? {
        self.descriptors.withLockedValue { descriptor in
            guard descriptor >= 0 else { return nil }
            let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
            guard own >= 0, let folder = unsafe fdopendir(own) else {
                if own >= 0 { _ = close(own) }
                return nil
            }
            defer { unsafe closedir(folder) }
            unsafe rewinddir(folder)
            var count = 0
            while let entry = unsafe readdir(folder) {
                if unsafe entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { count += 1 }
            }
            // The one that has been reading.
            return Double(count - 1)
        }
    }

    private static func readStartTime() -> Double? {
        guard let own = self.read(path: "/proc/self/stat"), let system = self.read(path: "/proc/stat"),
            // Behind the name of the program, in which there may be anything: field 22 of proc_pid_stat(5).
            let fields = own.split(separator: ")").last?.split(separator: " "), fields.count > 19,
            let ticks = Double(fields[19]),
            let boot = system.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let bootTime = Double(boot.dropFirst("btime ".count))
        else { return nil }
        return bootTime + ticks / Double(sysconf(CInt(_SC_CLK_TCK)))
    }

    private static func read(path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        return self.read(descriptor)
    }

    /// The first 16 KiB of a file.
    private static func read(_ descriptor: CInt) -> String? {
        guard descriptor >= 0 else { return nil }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 16_384 {
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(bytes.count))
            }
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
