#if os(Linux)
import Foundation
import Testing

/// What only a process with one thread can do, as a program has at its start and a test has not.
enum LonelyProcess {
    /// Runs in a copy of this process that has no other thread.
    ///
    /// To be called in a process that was started for a test: the copy may not use what other threads have held.
    static func run(_ body: () throws -> Void) throws {
        typealias Fork = @convention(c) () -> pid_t
        let fork = unsafeBitCast(try #require(dlsym(nil, "fork")), to: Fork.self)
        let child = fork()
        if child == 0 {
            do {
                try body()
                _exit(0)
            } catch {
                FileHandle.standardError.write(Data("\(error)\n".utf8))
                _exit(1)
            }
        }
        var status: CInt = -1
        try #require(waitpid(child, &status, 0) == child && status == 0)
    }
}
#endif
