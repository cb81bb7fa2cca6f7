import GeminiClient
import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@Suite("A feed reader in fifty lines")
struct FeedReaderTests {
    @Test("SB-01 to SB-08, RFC 4287: entries of gemlogs and of Atom feeds, the newest first")
    func entries() async throws {
        try await withGemlogs { server, _ in
            let url = "gemini://localhost:\(server.port)"
            let reader = try Reader(following: ["\(url)/gemlog/", "\(url)/atom.xml"])
            #expect(
                try await reader.run() == [
                    "=> \(url)/atom/2 2026-11-21 Atoms: Split",
                    "=> \(url)/gemlog/kiwi.gmi 2026-11-20 Birds: Kiwi",
                    "=> https://example.org/1 2026-11-19 Atoms: Whole",
                    "=> \(url)/gemlog/emu.gmi 2026-11-18 Birds: Emu",
                ]
            )
            #expect(try await reader.knownHosts.all().count == 1)
        }
    }

    @Test("GP-138: a gemlog that has moved is followed to its new address")
    func moved() async throws {
        try await withGemlogs { server, requests in
            let url = "gemini://localhost:\(server.port)"
            let reader = try Reader(following: ["\(url)/moved", "\(url)/elsewhere"])
            #expect(try await reader.run().count == 4)
            #expect(try reader.list == "\(url)/gemlog/\n\(url)/elsewhere")
            requests.withLockedValue { $0 = [] }
            #expect(try await reader.run().count == 4)
            #expect(requests.withLockedValue { $0 }.sorted() == ["/elsewhere", "/gemlog/", "/gemlog/"])
        }
    }

    @Test("GP-091: a gemlog that is gone is not asked for again, unless something else led there for now")
    func gone() async throws {
        try await withGemlogs { server, requests in
            let url = "gemini://localhost:\(server.port)"
            let reader = try Reader(following: ["\(url)/gone", "\(url)/moved-and-gone", "\(url)/elsewhere-and-gone"])
            let lines = try await reader.run()
            #expect(lines.count == 3)
            #expect(lines.allSatisfy { $0.hasPrefix("* \(url)/") && $0.contains("removed for good") })
            #expect(try reader.list == "\(url)/elsewhere-and-gone")
            requests.withLockedValue { $0 = [] }
            _ = try await reader.run()
            #expect(requests.withLockedValue { $0 } == ["/elsewhere-and-gone", "/gone"])
        }
    }

    @Test("GP-092: a server that asks for time gets it, for all of its gemlogs")
    func slowDown() async throws {
        try await withGemlogs { server, requests in
            let url = "gemini://localhost:\(server.port)"
            let reader = try Reader(following: ["\(url)/busy", "\(url)/closed", "\(url)/gemlog/"])
            let start = ContinuousClock.now
            let lines = try await reader.run()
            #expect(ContinuousClock.now - start >= .seconds(1))
            #expect(lines.first == "=> \(url)/late.gmi 2026-11-17 Late: Better")
            #expect(
                lines.dropFirst().allSatisfy { $0.hasPrefix("* \(url)/closed: The server asks for fewer requests") }
            )
            #expect(requests.withLockedValue { $0 } == ["/busy", "/busy", "/closed"])
            #expect(try reader.list == "\(url)/busy\n\(url)/closed\n\(url)/gemlog/")
        }
    }

    @Test("What cannot be read is named, and the rest is read")
    func problems() async throws {
        try await withGemlogs { server, _ in
            let url = "gemini://localhost:\(server.port)"
            let problems = [
                "gemini://localhost:1/": "localhost cannot be reached at port 1: connection refused.",
                "not an address": "The URL is not absolute: it has no scheme.",
                "\(url)/picture": "A document of the type image/png is no feed",
                "\(url)/none": "There is no page at this address.",
                "https://example.org/": "https: addresses cannot be fetched",
            ]
            let bad = problems.keys.sorted()
            let reader = try Reader(following: bad + ["\(url)/gemlog/"])
            let lines = try await reader.run()
            #expect(lines.prefix(2).allSatisfy { $0.hasPrefix("=> \(url)/gemlog/") })
            #expect(lines.dropFirst(2).count == bad.count)
            for (line, gemlog) in zip(lines.dropFirst(2), bad) {
                #expect(line.hasPrefix("* \(gemlog): \(problems[gemlog] ?? "?")"))
            }
            #expect(try reader.list == (bad + ["\(url)/gemlog/"]).joined(separator: "\n"))
        }
    }

    @Test("GP-172, GP-176: a server that is another than before is asked for nothing")
    func changed() async throws {
        try await withGemlogs { server, requests in
            let url = "gemini://localhost:\(server.port)/gemlog/"
            let reader = try Reader(following: [url])
            let other = try Identity.generate(names: ["localhost"], at: .now)
            try await reader.knownHosts.accept(
                ServerCertificate(der: other.leaf.der),
                host: try Host("localhost"),
                port: UInt16(server.port)
            )
            let lines = try await reader.run()
            #expect(lines.count == 1 && lines[0].contains("shows another certificate than before"))
            #expect(requests.withLockedValue { $0 } == [])
        }
    }
}

/// Runs a server with gemlogs in all states, and keeps the paths that were asked for.
private func withGemlogs(_ body: (TestServer, NIOLockedValueBox<[String]>) async throws -> Void) async throws {
    let requests = NIOLockedValueBox<[String]>([])
    let responder: any Responder = .closure { request in
        let path = request.url.path
        let isFirst = requests.withLockedValue { requests in
            requests.append(path)
            return requests.count { $0 == path } == 1
        }
        return switch path {
        case "/gemlog/":
            .gemtext("# Birds\n=> kiwi.gmi 2026-11-20 Kiwi\n=> emu.gmi 2026-11-18 - Emu\n=> /about About\n")
        case "/atom.xml": .success(MediaType("application/atom+xml"), .bytes(ByteBuffer(string: atom)))
        case "/moved": .redirect(to: try URIReference("/gemlog/"), permanent: true)
        case "/elsewhere": .redirect(to: try URIReference("/gemlog/"))
        case "/gone": .failure(.gone)
        case "/moved-and-gone": .redirect(to: try URIReference("/gone"), permanent: true)
        case "/elsewhere-and-gone": .redirect(to: try URIReference("/gone"))
        case "/busy" where isFirst: .failure(.slowDown, "1")
        case "/busy": .gemtext("# Late\n=> late.gmi 2026-11-17 Better\n")
        case "/closed": .failure(.slowDown, "3600")
        case "/picture": .success(MediaType("image/png"), .bytes(ByteBuffer(string: "")))
        default: .notFound
        }
    }
    try await withServer(responder: responder) { try await body($0, requests) }
}

private let atom = """
    <?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom">
      <title>Atoms</title><id>urn:atoms</id><updated>2026-11-21T00:00:00Z</updated>
      <entry>
        <title>Whole</title><id>urn:1</id><link href="https://example.org/1"/><updated>2026-11-19T10:00:00Z</updated>
      </entry>
      <entry>
        <title>Split</title><id>urn:2</id><link href="/atom/2"/><updated>2026-11-21T10:00:00Z</updated>
      </entry>
    </feed>
    """
