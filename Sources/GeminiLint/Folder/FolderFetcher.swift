import GeminiFiles
import GeminiProtocol
import GeminiServer
import NIOCore

/// Asks a folder as if it were served: by the responder that serves it.
struct FolderFetcher: PageFetcher {
    /// The most bytes of a page that are read.
    private static let maximumSize = 16 << 20

    let files: Files

    func fetch(_ url: GeminiURL, wantsBody: Bool) async -> FetchAnswer {
        do {
            let response = try await self.files.respond(to: Request(line: RequestLine(url)))
            guard wantsBody, (try? response.header.mediaType())?.isGemtext == true else {
                return .response(response.header, body: nil)
            }
            switch response.body {
            case .bytes(let buffer): return .response(response.header, body: Array(buffer.readableBytesView))
            case .file(let file):
                guard let contents = file.contents(upTo: Self.maximumSize) else {
                    return .unreachable(reason: "The file cannot be read.")
                }
                return .response(response.header, body: contents)
            case .empty, .stream: return .response(response.header, body: [])
            }
        } catch {
            return .unreachable(reason: "\(error)")
        }
    }
}
