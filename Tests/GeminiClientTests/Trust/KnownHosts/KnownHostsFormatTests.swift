import GeminiClient
import GeminiProtocol
import Testing

@Suite("Known hosts of other programs")
struct KnownHostsFormatTests {
    static let key = String(repeating: "0f", count: 32)
    static let colons = Array(repeating: "AB", count: 64).joined(separator: ":")
    static let base64 = "Dw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8="

    @Test("Lagrange's trusted.2.txt is read")
    func lagrange() throws {
        let text = """
            example.org;1965 1795219200 \(Self.key)
            xn--caf-dma.example;1966 1795219200 \(Self.key)
            ::1;1965 1795219200 \(Self.key)
            example.org;1965 1795219201 \(Self.key)

            example.org 1795219200 \(Self.key)
            example.org;1965 soon \(Self.key)
            example.org;1965 1795219200 0f
            example.org;1965 99999999999999999999 \(Self.key)
            exa mple;1965 1795219200 \(Self.key)
            """
        let reading = KnownHostsFormat.lagrange.hosts(in: Array(text.utf8))
        #expect(reading.hosts.map(\.host.description) == ["example.org", "xn--caf-dma.example", "[::1]"])
        #expect(reading.hosts.map(\.port) == [1965, 1966, 1965])
        #expect(reading.hosts.allSatisfy { $0.publicKeyFingerprint == Fingerprint(parsing: Self.key) })
        #expect(reading.hosts.allSatisfy { $0.fingerprint == nil && $0.sha512 == nil })
        #expect(reading.hosts[0].notAfter == Timestamp(secondsSinceEpoch: 1_795_219_201), "the last line counts")
        #expect(reading.skippedLines == [6, 7, 8, 9, 10])
    }

    @Test("The known_hosts of gmni and of tools with its form is read", arguments: [KnownHostsFormat.gmni, .goGemini])
    func tools(format: KnownHostsFormat) throws {
        let text = """
            # a comment
            example.org SHA-512 \(Self.colons) 1795219200\r
            example.net sha256 \(Self.base64)
            example.com:1966 SHA-256 \(Self.key) 1795219200
            ::1 sha256 \(Self.base64)
            md5.example MD5 00:11 1795219200
            short.example SHA-512 AB:CD 1795219200
            wrong.example sha256 \(Self.base64) soon
            example.org
            """
        let reading = format.hosts(in: Array(text.utf8))
        #expect(reading.hosts.map(\.host.description) == ["example.org", "example.net", "example.com", "[::1]"])
        #expect(reading.hosts.map(\.port) == [1965, 1965, 1966, 1965])
        #expect(reading.hosts[0].sha512 == Array(repeating: 0xAB, count: 64) && reading.hosts[0].fingerprint == nil)
        #expect(reading.hosts[0].notAfter == Timestamp(secondsSinceEpoch: 1_795_219_200))
        #expect(reading.hosts[1...].allSatisfy { $0.fingerprint == Fingerprint(parsing: Self.key) })
        #expect(reading.hosts[1].notAfter == nil)
        #expect(reading.skippedLines == [6, 7, 8, 9])
    }

    @Test(
        "What is written is what the programs write",
        arguments: [
            (KnownHostsFormat.lagrange, "example.org;1965 1795219200 \(key)\n"),
            (.gmni, "example.org SHA-512 \(colons) 1795219200\n"),
            (.goGemini, "example.org sha256 \(base64)\n"),
        ]
    )
    func written(format: KnownHostsFormat, line: String) throws {
        let fingerprint = Fingerprint(parsing: Self.key)
        let host = KnownHost(
            host: try Host("example.org"),
            port: 1965,
            fingerprint: fingerprint,
            publicKeyFingerprint: fingerprint,
            sha512: Array(repeating: 0xAB, count: 64),
            notAfter: Timestamp(secondsSinceEpoch: 1_795_219_200)
        )
        let writing = format.text(of: [host])
        #expect(writing.text == line && writing.omitted == [])
        let reading = format.hosts(in: Array(writing.text.utf8))
        #expect(reading.skippedLines == [] && reading.hosts.count == 1)
        #expect(reading.hosts.first?.matches(host, by: .certificate) == true)
        #expect(format.text(of: reading.hosts).text == line)
    }

    @Test("What a form cannot tell of is said, not made up")
    func omitted() throws {
        let server = try ShownServer()
        let elsewhere = try server.known(port: 1966)
        var bare = try server.known()
        (bare.fingerprint, bare.publicKeyFingerprint, bare.sha512, bare.notAfter) = (nil, nil, nil, nil)
        #expect(KnownHostsFormat.lagrange.text(of: [elsewhere, bare]).omitted == [bare])
        for format in [KnownHostsFormat.gmni, .goGemini] {
            #expect(format.text(of: [elsewhere, bare]).omitted == [elsewhere, bare])
            #expect(format.text(of: [elsewhere, bare]).text == "")
        }
    }

    @Test("Servers go out to another program and come back as the same ones", arguments: KnownHostsFormat.allCases)
    func roundTrip(format: KnownHostsFormat) async throws {
        let servers = try ["example.org", "192.0.2.1", "[2001:db8::1]"].map { ($0, try ShownServer([$0])) }
        let ours = KnownHosts()
        for (name, server) in servers {
            _ = await TrustOnFirstUse(ours).judge(try server.shown(as: name))
        }
        let file = format.text(of: try await ours.all()).text
        let theirs = KnownHosts()
        #expect(try await theirs.add(format.hosts(in: Array(file.utf8)).hosts) == [])
        for (name, server) in servers {
            guard case .refused(.changed) = await TrustOnFirstUse(theirs).judge(try ShownServer().shown(as: name))
            else {
                Issue.record("\(name) is not known")
                continue
            }
            #expect(await TrustOnFirstUse(theirs).judge(try server.shown(as: name)) == .trusted)
        }
    }
}
