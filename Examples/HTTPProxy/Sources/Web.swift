import AsyncHTTPClient
import Canaveral
import NIOCore
import NIOHTTP1

/// The web, as far as the proxy lets its visitors see it.
struct Web: Sendable {
    /// How long a document may take, from the first connection to its last byte.
    var timeLimit: Duration = .seconds(20)
    /// Bytes of a document.
    var sizeLimit = 4 << 20
    var redirectLimit = 5
    /// Which addresses are fetched from. A visitor chooses the URL, but the connection is made from here: without this,
    /// strangers would read the router's configuration page and the cloud's credentials.
    var reaches: @Sendable (SocketAddress) -> Bool = { $0.isPublic }

    /// - Throws: ``WebError``.
    func document(at url: GeminiURL, logger: Logger) async throws -> WebDocument {
        try await withThrowingTaskGroup(of: WebDocument.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await self.follow(url) }
            group.addTask {
                try await Task.sleep(for: self.timeLimit)
                throw WebError.timeout(url)
            }
            do {
                guard let first = try await group.next() else { throw CancellationError() }
                return first
            } catch let error as WebError {
                throw error
            } catch is NIOTooManyBytesError {
                throw WebError.tooLarge(url, limit: self.sizeLimit)
            } catch let error where !(error is CancellationError) {
                logger.notice("\(url) could not be fetched: \(error)")
                throw WebError.unreachable(url)
            }
        }
    }

    private func follow(_ start: GeminiURL) async throws -> WebDocument {
        var url = start
        for _ in 0...self.redirectLimit {
            switch try await self.fetch(url) {
            case .document(let document): return document
            case .redirect(let target): url = target
            }
        }
        throw WebError.tooManyRedirects(start)
    }

    private enum Answer {
        case document(WebDocument)
        case redirect(GeminiURL)
    }

    private func fetch(_ url: GeminiURL) async throws -> Answer {
        guard ["http", "https"].contains(url.scheme) else { throw WebError.leavesTheWeb(url) }
        let address = try await self.address(of: url)
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        // The connection goes to the address that was looked at: the name is not looked up a second time, when it might
        // mean another.
        configuration.dnsOverride = [url.host.description: address]
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            var request = HTTPClientRequest(url: url.withoutFragment.description)
            request.headers = [
                "User-Agent": "canaveral-proxy", "Accept": "text/html, text/*, image/*;q=0.9, */*;q=0.1",
            ]
            let response = try await client.execute(request, timeout: .seconds(60))
            if (300..<400).contains(response.status.code), let location = response.headers.first(name: "Location") {
                return .redirect(try GeminiURL(URIReference(lenient: location).resolved(against: url.reference)))
            }
            guard response.status == .ok else { throw WebError.status(url, "\(response.status)") }
            return .document(
                WebDocument(
                    url: url,
                    type: response.headers.first(name: "Content-Type").flatMap { try? MediaType($0) } ?? .octetStream,
                    body: try await response.body.collect(upTo: self.sizeLimit)
                )
            )
        }
    }

    /// Looks a name up, and refuses what it must not reach.
    private func address(of url: GeminiURL) async throws -> String {
        let port = Int(url.port ?? (url.scheme == "https" ? 443 : 80))
        // An address stands in brackets in a URL, but nowhere else.
        let name = url.host.description.filter { $0 != "[" && $0 != "]" }
        let address = try await BlockingWork.run { try SocketAddress.makeAddressResolvingHost(name, port: port) }
        guard self.reaches(address), let text = address.ipAddress else { throw WebError.forbidden(url) }
        return text
    }
}
