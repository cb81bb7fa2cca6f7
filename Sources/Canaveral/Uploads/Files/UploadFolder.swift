import GeminiFiles
import NIOConcurrencyHelpers
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The files that uploads make beneath a folder. Thread-safe; everything waits for the disk.
///
/// Each step goes through the descriptor of an open folder and one name in it, so that what was looked at is what is
/// changed. An upload is written to a file in the hidden folder `.uploads`, brought to the disk, and renamed.
final class UploadFolder: Sendable {
    /// Asked before each step; what it returns is the step's failure.
    typealias Hindrance = @Sendable (StoringStep) -> CInt?

    /// Holds unfinished uploads and the lock, at the top of the folder.
    static let workName = Array(".uploads".utf8)
    /// The bytes that a name can have in the file systems that there are.
    static let longestName = 255
    /// Folders within each other that uploads make.
    static let mostFolders = 16
    private static let lockName = Array("lock".utf8)
    private static let temporaryPrefix = Array("upload-".utf8)

    let root: RootDirectory
    let options: FileUploads.Options
    private let hindrance: Hindrance
    /// Threads of this process queue up here, others at the lock on the disk.
    private let queue = NIOLock()
    /// The folder of unfinished uploads, for as long as one of them has it open.
    private let workFolder = NIOLockedValueBox(WorkFolder())

    private struct WorkFolder {
        weak var folder: DirectoryDescriptor?
    }

    init(root: RootDirectory, options: FileUploads.Options, hindrance: @escaping Hindrance) {
        self.root = root
        self.options = options
        self.hindrance = hindrance
    }

    // MARK: Unfinished uploads

    /// A new file for an upload that begins, if there is room for what it has announced.
    func begin(_ size: Int, at path: RelativePath) throws -> IncomingFile {
        guard self.hasLimits else { return try self.makeFile() }
        return try self.alone { _ in
            try self.checkRoom(for: size, at: path)
            return try self.makeFile(reserving: self.options.maximumTotalSize == nil ? 0 : size)
        }
    }

    /// A new file for an upload that begins.
    ///
    /// - Parameter size: what it counts for until it is whole, here and in other processes: its size from the beginning.
    func makeFile(reserving size: Int = 0) throws -> IncomingFile {
        let folder = try self.openWorkFolder()
        while true {
            let name = Self.temporaryPrefix + Array(String(UInt64.random(in: .min ... .max), radix: 36).utf8)
            let descriptor = try self.step(.create) {
                unsafe name.withCString {
                    unsafe openat(
                        folder.descriptor,
                        $0,
                        O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                        0o666 as mode_t
                    )
                }
            }
            let file = IncomingFile(takingOwnershipOf: descriptor, name: name, in: folder)
            // A process that sweeps may have come first, between the making of the file and the lock.
            try self.step(.lock) { flock(descriptor, LOCK_EX) }
            guard try self.status(of: descriptor).st_nlink > 0 else {
                file.wasNamed()
                continue
            }
            if size > 0 { try self.step(.create) { ftruncate(descriptor, off_t(size)) } }
            return file
        }
    }

    func write(_ bytes: ByteBuffer, to file: IncomingFile) throws {
        var rest = bytes
        while rest.readableBytes > 0 {
            let piece = rest
            let count = try self.step(.write) {
                CInt(unsafe piece.withUnsafeReadableBytes { unsafe systemWrite(file.descriptor, $0) })
            }
            rest.moveReaderIndex(forwardBy: Int(count))
        }
    }

    /// Removes what is left of uploads whose process is gone.
    func sweep() {
        guard let folder = try? self.openFolder(Self.workName, in: self.root.folder, creating: false),
            let entries = folder.entries()
        else { return }
        for (name, _) in entries where name.starts(with: Self.temporaryPrefix) {
            let descriptor = unsafe name.withCString {
                unsafe openat(folder.descriptor, $0, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
            }
            guard descriptor >= 0 else { continue }
            defer { _ = close(descriptor) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
            _ = unsafe name.withCString { unsafe unlinkat(folder.descriptor, $0, 0) }
        }
    }

    // MARK: Taking turns

    /// Does something while nobody else changes anything, in this process or another.
    func alone<Result>(_ work: (_ workFolder: DirectoryDescriptor) throws -> Result) throws -> Result {
        try self.queue.withLock {
            let folder = try self.openWorkFolder()
            let lock = try self.step(.lock) {
                unsafe Self.lockName.withCString {
                    unsafe openat(
                        folder.descriptor,
                        $0,
                        O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
                        0o666 as mode_t
                    )
                }
            }
            defer { _ = close(lock) }
            try self.step(.lock) { flock(lock, LOCK_EX) }
            return try work(folder)
        }
    }

    // MARK: Steps

    /// Calls the system, again where a signal came in between.
    @discardableResult
    func step(_ step: StoringStep, _ call: () -> CInt) throws(StoringFailure) -> CInt {
        if let errno = self.hindrance(step) { throw StoringFailure(step: step, errno: errno) }
        while true {
            let result = call()
            if result >= 0 { return result }
            guard errno == EINTR else { throw StoringFailure(step: step, errno: errno) }
        }
    }

    /// Opens a folder by its name in another, which is no link, and makes it if there is none.
    func openFolder(
        _ name: [UInt8],
        in parent: DirectoryDescriptor,
        creating: Bool
    ) throws(StoringFailure) -> DirectoryDescriptor {
        func open() throws(StoringFailure) -> DirectoryDescriptor {
            DirectoryDescriptor(
                takingOwnershipOf: try self.step(.openFolder) {
                    unsafe name.withCString {
                        unsafe openat(parent.descriptor, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                    }
                }
            )
        }
        do throws(StoringFailure) {
            return try open()
        } catch  where error.errno == ENOENT && creating {
            try self.makeFolder(name, in: parent)
            return try open()
        }
    }

    private func openWorkFolder() throws -> DirectoryDescriptor {
        do {
            return self.shared(try self.openFolder(Self.workName, in: self.root.folder, creating: true))
        } catch let failure as StoringFailure {
            throw failure.at("\(self.root.path)/\(String(decoding: Self.workName, as: UTF8.self))")
        }
    }

    /// The folder of unfinished uploads as others have it open already, so that each upload holds only its file.
    private func shared(_ opened: DirectoryDescriptor) -> DirectoryDescriptor {
        self.workFolder.withLockedValue { known in
            if let folder = known.folder, Self.areSame(folder, opened) { return folder }
            known.folder = opened
            return opened
        }
    }

    private static func areSame(_ one: DirectoryDescriptor, _ other: DirectoryDescriptor) -> Bool {
        var (first, second) = (stat(), stat())
        guard unsafe fstat(one.descriptor, &first) == 0, unsafe fstat(other.descriptor, &second) == 0 else {
            return false
        }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    func makeFolder(_ name: [UInt8], in parent: DirectoryDescriptor) throws(StoringFailure) {
        do throws(StoringFailure) {
            try self.step(.makeFolder) {
                unsafe name.withCString { unsafe mkdirat(parent.descriptor, $0, 0o777) }
            }
        } catch  where error.errno == EEXIST {
            return
        }
        try self.step(.synchronizeFolder) { fsync(parent.descriptor) }
    }

    /// What has a name in a folder, itself even if it is a link; `nil` where there is nothing.
    func status(of name: [UInt8], in folder: DirectoryDescriptor) throws(StoringFailure) -> stat? {
        var status = stat()
        do throws(StoringFailure) {
            try self.step(.look) {
                unsafe name.withCString { unsafe fstatat(folder.descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }
            }
        } catch  where error.errno == ENOENT {
            return nil
        }
        return status
    }

    func status(of descriptor: CInt) throws(StoringFailure) -> stat {
        var status = stat()
        try self.step(.look) { unsafe fstat(descriptor, &status) }
        return status
    }
}

func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    unsafe write(descriptor, bytes.baseAddress, bytes.count)
}
