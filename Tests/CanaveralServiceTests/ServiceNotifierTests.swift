import CanaveralService
import TestSupport
import Testing

/// What a service manager is told.
@Suite("Service notifications", .timeLimit(.minutes(10)))
struct ServiceNotifierTests {
    private static func environment(_ socket: ManagerSocket, _ more: [String: String] = [:]) -> ServiceEnvironment {
        ServiceEnvironment(["NOTIFY_SOCKET": socket.address].merging(more) { $1 })
    }

    #if os(Linux)
    private static let kinds = [false, true]
    #else
    private static let kinds = [false]
    #endif

    @Test("The manager is told of the start, a reload and the end", arguments: Self.kinds)
    func states(isAbstract: Bool) throws {
        let socket = try ManagerSocket(isAbstract: isAbstract)
        let notifier = try #require(try ServiceNotifier(environment: Self.environment(socket), process: 4711))
        notifier.ready(status: "Serving 3 hosts.")
        #expect(socket.next() == ["READY=1", "MAINPID=4711", "STATUS=Serving 3 hosts."])
        notifier.reloading(status: "Reading canaveral.toml.", now: .seconds(5) + .nanoseconds(1_234_567))
        #expect(socket.next() == ["RELOADING=1", "MONOTONIC_USEC=5001234", "STATUS=Reading canaveral.toml."])
        notifier.stopping(status: "12 connections go on.")
        #expect(socket.next() == ["STOPPING=1", "STATUS=12 connections go on."])
        #expect(socket.next() == [])
    }

    @Test("The time of a reload is that of the system's monotonic clock")
    func monotonic() throws {
        let socket = try ManagerSocket()
        let notifier = try #require(try ServiceNotifier(environment: Self.environment(socket)))
        let before = ServiceNotifier.monotonicTime()
        notifier.reloading(status: "")
        let line = try #require(socket.next().first { $0.hasPrefix("MONOTONIC_USEC=") })
        let time = Duration.microseconds(try #require(Int64(line.dropFirst("MONOTONIC_USEC=".count))))
        #expect(time >= before - .microseconds(1) && time <= ServiceNotifier.monotonicTime())
    }

    @Test("A status is one line, whatever is in it")
    func oneLine() throws {
        let socket = try ManagerSocket()
        let notifier = try #require(try ServiceNotifier(environment: Self.environment(socket)))
        notifier.status("bad\nREADY=1\r\u{1B}file")
        #expect(socket.next() == ["STATUS=bad READY=1  file"])
    }

    @Test("Without a manager there is no notifier", arguments: [[:], ["NOTIFY_SOCKET": ""]])
    func nobody(variables: [String: String]) throws {
        #expect(try ServiceNotifier(environment: ServiceEnvironment(variables)) == nil)
    }

    @Test(
        "An address that leads nowhere is told of",
        arguments: [
            ("relative", "neither an absolute path nor @"), ("vsock:2:1234", "neither an absolute path nor @"),
            ("@", "neither an absolute path nor @"), ("/" + String(repeating: "x", count: 200), "neither an absolute"),
            ("/nowhere/notify", "cannot be reached at NOTIFY_SOCKET=/nowhere/notify: No such file"),
        ]
    )
    func badAddress(_ vector: (address: String, sentence: String)) throws {
        let error = try #require(throws: ServiceNotifierError.self) {
            _ = try ServiceNotifier(environment: ServiceEnvironment(["NOTIFY_SOCKET": vector.address]))
        }
        #expect(error.description.contains(vector.sentence))
    }

    @Test("A manager that has gone holds nobody up")
    func gone() throws {
        var socket: ManagerSocket? = try ManagerSocket()
        let notifier = try #require(try ServiceNotifier(environment: Self.environment(socket!)))
        socket = nil
        notifier.ready(status: "Serving.")
    }

    @Test(
        "The watchdog is for the process that it names, or for whichever reads of it",
        arguments: [(nil, true), ("4711", true), ("4712", false), ("", false)] as [(String?, Bool)]
    )
    func whoseWatchdog(_ vector: (process: String?, isOurs: Bool)) throws {
        let socket = try ManagerSocket()
        var variables = ["WATCHDOG_USEC": "30000000"]
        variables["WATCHDOG_PID"] = vector.process
        let environment = Self.environment(socket, variables)
        let notifier = try #require(try ServiceNotifier(environment: environment, process: 4711))
        #expect(notifier.watchdogTime == (vector.isOurs ? .seconds(30) : nil))
    }

    @Test("A time of the watchdog that is none is told of", arguments: ["", "0", "-1", "30s"])
    func badTime(_ time: String) throws {
        let socket = try ManagerSocket()
        #expect(throws: ServiceNotifierError.badWatchdogTime(time)) {
            _ = try ServiceNotifier(environment: Self.environment(socket, ["WATCHDOG_USEC": time]))
        }
    }

    @Test("The watchdog hears of each beat at half of its time, and of none that hangs or fails")
    func beats() async throws {
        struct Failure: Error {}
        let socket = try ManagerSocket()
        let environment = Self.environment(socket, ["WATCHDOG_USEC": "10000000"])
        let notifier = try #require(try ServiceNotifier(environment: environment))
        let start = ContinuousClock.now
        let clock = LeapingClock(at: start)
        let (hung, hang) = AsyncStream.makeStream(of: Void.self)
        let watch = Task {
            var count = 0
            await notifier.watch(clock: clock) {
                count += 1
                if count == 3 { throw Failure() }
                guard count == 5 else { return }
                hang.yield()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        for await _ in hung { break }
        // The first two and the fourth.
        for _ in 0..<3 { #expect(socket.next() == ["WATCHDOG=1"]) }
        #expect(socket.next() == [])
        #expect(clock.now == start + .seconds(20))
        watch.cancel()
        await watch.value
        #expect(socket.next() == [])
    }

    @Test("Without a watchdog nobody is asked for a beat")
    func noWatchdog() async throws {
        let socket = try ManagerSocket()
        let notifier = try #require(try ServiceNotifier(environment: Self.environment(socket)))
        await notifier.watch { Issue.record("asked") }
    }
}
