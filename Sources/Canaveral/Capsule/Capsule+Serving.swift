import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Capsule {
    /// Makes a capsule and runs it to the end of the process: the whole of a program's `main`.
    ///
    /// ```swift
    /// static func main() async {
    ///     await Capsule.serve {
    ///         try Capsule(hostname: "localhost") { routes in
    ///             routes.page("/") { _ in .gemtext("# Hello") }
    ///         }
    ///     }
    /// }
    /// ```
    ///
    /// What keeps it from starting, such as routes that clash or a port that is taken, is told on standard error in a
    /// sentence, where an error thrown out of `main` would be the report of a crash. The process ends with 0 when it was told
    /// to stop, with 78 for what is to be mended in the program or its settings, and with 1 for all else.
    public static func serve(_ make: () async throws -> Capsule) async -> Never {
        do {
            try await make().run()
        } catch {
            let text = Array("\(error)\n".utf8)
            _ = unsafe text.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
            exit(self.isMistake(error) ? 78 : 1)
        }
        exit(0)
    }

    private static func isMistake(_ error: any Error) -> Bool {
        switch error {
        case is RoutingError, is CapsuleError, ListenError.unknownHost, ListenError.badPort: true
        default: false
        }
    }
}
