/// A value that can stand in a segment of a path: what a route's `{name}` becomes in a handler, and back in a link.
///
/// ```swift
/// enum Floor: String, PathParameter { case cellar, attic }
///
/// routes.page("/house/{floor}") { (context, floor: Floor) in
///     .gemtext("# The \(floor.rawValue)")
/// }
/// ```
///
/// `/house/garden` is then no page: a segment that the type does not take does not match the route.
public protocol PathParameter: Sendable {
    /// Reads a decoded segment, which is not empty; `nil` if it is none of these values.
    init?(pathParameter text: String)

    /// The value as text, which links percent-encode.
    var pathParameter: String { get }
}

extension String: PathParameter {
    public init?(pathParameter text: String) {
        self = text
    }

    public var pathParameter: String {
        self
    }
}

extension PathParameter where Self: LosslessStringConvertible & FixedWidthInteger {
    /// Reads a number as it is written: no `+`, no leading zeros, so that each page has one address.
    public init?(pathParameter text: String) {
        guard let value = Self(text), value.description == text else { return nil }
        self = value
    }

    public var pathParameter: String {
        self.description
    }
}

extension Int: PathParameter {}
extension Int32: PathParameter {}
extension Int64: PathParameter {}
extension UInt: PathParameter {}
extension UInt32: PathParameter {}
extension UInt64: PathParameter {}

extension Account.ID: PathParameter {
    public init(pathParameter text: String) {
        self.init(text)
    }

    public var pathParameter: String {
        self.description
    }
}

extension AccountCertificate.ID: PathParameter {
    public init(pathParameter text: String) {
        self.init(text)
    }

    public var pathParameter: String {
        self.description
    }
}

extension PathParameter where Self: RawRepresentable, RawValue: PathParameter {
    public init?(pathParameter text: String) {
        guard let raw = RawValue(pathParameter: text) else { return nil }
        self.init(rawValue: raw)
    }

    public var pathParameter: String {
        self.rawValue.pathParameter
    }
}
