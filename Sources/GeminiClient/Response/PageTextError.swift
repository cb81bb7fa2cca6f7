public import GeminiProtocol

/// Why the body of a page cannot be had as text.
public enum PageTextError: Error, Sendable, Hashable {
    /// The page is no text.
    case notText(MediaType)
    /// The page is text, and no gemtext.
    case notGemtext(MediaType)
    /// The page is in a character set that is not known here (GP-112).
    case unknownCharset(String)
}

extension PageTextError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .notText(let type): "The page is no text but \(type.essence); save its bytes."
        case .notGemtext(let type): "The page is no gemtext but \(type.essence)."
        case .unknownCharset(let name):
            "The page is in the character set \(name), which is unknown here; save its bytes."
        }
    }
}
