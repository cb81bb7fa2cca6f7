import CLinux
import NIOConcurrencyHelpers
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Learns when programs end, and leaves no zombie. Thread-safe.
///
/// On Linux one thread waits for all processes by their descriptors; no signal is involved, so nothing here meets what an
/// application does with SIGCHLD. Elsewhere a thread looks at those that run, two hundred times a second while there are some.
final class ProcessReaper: Sendable {
    static let shared = ProcessReaper()

    private struct State {
        var watched: [UInt64: (process: ScriptProcess, descriptor: CInt)] = [:]
        var polled: [ScriptProcess] = []
        var isPolling = false
        var lastToken: UInt64 = 0
    }

    private let epoll = clinux_epoll_create()
    private let threads = NIOThreadPool(numberOfThreads: 2)
    private let state = NIOLockedValueBox(State())

    private init() {
        self.threads.start()
        if self.epoll >= 0 { self.threads.submit { _ in self.waitForever() } }
    }

    /// Takes care of a process until it has ended.
    ///
    /// - Parameter descriptor: its pidfd, which is taken over, or -1.
    func watch(_ process: ScriptProcess, descriptor: CInt) {
        let token = self.state.withLockedValue { state in
            state.lastToken += 1
            if descriptor >= 0, self.epoll >= 0 { state.watched[state.lastToken] = (process, descriptor) }
            return state.lastToken
        }
        if descriptor >= 0 {
            if self.epoll >= 0, clinux_epoll_add(self.epoll, descriptor, token, 0) == 0 { return }
            _ = self.state.withLockedValue { $0.watched.removeValue(forKey: token) }
            _ = close(descriptor)
        }
        self.poll(process)
    }

    private func waitForever() {
        var tokens = [UInt64](repeating: 0, count: 64)
        while true {
            let count = unsafe clinux_epoll_wait(self.epoll, &tokens, 64, 1)
            for token in tokens.prefix(Int(max(0, count))) {
                guard let (process, descriptor) = self.state.withLockedValue({ $0.watched[token] }), process.reap()
                else { continue }
                self.state.withLockedValue { $0.watched[token] = nil }
                _ = close(descriptor)
            }
        }
    }

    private func poll(_ process: ScriptProcess) {
        let begins = self.state.withLockedValue { state in
            state.polled.append(process)
            defer { state.isPolling = true }
            return !state.isPolling
        }
        guard begins else { return }
        self.threads.submit { _ in
            while true {
                let processes = self.state.withLockedValue { state in
                    state.isPolling = !state.polled.isEmpty
                    return state.polled
                }
                guard !processes.isEmpty else { return }
                let ended = processes.filter { $0.reap() }
                self.state.withLockedValue { state in
                    state.polled.removeAll { process in ended.contains { $0 === process } }
                }
                usleep(5000)
            }
        }
    }
}
