public import GeminiProtocol

/// The path of a route, with the types of its parameters.
///
/// A literal where a route is made gets its types from the handler:
///
/// ```swift
/// let profile = routes.page("/users/{name}") { (context, name: String) in ... }
/// ```
///
/// A path that several places use is declared once, and gives the handler its types:
///
/// ```swift
/// enum Paths {
///     static let entries: Path<Int> = "/entries/{page: Int}"
/// }
/// routes.page(Paths.entries) { context, page in ... }
/// ```
///
/// Called with values it is a link (`Paths.entries(3)` is `/entries/3`), percent-encoded where that is needed.
///
/// Segments are plain text, `{name}`, or as the last one `**` for whatever follows. `{page: Int}` says in the path what
/// type the handler must take; a segment that is no such value does not match.
public struct Path<each Parameter: PathParameter>: Sendable {
    /// The path with its parameters' names.
    public let template: String

    let pattern: PathPattern

    /// - Parameter template: see ``Path``. What is wrong with it is reported when a capsule with such a route is made.
    public init(_ template: String) {
        self.init(PathPattern(template))
    }

    init(_ pattern: PathPattern) {
        self.template = pattern.text
        self.pattern = pattern
    }

    /// The path with values in the place of its parameters, as a link or as the target of a redirect.
    public func callAsFunction(_ values: repeat each Parameter) -> URIReference {
        var texts: [String] = []
        for value in repeat each values {
            texts.append(value.pathParameter)
        }
        return self.pattern.reference(with: texts)
    }

    /// The names of the parameters' types, in order.
    static var parameterTypes: [any PathParameter.Type] {
        var types: [any PathParameter.Type] = []
        for type in repeat (each Parameter).self {
            types.append(type)
        }
        return types
    }

    /// The decoded segments of a request as values.
    ///
    /// - Returns: `nil` if one is none of its type.
    static func values(_ texts: [String]) -> (repeat each Parameter)? {
        var texts = texts[...]
        func next<Value: PathParameter>(_ type: Value.Type) throws(Mismatch) -> Value {
            guard let text = texts.popFirst(), let value = Value(pathParameter: text) else { throw Mismatch() }
            return value
        }
        return try? (repeat next((each Parameter).self))
    }

    private struct Mismatch: Error {}
}

extension Path: ExpressibleByStringLiteral {
    public init(stringLiteral template: String) {
        self.init(template)
    }
}
