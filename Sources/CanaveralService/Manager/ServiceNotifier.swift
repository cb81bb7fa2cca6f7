#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Tells the service manager that started this process how it is doing, by the protocol of sd_notify(3).
///
/// ```swift
/// let notifier = try ServiceNotifier(environment: .take())
/// notifier?.ready(status: "Serving 3 hosts.")
/// ```
///
/// Each call is one message and returns when the manager has it, at once unless its queue is full, and after a second at
/// most. One that does not arrive is dropped: a server does not depend on who looks after it. Thread-safe.
package struct ServiceNotifier: Sendable {
    /// The longest time between two signs of life, if the manager asks for any.
    package let watchdogTime: Duration?

    private let socket: NotifySocket
    private let process: Int32

    /// Connects to the manager. To be called before rights are given up, as its socket may be out of reach then.
    ///
    /// - Returns: `nil` where no manager wants to be told.
    package init?(environment: ServiceEnvironment, process: Int32? = nil) throws(ServiceNotifierError) {
        guard let address = environment["NOTIFY_SOCKET"], !address.isEmpty else { return nil }
        self.socket = try NotifySocket(address: address)
        let process = process ?? getpid()
        self.process = process
        guard let time = environment["WATCHDOG_USEC"],
            environment["WATCHDOG_PID"].map({ $0 == String(process) }) ?? true
        else {
            self.watchdogTime = nil
            return
        }
        guard let microseconds = Int64(time), microseconds > 0 else { throw .badWatchdogTime(time) }
        self.watchdogTime = .microseconds(microseconds)
    }

    /// The server has started, or is done with a reload.
    package func ready(status: String) {
        self.send(["READY=1", "MAINPID=\(self.process)", Self.status(status)])
    }

    /// The server reads its configuration anew; ``ready(status:)`` says that it has, with success or without.
    ///
    /// - Parameter now: the monotonic clock, which `Type=notify-reload` (systemd 253) compares with its own.
    package func reloading(status: String, now: Duration = Self.monotonicTime()) {
        self.send(["RELOADING=1", "MONOTONIC_USEC=\(Self.microseconds(now))", Self.status(status)])
    }

    /// The server has begun to end.
    package func stopping(status: String) {
        self.send(["STOPPING=1", Self.status(status)])
    }

    /// What the server is doing, for who asks the manager.
    package func status(_ status: String) {
        self.send([Self.status(status)])
    }

    /// Shows signs of life at half of the time that the manager allows, until the task is cancelled. Returns at once where
    /// it asks for none.
    ///
    /// - Parameter beat: whether the server is alive: one that visits each event loop, and comes back, shows that none of
    ///   them hangs, and that the threads of Swift's concurrency do not either. While it does not return, or throws, the
    ///   manager hears nothing, and ends the process when the time is over.
    package func watch<C: Clock>(
        clock: C = ContinuousClock(),
        beat: () async throws -> Void
    ) async where C.Duration == Duration {
        guard let time = self.watchdogTime else { return }
        while !Task.isCancelled {
            let next = clock.now.advanced(by: time / 2)
            if (try? await beat()) != nil { self.send(["WATCHDOG=1"]) }
            try? await clock.sleep(until: next, tolerance: nil)
        }
    }

    package static func monotonicTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }

    private static func microseconds(_ time: Duration) -> Int64 {
        time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000
    }

    /// A status of one line, whatever is in it.
    private static func status(_ text: String) -> String {
        "STATUS=" + String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }

    private func send(_ fields: [String]) {
        _ = self.socket.send(fields.joined(separator: "\n"))
    }
}
