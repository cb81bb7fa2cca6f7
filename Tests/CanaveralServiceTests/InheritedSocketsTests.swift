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
    /// Sockets with numbers in a row. They are numbers that were free: to close what another test has there would have its
    /// connection meet a stranger's.
    private final class Row {
        let first: CInt
        private let count: CInt

        init(listening: [Bool]) throws {
            self.count = CInt(listening.count)
            var first: CInt = 100
            while try !Self.fill(from: first, listening) { first += self.count }
            self.first = first
        }

        /// - Returns: `false`, with nothing open, where one of the numbers is taken.
        private static func fill(from first: CInt, _ listening: [Bool]) throws -> Bool {
            for (descriptor, listens) in zip(first..., listening) {
                #if canImport(Glibc)
                let made = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
                #else
                let made = socket(AF_INET, SOCK_STREAM, 0)
                #endif
                try #require(made >= 0)
                defer { close(made) }
                if listens { try #require(listen(made, 1) == 0) }
                // The lowest free number from there on.
                let copy = fcntl(made, F_DUPFD, descriptor)
                try #require(copy >= 0)
                guard copy == descriptor else {
                    for open in [copy] + Array(first..<descriptor) { close(open) }
                    return false
                }
            }
            return true
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
        let row = try Row(listening: [true, true, true])
        let descriptors = Array(row.first...row.first + 2)
        #expect(fcntl(row.first, F_GETFD) & FD_CLOEXEC == 0)
        let environment = Self.environment("3", names: "gemini:onion:gemini")
        let inherited = try InheritedSockets(environment: environment, process: 4711, first: row.first)
        #expect(try inherited.descriptors(named: "gemini") == [descriptors[0], descriptors[2]])
        #expect(try inherited.descriptors(named: "onion") == [descriptors[1]])
        #expect(inherited.names(besides: ["gemini"]) == ["onion"])
        for descriptor in descriptors {
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
        let row = try Row(listening: [true])
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
        let row = try Row(listening: [true, false])
        #expect(throws: InheritedSocketsError.notListening(name: "b", descriptor: row.first + 1)) {
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
