import GeminiServer

/// What a request wants to do at a path.
enum RouteAction: Int, Sendable, CaseIterable {
    /// Read a page over Gemini, or over another scheme that was let in.
    case page
    /// Store what comes with it (Titan).
    case upload
    /// Get what is stored in its editable form (TI-30).
    case edit
    /// Remove what is stored: an upload of nothing (TI-19).
    case delete

    init(_ request: Request) {
        switch request.line.titan {
        case nil: self = .page
        case .edit: self = .edit
        case .upload(let parameters): self = parameters.size == 0 ? .delete : .upload
        }
    }

    /// What is said of a path at which there is something, but nothing for this.
    var refusal: String {
        switch self {
        case .page: "There is nothing to read here."
        case .upload: "This page takes no uploads."
        case .edit: "This page cannot be edited."
        case .delete: "This page cannot be deleted, and an upload without a byte asks for that."
        }
    }
}
