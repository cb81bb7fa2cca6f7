import CLinux

/// What may be done with files and folders; the kernel's values (landlock(7)).
struct FileRights: OptionSet, Hashable, Sendable {
    let rawValue: UInt64

    init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    private init(_ rights: Int...) {
        self.rawValue = rights.reduce(0) { $0 | UInt64($1) }
    }

    static let read = FileRights(CLINUX_LANDLOCK_READ_FILE, CLINUX_LANDLOCK_READ_FOLDER)

    /// Files, but not what a folder holds: for who knows a name.
    static let readFiles = FileRights(CLINUX_LANDLOCK_READ_FILE)

    static let execute = FileRights(CLINUX_LANDLOCK_EXECUTE)

    /// Files that are made and added to, but neither read nor removed.
    static let append = FileRights(
        CLINUX_LANDLOCK_READ_FOLDER,
        CLINUX_LANDLOCK_WRITE_FILE,
        CLINUX_LANDLOCK_TRUNCATE,
        CLINUX_LANDLOCK_MAKE_FILE
    )

    /// Sockets that are made and removed.
    static let socket = FileRights(
        CLINUX_LANDLOCK_READ_FOLDER,
        CLINUX_LANDLOCK_REMOVE_FILE,
        CLINUX_LANDLOCK_MAKE_SOCKET
    )

    /// A file of a device, such as `/dev/null`.
    static let device = FileRights(
        CLINUX_LANDLOCK_READ_FILE,
        CLINUX_LANDLOCK_WRITE_FILE,
        CLINUX_LANDLOCK_TRUNCATE,
        CLINUX_LANDLOCK_DEVICE_CONTROL
    )

    /// All that there is to do with ordinary files and folders, but not to start programs.
    static let write: FileRights = [
        .read, .append, .socket,
        FileRights(
            CLINUX_LANDLOCK_REMOVE_FOLDER,
            CLINUX_LANDLOCK_MAKE_FOLDER,
            CLINUX_LANDLOCK_MAKE_FIFO,
            CLINUX_LANDLOCK_MAKE_LINK,
            CLINUX_LANDLOCK_REFER
        ),
    ]

    /// The rights that a version of Landlock knows.
    static func known(to version: Int) -> FileRights {
        let count = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13
        return FileRights(rawValue: (1 << UInt64(count)) - 1)
    }
}
