public import GeminiFeeds
public import GeminiProtocol
public import GeminiServer
import NIOCore

extension Response {
    /// A feed in Atom, as clients read it that know no subscription pages (SB-10).
    ///
    /// - Parameter url: where this document is.
    public static func atom(_ feed: Feed, at url: GeminiURL? = nil) -> Response {
        .success(.atom, .bytes(ByteBuffer(bytes: feed.atom(at: url))))
    }
}
