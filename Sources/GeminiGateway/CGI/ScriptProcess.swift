import CLinux
import NIOConcurrencyHelpers
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A program that was started, in a process group of its own. Thread-safe.
///
/// The group ends with the program: what it has left behind is killed before its process id can be given to anybody
/// else. What left the group, with setsid(2), is on its own.
final class ScriptProcess: Sendable {
    private enum State {
        case running(watchers: [@Sendable (CInt) -> Void])
        case ended(CInt)
    }

    let id: pid_t
    private let state = NIOLockedValueBox(State.running(watchers: []))

    init(id: pid_t) {
        self.id = id
    }

    /// Kills the program and what it has started.
    func kill() {
        self.state.withLockedValue { state in
            guard case .running = state else { return }
            Self.signalGroup(self.id)
        }
    }

    /// Calls the closure once when the process has ended, with its exit code, or minus the signal that ended it. On any
    /// thread.
    func whenEnded(_ watcher: @escaping @Sendable (CInt) -> Void) {
        let code: CInt? = self.state.withLockedValue { state in
            switch state {
            case .ended(let code):
                return code
            case .running(let watchers):
                state = .running(watchers: watchers + [watcher])
                return nil
            }
        }
        if let code { watcher(code) }
    }

    func exitCode() async -> CInt {
        await withCheckedContinuation { continuation in
            self.whenEnded { continuation.resume(returning: $0) }
        }
    }

    /// Looks whether the program has ended, and takes leave of it then.
    ///
    /// - Returns: whether it has.
    func reap() -> Bool {
        var code: CInt = 0
        let watchers: [@Sendable (CInt) -> Void]? = self.state.withLockedValue { state in
            guard case .running(let watchers) = state else { return [] }
            // The id stays taken until the process is waited for: the group is the right one.
            var result = unsafe clinux_wait(self.id, 0, 1, &code)
            guard result != 0 else { return nil }
            Self.signalGroup(self.id)
            result = unsafe clinux_wait(self.id, 1, 0, &code)
            // Somebody else in this process waits for any child at all.
            if result < 0 { code = 0 }
            state = .ended(code)
            return watchers
        }
        guard let watchers else { return false }
        for watcher in watchers { watcher(code) }
        return true
    }

    private static func signalGroup(_ id: pid_t) {
        #if canImport(Darwin)
        _ = Darwin.kill(-id, SIGKILL)
        #elseif canImport(Glibc)
        _ = Glibc.kill(-id, SIGKILL)
        #elseif canImport(Musl)
        _ = Musl.kill(-id, SIGKILL)
        #endif
    }
}
