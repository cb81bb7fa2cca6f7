import GeminiProtocol
public import GeminiServer

/// What a program behind a gateway is told about its request: names and values, in a fixed order.
///
/// CGI puts them into the environment, SCGI and FastCGI send them. What they are, name by name, is the choice of a
/// ``GatewayStyle``. No value holds a NUL, a line break or another control character, whatever a client or its
/// certificate says.
///
/// ```swift
/// let variables = GatewayVariables(request, path: path, style: .jetforce)
/// variables["PATH_INFO"]  // "/extra/info"
/// ```
public struct GatewayVariables: Sendable {
    /// A name and its value, which need not be UTF-8.
    public struct Variable: Hashable, Sendable {
        public var name: String
        public var value: [UInt8]
    }

    /// All of them, no name twice.
    public private(set) var all: [Variable] = []

    /// None yet.
    public init() {}

    /// The variables of a request.
    ///
    /// - Parameters:
    ///   - path: the request's path, split at the end of the program.
    ///   - style: whose names and spellings.
    ///   - carrier: what they are for.
    ///   - server: what they say about us.
    public init(
        _ request: Request,
        path: GatewayPath,
        style: GatewayStyle = .canaveral,
        carrier: GatewayCarrier = .cgi,
        server: GatewayServer = GatewayServer()
    ) {
        self.all.reserveCapacity(48)
        let facts = GatewayFacts(request: request, path: path, carrier: carrier, server: server)
        switch style {
        case .canaveral: self.addAll(facts)
        case .jetforce: self.addJetforce(facts)
        case .gmid: self.addGmid(facts)
        case .mollyBrown: self.addMollyBrown(facts)
        case .gmcapsule: self.addGmCapsule(facts)
        }
        self.addTitan(facts)
    }

    /// The value as text; `nil` for a variable that is not set.
    public subscript(name: String) -> String? {
        self.all.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
    }

    /// Sets a variable, in the place of one of the same name or at the end.
    ///
    /// - Parameter value: control characters in it become spaces.
    public mutating func set(_ name: String, _ value: some Sequence<UInt8>) {
        let value = value.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }
        if let index = self.all.firstIndex(where: { $0.name == name }) {
            self.all[index].value = value
        } else {
            self.all.append(Variable(name: name, value: value))
        }
    }

    /// Sets a variable to text.
    public mutating func set(_ name: String, _ value: String) {
        self.set(name, value.utf8)
    }

    /// Sets a variable where there is a value.
    mutating func set(_ name: String, ifAny value: String?) {
        if let value { self.set(name, value) }
    }

    public mutating func remove(_ name: String) {
        self.all.removeAll { $0.name == name }
    }
}
