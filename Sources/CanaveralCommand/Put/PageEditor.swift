#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A text in a file of its own while a person edits it in the editor of their choice.
struct PageEditor {
    private let folder: String
    /// The file that is edited. It stays when something goes wrong afterwards, so that no text is lost.
    let path: String

    /// - Parameters:
    ///   - text: what is edited.
    ///   - name: the name of the file, from whose end editors guess what it is.
    init(_ text: [UInt8], name: String) throws(Failure) {
        let folder = Environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(folder)/canaveral-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .work("No file to edit can be made in \(folder) (\(Failure.systemReason)): set TMPDIR.")
        }
        self.folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        self.path = "\(self.folder)/\(name)"
        try Self.write(text, to: self.path)
    }

    private static func write(_ text: [UInt8], to path: String) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .work("\(path) cannot be written (\(Failure.systemReason)).")
        }
        defer { _ = close(descriptor) }
        if let error = Terminal.put(text[...], to: descriptor) {
            throw .work("\(path) cannot be written (\(Failure.reason(error))).")
        }
    }

    /// Opens the editor, waits for its end, and reads what it left.
    func edit() throws(Failure) -> [UInt8] {
        let editor = Environment["VISUAL"] ?? Environment["EDITOR"] ?? "vi"
        // By a shell, because the variable may hold arguments; the file is one of them, not part of the command.
        let status = Self.run(["/bin/sh", "-c", "\(editor) \"$1\"", editor, self.path])
        guard status == 0 else {
            throw .work(
                "The editor, \(editor), ended with an error: nothing was uploaded. Your text is in \(self.path)."
            )
        }
        return try Terminal.content(ofFile: self.path)
    }

    /// Removes the file.
    func remove() {
        _ = unlink(self.path)
        _ = rmdir(self.folder)
    }

    private static func run(_ arguments: [String]) -> CInt {
        var process = pid_t()
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        guard posix_spawn(&process, arguments[0], nil, nil, &pointers, environ) == 0 else { return -1 }
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        return status
    }
}
