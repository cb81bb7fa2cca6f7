import GeminiProtocol
import GeminiServer
import TestSupport
import Testing

@testable import GeminiFiles

/// Each way out of the root that some server once left open (peers.md section 4).
@Suite("Ways out of the root")
struct TraversalTests {
    private static let outside = [
        "secret.txt": "secret", "capsule-private/x.txt": "secret", "capsule.txt": "secret", "etc/passwd": "secret",
    ]
    private static let content = ["index.gmi": "home", "sub/page.gmi": "page", "%2e%2e/decoy.txt": "decoy"]

    /// Requests as they stand on the wire, and the status that a server owes them.
    static let vectors: [(path: String, status: Int)] = [
        ("/../secret.txt", 51), ("/../../secret.txt", 51), ("/sub/../../secret.txt", 51),
        ("/sub/../../../etc/passwd", 51),
        ("/..", 51), ("/../", 51), ("/../.", 51), ("/./../secret.txt", 51), ("/sub/./../../secret.txt", 51),
        ("/%2e%2e/secret.txt", 51), ("/%2E%2E/secret.txt", 51), ("/.%2e/secret.txt", 51), ("/%2e./secret.txt", 51),
        ("/sub/%2e%2e/%2e%2e/secret.txt", 51),
        ("/..%2fsecret.txt", 51), ("/..%2Fsecret.txt", 51), ("/%2e%2e%2fsecret.txt", 51),
        ("/sub/..%2f..%2fsecret.txt", 51),
        ("/sub%2f..%2f..%2fsecret.txt", 51), ("/%2fetc/passwd", 51), ("/%2Fetc%2Fpasswd", 51), ("/sub%2fpage.gmi", 51),
        ("/..%5csecret.txt", 51), ("/..%5C..%5Cetc%5Cpasswd", 51), ("/sub%5c..%5c..%5csecret.txt", 51),
        ("/..\\secret.txt", 59), ("/sub\\..\\..\\secret.txt", 59),
        ("//etc/passwd", 51), ("///etc/passwd", 51), ("//../secret.txt", 51), ("/.//../secret.txt", 51),
        ("/./secret.txt", 51), ("/././", 20), ("/./index.gmi", 20), ("/sub/../index.gmi", 20),
        ("/%252e%252e/secret.txt", 51), ("/%252e%252e%252fsecret.txt", 51), ("/%252e%252e/decoy.txt", 20),
        ("/%c0%ae%c0%ae/secret.txt", 51), ("/%c0%ae%c0%ae%c0%afsecret.txt", 51), ("/..%c0%afsecret.txt", 51),
        ("/..%e0%80%afsecret.txt", 51), ("/%e0%80%ae%e0%80%ae/secret.txt", 51), ("/%f0%80%80%ae./secret.txt", 51),
        ("/..%uff0fsecret.txt", 59), ("/%u002e%u002e/secret.txt", 59), ("/..%2", 59), ("/%", 59),
        ("/\u{FF0E}\u{FF0E}/secret.txt", 51), ("/\u{2025}/secret.txt", 51), ("/..\u{2215}secret.txt", 51),
        ("/index.gmi%00", 59), ("/%00", 59), ("/index.gmi%00.txt", 59), ("/..%00/secret.txt", 59),
        ("/../capsule-private/x.txt", 51), ("/..%2fcapsule-private/x.txt", 51), ("/-private/x.txt", 51),
        ("/../capsule.txt", 51), ("/../capsule/index.gmi", 51), ("/sub/../../capsule/index.gmi", 51),
        ("/proc/self/environ", 51), ("/~root/", 51), ("/sub/page.gmi/../../../secret.txt", 51),
        ("/;/../../secret.txt", 51),
        ("/sub/page.gmi%20", 51), ("/sub/page.gmi.", 51), ("/sub/page.gmi::$DATA", 51), ("/sub%20/page.gmi", 51),
    ]

    @Test("GP-060, DA-01: over TLS, none leads out, and each gets the status that it should")
    func overTLS() async throws {
        let capsule = try Capsule(Self.content, outside: Self.outside)
        try await withServer(responder: capsule.files) { server in
            for (path, status) in Self.vectors {
                let reply = try await server.answer(to: "gemini://localhost\(path)")
                #expect(reply.header.hasPrefix("\(status) "), "\(path): \(reply.header)")
                #expect(!reply.text.contains("secret"), "\(path)")
                #expect(reply.closeNotify, "\(path)")
            }
        }
    }

    @Test("None leads out where the responder alone stands before the files", arguments: RootDirectory.Resolution.both)
    func inProcess(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Capsule(Self.content, outside: Self.outside, resolution: resolution)
        for (path, status) in Self.vectors where status != 59 {
            let reply = try await capsule.get(path)
            #expect(!reply.text.contains("secret"), "\(path)")
            #expect(status == 51 || reply.status == status, "\(path): \(reply)")
        }
    }

    @Test("A relative path holds nothing that the file system would take for more than a name", arguments: vectors)
    func components(_ vector: (path: String, status: Int)) throws {
        guard vector.status != 59 else { return }
        guard let path = RelativePath(try GeminiURL("gemini://localhost\(vector.path)").path) else { return }
        for component in path.components {
            #expect(!component.isEmpty && component.first != UInt8(ascii: "."))
            #expect(!component.contains(0) && !component.contains(UInt8(ascii: "/")))
        }
    }
}
