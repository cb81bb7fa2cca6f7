/// On which line of a file each setting stands: the parser tells only where a file stops being TOML.
///
/// Tables, lists of tables and keys are found; what is inside a value is on the line of its key.
struct SettingLines {
    private var lines: [SettingPath: Int] = [:]

    init(_ text: String) {
        var table = SettingPath()
        var counts: [SettingPath: Int] = [:]
        var skipping = Skipping()
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let isInside = skipping.isInside
            let content = line.drop { $0 == " " || $0 == "\t" }
            if !isInside, content.hasPrefix("[[") {
                let list = Self.path(of: content.dropFirst(2).prefix { $0 != "]" }, counts: counts)
                let number = counts[list, default: -1] + 1
                counts[list] = number
                table = list.appending(number)
                self.lines[table] = index + 1
            } else if !isInside, content.hasPrefix("[") {
                table = Self.path(of: content.dropFirst().prefix { $0 != "]" }, counts: counts)
                self.lines[table] = index + 1
            } else {
                if !isInside, let equals = Self.equals(in: content) {
                    var path = table
                    for key in Self.keys(of: content[..<equals]) { path = path.appending(key) }
                    if self.lines[path] == nil { self.lines[path] = index + 1 }
                }
                skipping.read(isInside ? content : content[(Self.equals(in: content) ?? content.startIndex)...])
            }
        }
    }

    /// The line of a setting, or of the nearest table around it.
    subscript(path: SettingPath) -> Int? {
        var path: SettingPath? = path
        while let current = path {
            if let line = self.lines[current] { return line }
            path = current.parent
        }
        return nil
    }

    /// The path that a table's name leads to: of a list of tables it is the last one.
    private static func path(of name: some StringProtocol, counts: [SettingPath: Int]) -> SettingPath {
        var path = SettingPath()
        let keys = Self.keys(of: name)
        for (index, key) in keys.enumerated() {
            path = path.appending(key)
            if index < keys.count - 1, let count = counts[path] { path = path.appending(count) }
        }
        return path
    }

    /// The keys of a dotted one, without their quotes.
    private static func keys(of text: some StringProtocol) -> [String] {
        var keys: [String] = []
        var key = ""
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { key.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "." {
                keys.append(key)
                key = ""
            } else if character != " ", character != "\t" {
                key.append(character)
            }
        }
        return keys + [key]
    }

    private static func equals(in line: Substring) -> Substring.Index? {
        guard line.first != "#" else { return nil }
        var quote: Character?
        for index in line.indices {
            let character = line[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "=" {
                return index
            } else if character == "#" {
                return nil
            }
        }
        return nil
    }

    /// Whether a value goes on in the next line.
    private struct Skipping {
        private var depth = 0
        private var quote: String?

        var isInside: Bool { self.depth > 0 || self.quote != nil }

        mutating func read(_ line: Substring) {
            var rest = line
            while let character = rest.first {
                if let open = self.quote {
                    if character == "\\", open.hasPrefix("\"") {
                        rest = rest.dropFirst(2)
                    } else if rest.hasPrefix(open) {
                        self.quote = nil
                        rest = rest.dropFirst(open.count)
                    } else {
                        rest = rest.dropFirst()
                    }
                    continue
                }
                switch character {
                case "#": return
                case "[", "{": self.depth += 1
                case "]", "}": self.depth = max(0, self.depth - 1)
                case "\"", "'":
                    let three = String(repeating: character, count: 3)
                    self.quote = rest.hasPrefix(three) ? three : String(character)
                    rest = rest.dropFirst(self.quote?.count ?? 1)
                    continue
                default: break
                }
                rest = rest.dropFirst()
            }
            // Only these go past the end of a line.
            if self.quote?.count == 1 { self.quote = nil }
        }
    }
}
