import CanaveralService
import TestSupport
import Testing

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Sockets that a service manager hands over.
@Suite("Inherited sockets")
struct InheritedSocketsTests {
    /// Sockets with numbers in a row, which nobody else in this process is given.
    private final class Row {
        let first: CInt
        private let count: CInt

        init(at first: CInt, listening: [Bool]) throws {
            self.first = first
            self.count = CInt(listening.count)
            for (descriptor, listens) in zip(first..., listening) {
                #if canImport(Glibc)
                let made = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
                #else
                let made = socket(AF_INET, SOCK_STREAM, 0)
                #endif
                try #require(made >= 0)
                if listens { try #require(listen(made, 1) == 0) }
                try #require(dup2(made, descriptor) == descriptor)
                close(made)
            }
        }

        deinit {
            for descriptor in self.first..<self.first + self.count { close(descriptor) }
        }
    }

    private static func environment(_ count: String, names: String? = nil, process: Int32 = 4711) -> ServiceEnvironment
    {
        var variables = ["LISTEN_PID": String(process), "LISTEN_FDS": count]
        variables["LISTEN_FDNAMES"] = names
        return ServiceEnvironment(variables)
    }

    @Test("They are found by their names, several by one, and no program inherits them")
    func names() throws {
        let row = try Row(at: 500, listening: [true, true, true])
        #expect(fcntl(500, F_GETFD) & FD_CLOEXEC == 0)
        let environment = Self.environment("3", names: "gemini:onion:gemini")
        let inherited = try InheritedSockets(environment: environment, process: 4711, first: row.first)
        #expect(try inherited.descriptors(named: "gemini") == [500, 502])
        #expect(try inherited.descriptors(named: "onion") == [501])
        #expect(inherited.names(besides: ["gemini"]) == ["onion"])
        for descriptor in 500...502 as ClosedRange<CInt> {
            #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
        }
        let error = try #require(throws: InheritedSocketsError.self) {
            _ = try inherited.descriptors(named: "gopher")
        }
        #expect(
            error.description
                == "systemd:gopher: systemd handed over gemini, onion only: set FileDescriptorName=gopher in the socket unit."
        )
    }

    @Test("Without names, they are called unknown")
    func unnamed() throws {
        let row = try Row(at: 520, listening: [true])
        let inherited = try InheritedSockets(environment: Self.environment("1"), process: 4711, first: row.first)
        #expect(inherited.sockets.map(\.name) == ["unknown"])
    }

    @Test("There are none for another process, or where nobody speaks of any")
    func none() throws {
        for environment in [Self.environment("3", process: 4712), ServiceEnvironment(["LISTEN_FDS": "3"])] {
            let inherited = try InheritedSockets(environment: environment, process: 4711, first: 540)
            #expect(inherited.sockets == [])
            let error = try #require(throws: InheritedSocketsError.self) {
                _ = try inherited.descriptors(named: "gemini")
            }
            #expect(error.description.contains("handed over no socket"))
        }
    }

    @Test(
        "What cannot be is told of",
        arguments: [
            (Self.environment("many"), .badCount("many")), (Self.environment("-1"), .badCount("-1")),
            (Self.environment("2", names: "gemini"), .badNames(count: 2, names: 1)),
            (Self.environment("1"), .missing(descriptor: 1_000_000)),
        ] as [(ServiceEnvironment, InheritedSocketsError)]
    )
    func impossible(_ vector: (environment: ServiceEnvironment, error: InheritedSocketsError)) {
        #expect(throws: vector.error) {
            _ = try InheritedSockets(environment: vector.environment, process: 4711, first: 1_000_000)
        }
    }

    @Test("A socket that does not listen is told of")
    func notListening() throws {
        let row = try Row(at: 580, listening: [true, false])
        #expect(throws: InheritedSocketsError.notListening(name: "b", descriptor: 581)) {
            let environment = Self.environment("2", names: "a:b")
            _ = try InheritedSockets(environment: environment, process: 4711, first: row.first)
        }
    }

    #if os(Linux)
    @Test("What the process starts does not see the manager's variables")
    func taken() async {
        await #expect(processExitsWith: .success) {
            setenv("LISTEN_FDS", "2", 1)
            setenv("NOTIFY_SOCKET", "/run/notify", 1)
            let environment = ServiceEnvironment.take()
            try #require(environment == ServiceEnvironment(["LISTEN_FDS": "2", "NOTIFY_SOCKET": "/run/notify"]))
            try #require(getenv("LISTEN_FDS") == nil && getenv("NOTIFY_SOCKET") == nil)
        }
    }
    #endif
}
