import CLinux
import GeminiFiles
import GeminiServer
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A program about to start.
struct ScriptLaunch: Sendable {
    let script: ScriptFolder.Script
    /// `name=value`, each ended by a zero.
    let environment: [[CChar]]
    let input: Descriptor?
    let limits: Limits
    let user: ProgramUser?
    let rules: AccessRules?

    struct Limits: Sendable {
        var memory: UInt64
        var processorSeconds: UInt64
        /// What programs were written for: select(2) knows no more.
        var openFiles: UInt64 = 1024
    }

    /// A program that runs, with our ends of its pipes.
    struct Started {
        var process: ScriptProcess
        var output: CInt
        var error: CInt
    }

    /// Starts it. For threads that may block, and that live as long as this process: the program is killed when the
    /// thread that started it ends.
    ///
    /// - Throws: `IOError`.
    func start() throws -> Started {
        guard let input = self.input ?? Descriptor.nothing(), let output = Descriptor.pipe() else {
            throw IOError(errnoCode: errno, reason: "pipe")
        }
        guard let error = Descriptor.pipe() else {
            let code = errno
            _ = close(output.input)
            throw IOError(errnoCode: code, reason: "pipe")
        }
        var descriptor: CInt = -1
        var id: pid_t
        var tries = 5
        repeat {
            id = self.spawn(input: input, output: output.output, error: error.output, &descriptor)
            tries -= 1
            // Somebody has the file open to write: mostly another process of this one that has not come to its exec yet.
            guard id < 0, errno == ETXTBSY, tries > 0 else { break }
            usleep(10_000)
        } while true
        guard id > 0 else {
            let code = errno
            _ = close(output.input)
            _ = close(error.input)
            throw IOError(errnoCode: code, reason: "The program cannot be started")
        }
        let process = ScriptProcess(id: id)
        ProcessReaper.shared.watch(process, descriptor: descriptor)
        return Started(process: process, output: output.input, error: error.input)
    }

    private func spawn(input: Descriptor, output: Descriptor, error: Descriptor, _ descriptor: inout CInt) -> pid_t {
        let path = self.script.path.map { CChar(bitPattern: $0) } + [0]
        return unsafe path.withUnsafeBufferPointer { path in
            unsafe Self.withPointers(to: [Array(path)]) { arguments in
                unsafe Self.withPointers(to: self.environment) { environment in
                    unsafe (self.user?.groups ?? []).withUnsafeBufferPointer { groups in
                        var program = unsafe clinux_program()
                        unsafe program.path = path.baseAddress
                        unsafe program.arguments = arguments
                        unsafe program.environment = environment
                        unsafe program.file = self.script.file.descriptor
                        unsafe program.starts_file = self.script.isBinary ? 1 : 0
                        unsafe program.folder = self.script.folder.descriptor
                        unsafe program.input = input.number
                        unsafe program.output = output.number
                        unsafe program.error = error.number
                        unsafe program.ruleset = self.rules?.descriptor ?? -1
                        unsafe program.no_new_privileges = 1
                        unsafe program.changes_user = self.user == nil ? 0 : 1
                        unsafe program.user = self.user?.user ?? 0
                        unsafe program.group = self.user?.group ?? 0
                        unsafe program.groups = groups.baseAddress
                        unsafe program.group_count = groups.count
                        unsafe program.memory = self.limits.memory
                        unsafe program.cpu_seconds = self.limits.processorSeconds
                        unsafe program.open_files = self.limits.openFiles
                        return unsafe clinux_spawn(&program, &descriptor)
                    }
                }
            }
        }
    }

    /// Lends the strings as C has them: pointers, and a null behind the last.
    private static func withPointers<Result>(
        to strings: [[CChar]],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result
    ) -> Result {
        var bytes = strings.flatMap { $0 }
        return unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            var pointers: [UnsafeMutablePointer<CChar>?] = unsafe []
            unsafe pointers.reserveCapacity(strings.count + 1)
            var offset = 0
            for string in strings {
                unsafe pointers.append(buffer.baseAddress.map { base in unsafe base + offset })
                offset += string.count
            }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }
}
