import GeminiFiles
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Earlier versions: beside each file in `.versions/NAME/`, numbered from 1 on, each with the time at which it was written.
extension UploadFolder {
    static let versionsName = Array(".versions".utf8)

    /// Gives a file a second name as a version, which is on the disk when this returns.
    func keep(_ name: [UInt8], _ status: stat, in folder: DirectoryDescriptor) throws {
        let all = try self.openFolder(Self.versionsName, in: folder, creating: true)
        let versions = try self.openFolder(name, in: all, creating: true)
        let last = try self.numbers(in: versions).last
        // Kept already, by a process that went no further.
        if let last, let kept = try self.status(of: Self.name(last), in: versions), kept.st_ino == status.st_ino {
            return
        }
        let number = Self.name((last ?? 0) + 1)
        do throws(StoringFailure) {
            try self.link(name, in: folder, to: number, in: versions)
        } catch {
            // A file of another user, which Linux lets nobody else link to, or a file system without links.
            guard [EPERM, EMLINK, EOPNOTSUPP, EXDEV].contains(error.errno) else { throw error }
            try self.copy(name, status, in: folder, to: number, in: versions)
        }
        try self.step(.synchronizeVersions) { fsync(versions.descriptor) }
    }

    /// Removes the oldest versions. Whatever is in the way of that, it is tried again the next time.
    func prune(_ name: [UInt8], in folder: DirectoryDescriptor) {
        guard self.options.keepsVersions > 0, let versions = self.versions(of: name, in: folder),
            let numbers = try? self.numbers(in: versions)
        else { return }
        for number in numbers.dropLast(self.options.keepsVersions) {
            _ = try? self.step(.remove) {
                unsafe Self.name(number).withCString { unsafe unlinkat(versions.descriptor, $0, 0) }
            }
        }
    }

    /// The folder of a file's versions; `nil` where there is none.
    func versions(of name: [UInt8], in folder: DirectoryDescriptor) -> DirectoryDescriptor? {
        guard let all = try? self.openFolder(Self.versionsName, in: folder, creating: false) else { return nil }
        return try? self.openFolder(name, in: all, creating: false)
    }

    /// The versions' numbers, ascending.
    func numbers(in versions: DirectoryDescriptor) throws(StoringFailure) -> [Int] {
        guard let entries = versions.entries() else { throw StoringFailure(step: .openFolder, errno: errno) }
        return entries.compactMap { Int(String(decoding: $0.name, as: UTF8.self)) }.sorted()
    }

    static func name(_ number: Int) -> [UInt8] {
        Array(number.description.utf8)
    }

    private func link(
        _ name: [UInt8],
        in folder: DirectoryDescriptor,
        to number: [UInt8],
        in versions: DirectoryDescriptor
    ) throws(StoringFailure) {
        try self.step(.keep) {
            unsafe name.withCString { old in
                unsafe number.withCString { new in
                    unsafe linkat(folder.descriptor, old, versions.descriptor, new, 0)
                }
            }
        }
    }

    private func copy(
        _ name: [UInt8],
        _ status: stat,
        in folder: DirectoryDescriptor,
        to number: [UInt8],
        in versions: DirectoryDescriptor
    ) throws {
        let descriptor = try self.step(.keep) {
            unsafe name.withCString {
                unsafe openat(folder.descriptor, $0, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
            }
        }
        defer { _ = close(descriptor) }
        let file = try self.makeFile()
        var buffer = ByteBuffer()
        while true {
            buffer.clear()
            let count = try self.step(.keep) {
                var result = 0
                _ = unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 65_536) {
                    result = unsafe read(descriptor, $0.baseAddress, 65_536)
                    return max(0, result)
                }
                return CInt(result)
            }
            guard count > 0 else { break }
            try self.write(buffer, to: file)
        }
        #if canImport(Darwin)
        let times = [status.st_mtimespec, status.st_mtimespec]
        #else
        let times = [status.st_mtim, status.st_mtim]
        #endif
        _ = unsafe futimens(file.descriptor, times)
        try self.step(.synchronizeFile) { fsync(file.descriptor) }
        try self.rename(file.name, in: file.folder, to: number, in: versions)
        file.wasNamed()
    }
}
