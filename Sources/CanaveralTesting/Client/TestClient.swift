public import GeminiProtocol
import NIOCore

/// A visitor of a capsule that is tested; made by ``Canaveral/Capsule/test(_:environment:accessLog:_:)``.
///
/// Each request has a connection of its own. A value: what is changed about it is changed for a copy.
///
/// ```swift
/// let page = try await client.get("/guestbook", input: "Hello")
/// let members = try await client.as(alice).followingRedirects().get("/members")
/// ```
public struct TestClient: Sendable {
    let wire: any Wire
    /// The front page of the capsule's first host.
    let home: GeminiURL
    var identity: VisitorIdentity?
    var faults = Faults()
    var redirectLimit = 0
    var origin: String?

    init(wire: any Wire, home: GeminiURL) {
        self.wire = wire
        self.home = home
    }

    // MARK: Other visitors

    /// A client that shows a certificate; with `nil`, none.
    public func `as`(_ identity: VisitorIdentity?) -> TestClient {
        self.changing { $0.identity = identity }
    }

    /// A client that comes from another IP address. Over loopback it must be one of this machine, such as `127.0.0.2`
    /// where the system has those (Linux).
    public func from(_ address: String) -> TestClient {
        self.changing { $0.origin = address }
    }

    /// A client that follows redirects by itself.
    ///
    /// - Parameter limit: how many in a row; one more is an error (GP-136).
    public func followingRedirects(upTo limit: Int = 5) -> TestClient {
        self.changing { $0.redirectLimit = limit }
    }

    /// A client with faults.
    public func with(_ faults: Faults) -> TestClient {
        self.changing { $0.faults = faults }
    }

    private func changing(_ change: (inout TestClient) -> Void) -> TestClient {
        var copy = self
        change(&copy)
        return copy
    }

    // MARK: Addresses

    /// The whole URL for a path, or for a URL of any host.
    ///
    /// - Parameter address: as a person writes it; what may not be in a URL is percent-encoded.
    public func url(_ address: String) throws -> GeminiURL {
        do throws(URIError) {
            return try self.home.resolving(URIReference(lenient: address))
        } catch {
            throw TestError.address(address, reason: error)
        }
    }

    // MARK: Exchanges

    /// Sends the bytes of a request.
    func open(_ bytes: [UInt8], for url: GeminiURL) async throws -> OpenedPage {
        let call = Call(
            bytes: bytes,
            serverName: url.host.description,
            identity: self.identity,
            origin: self.origin,
            faults: self.faults
        )
        let inbox = try await self.wire.send(call)
        if call.isAbandoned {
            _ = try? await inbox.next()
            inbox.leave()
            throw TestError.requestCut(after: self.faults.requestCut ?? 0)
        }
        return try await OpenedPage(inbox, url: url, request: bytes)
    }

    func open(_ line: RequestLine, body: [UInt8] = []) async throws -> OpenedPage {
        try await self.open(line.bytes + body, for: line.url)
    }

    func line(_ url: GeminiURL, titan: TitanRequest? = nil) throws -> RequestLine {
        do throws(RequestLineError) {
            return try RequestLine(url, titan: titan)
        } catch {
            throw TestError.request(url, reason: error)
        }
    }
}
