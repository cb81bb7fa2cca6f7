import CanaveralTesting
import Foundation
import Testing

@testable import LaunchSite

/// A launch site of a test's own, with its clock.
final class World: Sendable {
    let environment = TestEnvironment()
    let site: LaunchSite
    let capsule: Capsule
    private let folder: URL

    init() throws {
        self.folder = FileManager.default.temporaryDirectory.appending(path: "launch-site-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        self.site = try LaunchSite(
            database: self.folder.appending(path: "site.sqlite").path,
            environment: self.environment.app
        )
        self.capsule = try self.site.capsule()
    }

    deinit {
        try? FileManager.default.removeItem(at: self.folder)
    }

    var clock: ManualClock { self.environment.clock }

    func identity(_ name: String, days: Int = 365) throws -> VisitorIdentity {
        try VisitorIdentity(commonName: name, days: days, at: self.clock.now)
    }

    /// A pilot who has come through the gate.
    func pilot(_ name: String, _ client: TestClient, days: Int = 365) async throws -> TestClient {
        let pilot = client.as(try self.identity("\(name)'s laptop", days: days)).followingRedirects()
        try #require(try await pilot.talk("/site/gate/new", name).contains("Welcome, \(name)"))
        return pilot
    }

    func hangar(_ name: String) async throws -> Hangar {
        let account = try #require(try await self.site.accounts.account(named: name))
        return try await self.site.game.hangar(of: account.id)
    }

    /// Has something change in a pilot's hangar that no page changes.
    func change(_ name: String, _ change: @escaping @Sendable (inout Hangar) throws -> Void) async throws {
        let account = try #require(try await self.site.accounts.account(named: name))
        try await self.site.game.change(account.id, change)
    }
}

extension TestClient {
    /// Goes through a conversation.
    func talk(_ address: String, _ answers: String...) async throws -> TestPage {
        var page = try await self.get(address)
        for answer in answers { page = try await self.answer(page, with: answer) }
        return page
    }
}
