/// A canaveral.toml in the making: settings in tables, each with where it came from.
///
/// Whatever a value holds, its text is TOML that reads as the same value.
package struct ConfigurationDocument: Hashable, Sendable {
    /// What a setting is set to.
    package enum Value: Hashable, Sendable {
        case string(String)
        case integer(Int)
        case boolean(Bool)
        case array([Value])
        /// By key, in order.
        case table([Member])

        package static func strings(_ strings: [String]) -> Value {
            .array(strings.map(Value.string))
        }
    }

    /// A value of a table by its key.
    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: Value

        package init(_ key: String, _ value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// A key and its value, on a line of its own.
    package struct Setting: Hashable, Sendable {
        package var key: String
        package var value: Value
        /// The peer's option that it was, for a comment.
        package var origin: String?
    }

    /// Settings behind a header such as `[[host]]`, and the tables within.
    package struct Table: Hashable, Sendable {
        /// What is said about all of it, a line each.
        package var remarks: [String] = []
        package private(set) var settings: [Setting] = []
        package private(set) var children: [Child] = []

        package init() {}

        package subscript(_ key: String) -> Value? {
            self.settings.first { $0.key == key }?.value
        }

        /// Adds a setting, or replaces the one of the same key.
        package mutating func set(_ key: String, to value: Value, from origin: String? = nil) {
            self.settings.removeAll { $0.key == key }
            self.settings.append(Setting(key: key, value: value, origin: origin))
        }

        package mutating func set(_ key: String, to value: String, from origin: String? = nil) {
            self.set(key, to: .string(value), from: origin)
        }

        /// Takes settings and tables out.
        package mutating func remove(_ keys: Set<String>) {
            self.settings.removeAll { keys.contains($0.key) }
            self.children.removeAll { keys.contains($0.name) }
        }

        /// Adds a table, as in `[log]`.
        package mutating func add(_ name: String, _ table: Table) {
            self.children.append(Child(name: name, isElement: false, table: table))
        }

        /// Adds an element of an array of tables, as in `[[host]]`.
        package mutating func append(_ name: String, _ table: Table) {
            self.children.append(Child(name: name, isElement: true, table: table))
        }

        /// The elements of an array of tables.
        package func elements(_ name: String) -> [Table] {
            self.children.filter { $0.isElement && $0.name == name }.map(\.table)
        }

        package var isEmpty: Bool {
            self.settings.isEmpty && self.children.isEmpty
        }
    }

    package struct Child: Hashable, Sendable {
        package var name: String
        package var isElement: Bool
        package var table: Table
    }

    /// What stands before all headers, and everything behind.
    package var top = Table()

    package init() {}
}
