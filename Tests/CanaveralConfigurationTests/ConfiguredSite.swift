import Canaveral
import Foundation
import GeminiProtocol
import GeminiServer
import GeminiTLS
import TestSupport
import Testing

@testable import CanaveralConfiguration

/// A folder with what a configuration points to, and servers made of configurations.
struct ConfiguredSite {
    let folder: TemporaryDirectory

    /// - Parameter files: texts by their paths in the folder.
    init(_ files: [String: String] = [:]) throws {
        self.folder = try TemporaryDirectory()
        try self.folder.makeFolder("root")
        for (name, text) in files { try self.folder.write(text, to: name) }
    }

    func read(_ text: String) throws -> Configuration {
        try Configuration.parse(text, folder: self.folder.path).configuration
    }

    /// What a server is given for a configuration, with a new certificate for every host that names none.
    ///
    /// - Parameter file: the configuration's own, in the site's folder.
    func make(
        _ text: String,
        file: String? = nil,
        log: RecordingLog = RecordingLog()
    ) throws -> ServerConfiguration {
        var configuration = try self.read(text)
        configuration.listeners = [ListenerSettings(.network(ListenAddress(host: "127.0.0.1", port: 0)))]
        var server = ConfiguredServer(
            configuration,
            software: "canaveral/test",
            logger: log.logger,
            offenders: RepeatOffenders()
        )
        for host in configuration.hosts where host.certificate == .automatic {
            server.identities[host.title] = .fixed(try Identity.generate(names: host.certificateNames, at: .now))
        }
        server.file = file.map { self.folder.path($0) }
        return try server.make()
    }

    /// Serves what a configuration says for as long as the closure does.
    func serve<Value>(
        _ text: String,
        file: String? = nil,
        _ body: (TestServer) async throws -> Value
    ) async throws -> Value {
        let made = try self.make(text, file: file)
        return try await withServer(hosts: made.hosts) { configuration in
            configuration.limits = made.limits
            configuration.admission = made.admission
            configuration.allowsServerNameMismatch = made.allowsServerNameMismatch
        } _: {
            try await body($0)
        }
    }
}

extension TestServer {
    /// The header that comes back for a path of `localhost`.
    func header(_ path: String, tls: TestConnection.TLS = TestConnection.TLS()) async throws -> String {
        try await self.answer(to: "gemini://localhost\(path)", tls: tls).header
    }

    /// What comes back for a path of `localhost`: the body of a success, and else the header.
    func text(_ path: String, tls: TestConnection.TLS = TestConnection.TLS()) async throws -> String {
        let answer = try await self.answer(to: "gemini://localhost\(path)", tls: tls)
        return answer.header.hasPrefix("2") ? String(decoding: answer.body, as: UTF8.self) : answer.header
    }

    /// Shows what comes back for a path of `localhost`.
    func expect(
        _ path: String,
        tls: @autoclosure () throws -> TestConnection.TLS = TestConnection.TLS(),
        header expected: String,
        at place: SourceLocation = #_sourceLocation
    ) async throws {
        let header = try await self.header(path, tls: tls())
        #expect(header == expected, "\(path)", sourceLocation: place)
    }

    func expect(
        _ path: String,
        tls: @autoclosure () throws -> TestConnection.TLS = TestConnection.TLS(),
        text expected: String,
        at place: SourceLocation = #_sourceLocation
    ) async throws {
        let text = try await self.text(path, tls: tls())
        #expect(text == expected, "\(path)", sourceLocation: place)
    }

    /// The header that comes back for an upload.
    func upload(
        _ text: String,
        to path: String,
        parameters: String = "",
        tls: TestConnection.TLS = TestConnection.TLS()
    ) async throws -> String {
        let line = "titan://localhost\(path);size=\(text.utf8.count);mime=text/plain\(parameters)\r\n"
        return try await self.answer(to: Array((line + text).utf8), tls: tls).header
    }
}

extension ConfiguredSite {
    /// What a file of the folder holds.
    func content(_ name: String) throws -> String {
        try String(contentsOfFile: self.folder.path(name), encoding: .utf8)
    }
}

extension ConfiguredSite {
    /// The problems of a configuration in the site's `canaveral.toml`, as `check` prints them, but for the file's name.
    func problems(of text: String, isSuperuser: Bool = false) throws -> [String] {
        let file = try self.folder.write(text, to: "canaveral.toml")
        let (configuration, problems) = try Configuration.survey(file)
        let check = ConfigurationCheck(configuration, file: file, now: .now, isSuperuser: isSuperuser)
        return (problems + check.problems()).map {
            $0.description(in: "f").replacing(self.folder.path + "/", with: "")
        }
    }
}
