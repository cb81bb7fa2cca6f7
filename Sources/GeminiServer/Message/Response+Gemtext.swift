public import GeminiProtocol
import NIOCore

extension Response {
    /// A page of gemtext (status 20).
    ///
    /// A literal is markup, and what is put into it is not, whatever it is:
    ///
    /// ```swift
    /// return .gemtext("# Hello, \(visitor.name)")
    /// ```
    ///
    /// - Parameters:
    ///   - document: the page.
    ///   - language: its language, such as `en`, or several with commas between them (GT-70). What cannot stand in a
    ///     media type is left out.
    public static func gemtext(_ document: Gemtext, language: String? = nil) -> Response {
        Response.gemtext(ByteBuffer(bytes: document.bytes), language: language)
    }

    /// A page of gemtext that is built (status 20).
    ///
    /// ```swift
    /// return .gemtext {
    ///     Heading("Guestbook")
    ///     for entry in entries { Quote(entry.message) }
    /// }
    /// ```
    public static func gemtext<Failure: Error>(
        language: String? = nil,
        @GemtextBuilder _ content: () throws(Failure) -> Gemtext
    ) throws(Failure) -> Response {
        .gemtext(try content(), language: language)
    }

    /// A text that is gemtext already, such as a page from a file or from another server, sent as it is (status 20).
    ///
    /// Nothing in it is looked at: visitors' words in it can be markup.
    public static func gemtext(verbatim text: String, language: String? = nil) -> Response {
        Response.gemtext(ByteBuffer(string: text), language: language)
    }

    private static func gemtext(_ body: ByteBuffer, language: String?) -> Response {
        let type = language.flatMap { try? MediaType.gemtext.adding("lang", $0) } ?? .gemtext
        return .success(type, .bytes(body))
    }
}
