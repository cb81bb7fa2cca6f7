/// Breaks one line of text so that no piece takes more than a number of columns.
///
/// Breaks at spaces, which are dropped there, and between wide characters, as Chinese and Japanese is written; a word
/// that is longer than a whole line is cut. Spaces in front stay.
///
/// - Parameter room: the columns of each line.
func wrapped(_ text: String, to room: Int) -> [String] {
    let room = max(room, 1)
    var lines: [String] = []
    var line = ""
    var used = 0

    func end() {
        while line.last == " " { line.removeLast() }
        lines.append(line)
        (line, used) = ("", 0)
    }

    /// Puts what must not be broken, and the spaces before it, where there is room.
    func add(_ word: Substring, after spaces: Int) {
        let width = word.columns
        if line.contains(where: { $0 != " " }), used + spaces + width > room {
            end()
        } else {
            let indent = min(spaces, room - used)
            line += String(repeating: " ", count: indent)
            used += indent
        }
        for character in word {
            if used > 0, used + character.columns > room { end() }
            line.append(character)
            used += character.columns
        }
    }

    var rest = text[...]
    while !rest.isEmpty {
        let spaces = rest.prefix { $0 == " " }.count
        rest = rest.dropFirst(spaces)
        let word = rest.first?.isWide == true ? rest.prefix(1) : rest.prefix { $0 != " " && !$0.isWide }
        rest = rest.dropFirst(word.count)
        if !word.isEmpty { add(word, after: spaces) }
    }
    end()
    return lines
}

extension Substring {
    fileprivate var columns: Int {
        self.reduce(0) { $0 + $1.columns }
    }
}
