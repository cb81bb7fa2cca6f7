import Foundation
import NIOCore
import NIOSSL
import TestSupport

/// A running server, and what it said of itself when it started.
struct ServingProgram {
    let program: Program
    let notice: String
    let port: Int

    /// Waits for the program to have started.
    init(_ program: Program) async throws {
        try await program.says("Press Control-C to stop.")
        self.program = program
        self.notice = program.errors
        let address = Self.values("Listening", in: self.notice).first ?? ""
        guard let port = address.split(separator: ":").last.flatMap({ Int($0) }) else {
            throw Program.Failure(what: "names its port", errors: self.notice)
        }
        self.port = port
    }

    /// The lines of the start notice with this label.
    func values(_ label: String) -> [String] {
        Self.values(label, in: self.notice)
    }

    private static func values(_ label: String, in notice: String) -> [String] {
        notice.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.hasPrefix(label + " ") }
            .map { $0.dropFirst(label.count).trimmingCharacters(in: .whitespaces) }
    }

    func address(_ host: String = "127.0.0.1") throws -> SocketAddress {
        try SocketAddress(ipAddress: host, port: self.port)
    }

    func connect(
        _ tls: TestConnection.TLS? = TestConnection.TLS(),
        to host: String = "127.0.0.1",
        receiveBuffer: Int? = nil
    ) async throws -> TestConnection {
        try await TestConnection.connect(to: self.address(host), tls: tls, receiveBuffer: receiveBuffer)
    }

    /// What comes back for a line, which is given without its CRLF.
    func answer(
        to line: String,
        tls: TestConnection.TLS = TestConnection.TLS(),
        over host: String = "127.0.0.1"
    ) async throws -> TestConnection.Transcript {
        try await self.answer(to: Array(line.utf8), tls: tls, over: host)
    }

    func answer(
        to line: [UInt8],
        tls: TestConnection.TLS = TestConnection.TLS(),
        over host: String = "127.0.0.1"
    ) async throws -> TestConnection.Transcript {
        let connection = try await self.connect(tls, to: host)
        do {
            try await connection.send(line + Array("\r\n".utf8))
            let transcript = try await connection.readToEnd()
            await connection.close()
            return transcript
        } catch {
            await connection.drop()
            throw error
        }
    }

    /// The certificate that it shows, in DER.
    func certificate(for name: String = "localhost") async throws -> [UInt8] {
        var tls = TestConnection.TLS()
        tls.serverName = name
        let connection = try await self.connect(tls)
        let certificate = try await connection.serverCertificate()
        await connection.drop()
        return try certificate?.toDERBytes() ?? []
    }

    /// Asks it to stop, and waits for its end.
    func stop(_ signal: Int32 = SIGTERM) async throws -> Program.End {
        self.program.send(signal)
        return try await self.program.end()
    }
}
