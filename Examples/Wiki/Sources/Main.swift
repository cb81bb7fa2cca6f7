import Canaveral

@main
struct Main {
    static func main() async throws {
        let wiki = Wiki(pages: try Pages(in: "wiki-pages"))
        let capsule = try Capsule(hostname: "localhost", routes: wiki.routes)
        try await capsule.run()
    }
}
