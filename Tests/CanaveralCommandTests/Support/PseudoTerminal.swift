import Foundation

/// A terminal with a test in front of it.
final class PseudoTerminal: Sendable {
    let personSide: FileHandle
    let programSide: FileHandle

    init() throws {
        var (person, program): (CInt, CInt) = (-1, -1)
        guard openpty(&person, &program, nil, nil, nil) == 0 else {
            throw CocoaError(.featureUnsupported)
        }
        for descriptor in [person, program] {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        self.personSide = FileHandle(fileDescriptor: person, closeOnDealloc: true)
        self.programSide = FileHandle(fileDescriptor: program, closeOnDealloc: true)
    }

    func type(_ text: String) throws {
        try self.personSide.write(contentsOf: Data(text.utf8))
    }
}
