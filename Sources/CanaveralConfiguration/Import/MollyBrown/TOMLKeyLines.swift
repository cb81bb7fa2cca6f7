import TOMLKit

/// On which line each key of a TOML text stands, which the parser knows of errors alone.
///
/// A line in a string of several lines may be taken for a setting; the text's first of a key counts.
struct TOMLKeyLines {
    private var lines: [[String]: Int] = [:]

    init(_ text: String) {
        var table: [String] = []
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            let line = line.drop { $0 == " " || $0 == "\t" }
            if line.first == "[" {
                guard let path = Self.path(ofDocument: String(line)) else { continue }
                table = path
                self.note(table, index + 1)
            } else if let path = Self.path(ofSetting: line) {
                self.note(table + path, index + 1)
            }
        }
    }

    subscript(path: String...) -> Int? { self.lines[path] }

    private mutating func note(_ path: [String], _ line: Int) {
        if self.lines[path] == nil { self.lines[path] = line }
    }

    /// The key in front of the first `=` that is not in quotes.
    private static func path(ofSetting line: Substring) -> [String]? {
        var quote: Character?
        var isEscaped = false
        for index in line.indices {
            let character = line[index]
            if isEscaped {
                isEscaped = false
            } else if let open = quote {
                if character == open { quote = nil } else if character == "\\", open == "\"" { isEscaped = true }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "#" {
                return nil
            } else if character == "=" {
                return self.path(ofDocument: "\(line[..<index]) = 0")
            }
        }
        return nil
    }

    /// The keys, one within the other, of a text that has one alone.
    private static func path(ofDocument text: String) -> [String]? {
        guard var table = try? TOMLTable(string: text) else { return nil }
        var path: [String] = []
        while let key = table.keys.first {
            path.append(key)
            guard let next = table[key]?.table ?? table[key]?.array?.first?.table else { break }
            table = next
        }
        return path.isEmpty ? nil : path
    }
}
