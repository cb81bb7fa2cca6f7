import Foundation

/// A terminal with a test in front of it.
final class PseudoTerminal: Sendable {
    let personSide: FileHandle
    let programSide: FileHandle

    init(columns: Int = 80) throws {
        var (person, program): (CInt, CInt) = (-1, -1)
        var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&person, &program, nil, nil, &size) == 0 else {
            throw CocoaError(.featureUnsupported)
        }
        for descriptor in [person, program] {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        self.personSide = FileHandle(fileDescriptor: person, closeOnDealloc: true)
        self.programSide = FileHandle(fileDescriptor: program, closeOnDealloc: true)
    }

    /// Whether what is typed is shown.
    var echoes: Bool {
        var settings = termios()
        return tcgetattr(self.personSide.fileDescriptor, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
    }

    func type(_ text: String) throws {
        try self.personSide.write(contentsOf: Data(text.utf8))
    }
}
