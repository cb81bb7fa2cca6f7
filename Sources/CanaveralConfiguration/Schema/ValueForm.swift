import TOML

/// What a setting takes: reads its value, and says what is valid where it is given something else.
struct ValueForm<Value>: Sendable {
    /// As in "It takes a number above 0".
    let expectation: String
    /// Reports what is wrong, and then returns `nil`.
    let read: @Sendable (TOMLNode, ValuePlace) -> Value?
    /// For tables: their keys.
    var tables: TableSchema?

    init(_ expectation: String, read: @escaping @Sendable (TOMLNode, ValuePlace) -> Value?) {
        self.expectation = expectation
        self.read = read
    }

    /// A form whose values are made of the file's alone; the expectation is reported where it is not one.
    init(_ expectation: String, from make: @escaping @Sendable (TOMLValue) -> Value?) {
        self.init(expectation) { node, place in
            guard let value = make(node.value) else {
                place.report("It takes \(expectation), and is \(node.value.shown).")
                return nil
            }
            return value
        }
    }

    /// A form for texts, some of which are wrong for a reason of their own.
    init(_ expectation: String, text make: @escaping @Sendable (String) throws -> Value) {
        self.init(expectation) { node, place in
            guard case .string(let text) = node.value else {
                place.report("It takes \(expectation), and is \(node.value.shown).")
                return nil
            }
            do {
                return try make(text)
            } catch {
                place.report("\(error)")
                return nil
            }
        }
    }

    func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> ValueForm<Other> {
        var form = ValueForm<Other>(self.expectation) { node, place in self.read(node, place).map(transform) }
        form.tables = self.tables
        return form
    }
}
