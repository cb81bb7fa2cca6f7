/// What a `titan` request asks for: to store what follows, or to see a resource in its editable form.
///
///     titan://example.org/notes.gmi;size=12;mime=text/gemini;token=secret
///     titan://example.org/notes.gmi;edit
public enum TitanRequest: Sendable, Hashable {
    /// An upload, whose bytes follow the request line (TI-02). A size of 0 asks to delete (TI-19).
    case upload(TitanParameters)

    /// A request for the raw text of a resource; nothing follows the line (TI-30).
    case edit

    public var isEdit: Bool {
        self == .edit
    }

    /// The parameters of an upload, nil for an edit request.
    public var parameters: TitanParameters? {
        if case .upload(let parameters) = self { parameters } else { nil }
    }

    /// How many bytes follow the request line; none for an edit request.
    public var size: Int {
        self.parameters?.size ?? 0
    }
}

extension TitanRequest: CustomStringConvertible {
    /// The parameters as they stand at the end of the path, the first `;` included.
    ///
    /// The media type is always written, because servers differ in what they take for a missing one (DA-35).
    public var description: String {
        switch self {
        case .edit:
            return ";edit"
        case .upload(let parameters):
            let mediaType = PercentEncoding.encode(parameters.mediaType.utf8, keeping: .titanMediaType)
            var text = ";size=\(parameters.size);mime=\(mediaType)"
            if let token = parameters.token {
                text += ";token="
                text += PercentEncoding.encode(token.utf8, keeping: .unreserved)
            }
            return text
        }
    }
}
