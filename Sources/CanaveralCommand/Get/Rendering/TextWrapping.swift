/// Breaks one line of text so that no piece takes more than a number of columns.
///
/// Breaks at spaces, which are dropped there; a word that is longer than a whole line is cut. Text without spaces, as
/// Chinese and Japanese is written, is cut where the line is full.
///
/// - Parameters:
///   - first: the columns of the first line, which often has something in front.
///   - rest: the columns of each line after it.
func wrapped(_ text: String, first: Int, rest: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    var room: Int { max(lines.isEmpty ? first : rest, 1) }

    func end() {
        while line.last == " " { line.removeLast() }
        lines.append(line)
        line = ""
        used = 0
    }

    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
        let word = String(word)
        let width = word.columns
        if used > 0, used + 1 + width > room {
            end()
        } else if used > 0 || !line.isEmpty {
            line += " "
            used += 1
        }
        if width <= room {
            line += word
            used += width
            continue
        }
        for character in word {
            if used > 0, used + character.columns > room { end() }
            line.append(character)
            used += character.columns
        }
    }
    end()
    return lines
}
