/// Values by the names of hosts, as clients spell them in a hello: lower case, A-labels, no dot at the end.
///
/// `*.example.org` stands for every name that is one label longer than `example.org`, and a name of its own comes before it.
package struct HostTable<Value: Sendable>: Sendable {
    private var byName: [String: Value] = [:]
    /// By what follows the star and its dot.
    private var byDomain: [String: Value] = [:]

    package init() {}

    package var isEmpty: Bool {
        self.byName.isEmpty && self.byDomain.isEmpty
    }

    /// - Returns: what was there under this very name or pattern.
    @discardableResult
    package mutating func set(_ value: Value, for name: String) -> Value? {
        guard name.hasPrefix("*.") else { return self.byName.updateValue(value, forKey: name) }
        return self.byDomain.updateValue(value, forKey: String(name.dropFirst(2)))
    }

    package subscript(name: String) -> Value? {
        if let value = self.byName[name] { return value }
        guard !self.byDomain.isEmpty, let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")), dot != name.startIndex
        else {
            return nil
        }
        return self.byDomain[String(name[name.utf8.index(after: dot)...])]
    }
}
