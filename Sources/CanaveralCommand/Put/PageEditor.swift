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
    ///
    /// - Throws: ``Failure``, which says where the text is.
    func edit() async throws -> [UInt8] {
        let editor = Environment["VISUAL"] ?? Environment["EDITOR"] ?? "vi"
        // By a shell, because the variable may hold arguments; the file is one of them, not part of the command. What
        // Control-C means there is for the editor to say, so the shell outlives it.
        let arguments = ["/bin/sh", "-c", "trap : INT; \(editor) \"$1\"", editor, self.path]
        let status = await Interruption.yielding {
            await PersonalWork.run { _ in Self.run(arguments) }
        }
        guard status == 0 else {
            throw Failure.work(
                "The editor, \(editor), ended with an error, and nothing was uploaded: your text is in \(self.path)."
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
        guard Self.spawn(&process, arguments[0], &pointers) == 0 else { return -1 }
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        return status
    }

    /// Starts a program to which signals mean what they mean to any, rather than what they mean to this one.
    private static func spawn(
        _ process: inout pid_t,
        _ program: String,
        _ arguments: inout [UnsafeMutablePointer<CChar>?]
    ) -> CInt {
        #if canImport(Darwin)
        var attributes: posix_spawnattr_t?
        #else
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        return posix_spawn(&process, program, nil, &attributes, &arguments, environ)
    }
}
