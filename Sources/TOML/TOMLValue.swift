/// A value of a TOML document.
package enum TOMLValue: Sendable {
    case string(String)
    case integer(Int)
    case float(Double)
    case boolean(Bool)
    /// A date, a time or both, as it is written; one that there can be.
    case moment(String)
    case array([TOMLNode])
    case table(TOMLTable)
}

/// A value, and where it stands.
package struct TOMLNode: Sendable {
    package var value: TOMLValue
    /// From 1. Of a key's value it is the key's too; of a table or a list of tables, that of the first header with its name, or
    /// where there is none, of the first key that leads into it.
    package var line: Int

    package init(_ value: TOMLValue, line: Int) {
        self.value = value
        self.line = line
    }
}
