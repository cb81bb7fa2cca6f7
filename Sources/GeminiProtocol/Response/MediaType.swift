/// The type of a body: `text/gemini; lang=en`.
///
/// Type, subtype and parameter names are in lower case, so that what compares equal by RFC 2045 is equal (GP-120). The
/// text form is never longer than a ``Meta`` and holds nothing that a meta could not.
///
/// ```swift
/// let type = try MediaType("Text/Gemini ;LANG=en,fr")
/// type == .gemtext                                // false: it has a parameter
/// type.essence                                    // text/gemini
/// type.description                                // text/gemini; lang="en,fr"
/// ```
public struct MediaType: Sendable, Hashable {
    /// What stands before the slash, in lower case.
    public let type: String

    /// What stands behind the slash, in lower case.
    public let subtype: String

    /// The parameters in their order, each name once. Those that nobody understands are kept, and mean nothing
    /// (GP-111).
    public let parameters: [Parameter]

    /// Makes a media type of its parts.
    ///
    /// - Throws: when a part is no token of RFC 2045, or when the whole is over ``Meta/maximumLength`` bytes. Of two
    ///   parameters with the same name the first one counts.
    public init(
        _ type: some StringProtocol,
        _ subtype: some StringProtocol,
        parameters: [Parameter] = [],
    ) throws(MediaTypeError) {
        guard type.isToken else { throw .invalidType }
        guard subtype.isToken else { throw .invalidSubtype }
        var distinct: [Parameter] = []
        for parameter in parameters where !distinct.contains(where: { $0.name == parameter.name }) {
            distinct.append(parameter)
        }
        self.init(unchecked: type.lowercased(), subtype.lowercased(), distinct)
        let length = self.description.utf8.count
        guard length <= Meta.maximumLength else { throw .tooLong(length) }
    }

    /// Takes parts that are known to be good.
    init(unchecked type: String, _ subtype: String, _ parameters: [Parameter] = []) {
        self.type = type
        self.subtype = subtype
        self.parameters = parameters
    }
}

extension MediaType {
    /// `text/gemini`: hypertext in the format that the protocol is named after, in UTF-8.
    public static let gemtext = MediaType(unchecked: "text", "gemini")

    /// `text/plain`.
    public static let plainText = MediaType(unchecked: "text", "plain")

    /// `application/atom+xml`: a feed for those who do not read subscription pages (SB-10).
    public static let atom = MediaType(unchecked: "application", "atom+xml")

    /// `application/octet-stream`: bytes of which nothing is known (GP-121).
    public static let octetStream = MediaType(unchecked: "application", "octet-stream")

    /// What a success without a media type means to clients of the older specification (GP-082).
    static let gemtextInUTF8 = MediaType(unchecked: "text", "gemini", [Parameter(unchecked: "charset", "utf-8")])

    /// Type and subtype without parameters: `text/gemini`.
    public var essence: String {
        "\(self.type)/\(self.subtype)"
    }

    /// Whether the body is text, whatever the format; one without a ``charset`` is in UTF-8 (GP-113).
    public var isText: Bool {
        self.type == "text"
    }

    /// Whether the body is gemtext, whatever the parameters.
    public var isGemtext: Bool {
        self.isText && self.subtype == "gemini"
    }
}
