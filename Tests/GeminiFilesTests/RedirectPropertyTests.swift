import GeminiProtocol
import Testing

@testable import GeminiFiles

/// Every path of a small capsule in every spelling: what it ends in does not depend on how it was asked for.
@Suite("Following redirects")
struct RedirectPropertyTests {
    private static let tree = [
        "index.gmi": "home", "a/index.gmi": "a", "a/b c/index.gemini": "b c", "a/b c/d:e/leaf.gmi": "leaf",
        "caf\u{E9}/index.gmi": "caf\u{E9}", "x.example/index.gmi": "x", "x.example/y/index.gmi": "y",
        "100%/index.gmi": "100%",
    ]

    /// What stands at each path of the tree; folders are without their slash.
    private static let pages = [
        "": "home", "/a": "a", "/a/b c": "b c", "/a/b c/d:e/leaf.gmi": "leaf", "/caf\u{E9}": "caf\u{E9}",
        "/x.example": "x",
        "/x.example/y": "y", "/100%": "100%", "/index.gmi": "home", "/a/index.gmi": "a",
    ]

    @Test(
        "DA-23, DA-25, GP-142: every spelling of a path ends at its page, after one redirect at most, on the same host",
        arguments: RootDirectory.Resolution.both,
        ["", "?", "?q", "?a%20b&c=d/../e"]
    )
    func follow(_ resolution: RootDirectory.Resolution, _ query: String) async throws {
        let capsule = try Capsule(Self.tree, resolution: resolution)
        for (path, text) in Self.pages {
            for spelling in Self.spellings(of: path) {
                let isFile = path.hasSuffix(".gmi")
                for end in isFile ? [""] : ["", "/", "//", "/.", "/./", "/nowhere/.."] {
                    let url = try GeminiURL("gemini://localhost:1966\(spelling)\(end)\(query)")
                    let (reply, redirects) = try await capsule.follow(url)
                    #expect(reply.status == 20 && reply.text == text, "\(url): \(reply)")
                    #expect(
                        redirects <= (isFile || !end.isEmpty || path.isEmpty ? 0 : 1),
                        "\(url): \(redirects) redirects"
                    )
                }
            }
        }
    }

    @Test("GP-133: a redirect keeps host, port and query", arguments: ["", "?", "?q", "?a%20b", "?a/b?c"])
    func keeps(_ query: String) async throws {
        let capsule = try Capsule(Self.tree)
        for (path, _) in Self.pages where !path.hasSuffix(".gmi") && !path.isEmpty {
            for spelling in Self.spellings(of: path) {
                let url = try GeminiURL("gemini://localhost:1966\(spelling)\(query)")
                let target = try url.resolving(try await capsule.get(url).meta)
                #expect(
                    target.host == url.host && target.port == url.port && target.query == url.query,
                    "\(url): \(target)"
                )
                #expect(target.path.hasSuffix("/"), "\(url): \(target)")
            }
        }
    }

    /// Ways to write a path, all of which mean the same to a server of files.
    private static func spellings(of path: String) -> [String] {
        let segments = path.split(separator: "/").map(String.init)
        func joined(_ separator: String, _ encode: (String) -> String) -> String {
            segments.map { separator + encode($0) }.joined()
        }
        let everyByte: (String) -> String = { segment in
            segment.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        return [
            joined("/", PercentEncoding.encode(segment:)),
            joined("/", everyByte),
            joined("//", PercentEncoding.encode(segment:)),
            joined("///", everyByte),
            joined("/./", PercentEncoding.encode(segment:)),
            joined("/%2e/", PercentEncoding.encode(segment:)),
            joined("/nowhere/../", PercentEncoding.encode(segment:)),
            joined("//nowhere/../", everyByte),
            joined("/.//", PercentEncoding.encode(segment:)),
        ]
    }
}
