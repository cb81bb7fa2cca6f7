/// A line of a peer's file.
package struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1.
    package var line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    package var description: String { "\(self.file):\(self.line)" }

    /// Without the folders, for comments.
    var short: String {
        "\(self.file.split(separator: "/").last.map(String.init) ?? self.file):\(self.line)"
    }
}

/// Something that stands in a peer's file.
struct Located<Value> {
    var value: Value
    var place: SourcePlace

    func map<Result>(_ transform: (Value) throws -> Result) rethrows -> Located<Result> {
        Located<Result>(value: try transform(self.value), place: self.place)
    }
}

extension Located: Sendable where Value: Sendable {}
