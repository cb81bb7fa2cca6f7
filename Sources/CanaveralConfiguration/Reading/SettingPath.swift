/// The way to a value of a configuration: keys, and numbers in lists.
struct SettingPath: Hashable, Sendable, CustomStringConvertible {
    enum Step: Hashable, Sendable {
        case key(String)
        case index(Int)
    }

    var steps: [Step] = []

    func appending(_ key: String) -> SettingPath {
        SettingPath(steps: self.steps + [.key(key)])
    }

    func appending(_ index: Int) -> SettingPath {
        SettingPath(steps: self.steps + [.index(index)])
    }

    /// `host[0].location[2].path`, with numbers from 0.
    var description: String {
        var text = ""
        for step in self.steps {
            switch step {
            case .key(let key): text += text.isEmpty ? Self.spelled(key) : ".\(Self.spelled(key))"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }

    /// The characters of a key that are shown.
    private static let longest = 60

    /// A long key is cut.
    private static func spelled(_ key: String) -> String {
        let shown = key.unicodeScalars.prefix(Self.longest)
        guard shown.endIndex == key.unicodeScalars.endIndex else { return "\"\(Substring(shown))…\"" }
        let isBare =
            !key.isEmpty
            && key.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
        return isBare ? key : "\"\(key)\""
    }
}
