import Canaveral

@main
struct Main {
    static func main() async throws {
        try await LaunchSite(database: "launch-site.sqlite").capsule().run()
    }
}
