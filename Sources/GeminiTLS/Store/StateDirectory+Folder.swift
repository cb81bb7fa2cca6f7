#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension StateDirectory {
    /// The open folder, which is the process's own and which nobody else may write to.
    ///
    /// Everything below goes through it by name relative to it, so that what was checked is what is used.
    struct Folder: ~Copyable {
        let descriptor: CInt
        let path: String

        private init(descriptor: CInt, path: String) {
            self.descriptor = descriptor
            self.path = path
        }

        /// Opens the folder; `nil` if there is none.
        static func existing(at path: String) throws(IdentityError) -> Folder? {
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else {
                if errno == ENOENT {
                    return nil
                }
                throw .unreadable(path: path, reason: SystemError.last)
            }
            let folder = Folder(descriptor: descriptor, path: path)
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, reason: SystemError.last) }
            try StateDirectory.checkSafety(path: path, owner: status.st_uid, mode: UInt32(status.st_mode) & 0o7777)
            return folder
        }

        deinit {
            close(self.descriptor)
        }

        func path(of name: String) -> String {
            self.path + "/" + name
        }
    }

    /// Finds out whether keys can be kept in the folder, where it is there.
    package func check() throws(IdentityError) {
        _ = try Folder.existing(at: self.path)
    }

    /// Makes the folder if it can be made; what keeps it from that is told when it is written to.
    package func prepare() {
        _ = try? self.makeFolder()
    }

    /// Makes the folder, with those above it that are missing, for the process's user alone.
    func makeFolder() throws(IdentityError) -> Folder {
        if let folder = try Folder.existing(at: self.path) {
            return folder
        }
        var missing = [self.path]
        while let last = missing.last, let slash = last.lastIndex(of: "/"), slash != last.startIndex,
            access(String(last[..<slash]), F_OK) != 0
        {
            missing.append(String(last[..<slash]))
        }
        for path in missing.reversed() where mkdir(path, 0o700) != 0 && errno != EEXIST {
            throw .unwritable(path: path, reason: SystemError.last)
        }
        guard let folder = try Folder.existing(at: self.path) else {
            throw .unwritable(path: self.path, reason: SystemError.text(ENOENT))
        }
        return folder
    }

    /// A key is ours only while nobody else can put another in its place.
    static func checkSafety(path: String, owner: UInt32, mode: UInt32) throws(IdentityError) {
        guard owner == geteuid() else { throw .foreignOwner(path: path, owner: owner) }
        guard mode & 0o022 == 0 else { throw .writableByOthers(path: path, mode: mode) }
    }
}
