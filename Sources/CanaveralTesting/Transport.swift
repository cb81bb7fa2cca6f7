/// How a test reaches its capsule. A test that holds for one holds for the other:
///
/// ```swift
/// @Test(arguments: Transport.allCases)
/// func greets(_ transport: Transport) async throws {
///     try await capsule.test(transport) { client in ... }
/// }
/// ```
public enum Transport: Sendable, Hashable, CaseIterable {
    /// Without a socket. Request lines are parsed and hosts judged by the server's code, and responses are the bytes that
    /// it would send; there is no TLS, and no time limit of a connection runs.
    case inProcess

    /// By TCP and TLS, on a loopback port that the system picks, with the server as it runs in earnest.
    case loopback
}
