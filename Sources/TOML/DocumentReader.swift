/// Reads a document, expression by expression, into a tree of tables.
struct DocumentReader {
    var cursor: Cursor
    var tree = TableTree()

    init(_ bytes: [UInt8]) throws(TOMLError) {
        self.cursor = try Cursor(bytes)
    }

    mutating func read() throws(TOMLError) -> TOMLTable {
        let root = self.tree.open(line: 1, depth: 0)
        var current = root
        while true {
            try self.cursor.skipLines()
            switch self.cursor.next {
            case nil:
                return self.tree.close(root)
            case UInt8(ascii: "["):
                current = try self.header(in: root)
                if self.cursor.next == UInt8(ascii: "]") {
                    throw self.cursor.error(
                        "A table's header has as many brackets at its end as at its beginning: take this one out, or write [[ in front of the name to have a list of tables."
                    )
                }
                try self.cursor.endLine(after: "A table's header")
            default:
                try self.pair(in: current)
                try self.cursor.endLine(after: "A value")
            }
        }
    }

    /// `[a.b]` or `[[a.b]]`.
    private mutating func header(in root: Int) throws(TOMLError) -> Int {
        let start = self.cursor.mark
        self.cursor.advance()
        let isElement = self.cursor.take("[")
        let key = try self.cursor.key()
        guard self.cursor.take("]"), !isElement || self.cursor.take("]") else {
            let brackets = isElement ? "]]" : "]"
            throw self.cursor.error(
                "A table's header ends with \(brackets), not \(self.cursor.shownNext): close it, or put the name in quotes."
            )
        }
        do {
            return isElement
                ? try self.tree.element(key, line: start.line, in: root)
                : try self.tree.table(key, line: start.line, in: root)
        } catch {
            throw self.cursor.error(error.sentence, at: error.part.mark)
        }
    }

    /// `a.b = 1`.
    mutating func pair(in table: Int) throws(TOMLError) {
        let line = self.cursor.line
        let key = try self.cursor.key()
        guard self.cursor.take("=") else {
            throw self.cursor.error(
                "A key is followed by = and a value, not by \(self.cursor.shownNext): write \(Shown.key(key.parts)) = and its value."
            )
        }
        self.cursor.skipBlanks()
        let place: TableTree.Place
        do {
            place = try self.tree.place(key, line: line, in: table)
        } catch {
            throw self.cursor.error(error.sentence, at: error.part.mark)
        }
        let value = try self.value(depth: self.tree.tables[place.table].depth)
        self.tree.set(value, line: line, at: place)
    }
}
