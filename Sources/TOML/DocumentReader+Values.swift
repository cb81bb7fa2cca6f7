extension DocumentReader {
    /// - Parameter depth: how many tables and lists it lies in.
    mutating func value(depth: Int) throws(TOMLError) -> TOMLValue {
        switch self.cursor.next {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): .string(try self.cursor.string())
        case UInt8(ascii: "["): .array(try self.array(depth: depth))
        case UInt8(ascii: "{"): .table(try self.inlineTable(depth: depth))
        default: try self.cursor.word()
        }
    }

    private mutating func array(depth: Int) throws(TOMLError) -> [TOMLNode] {
        let start = self.cursor.mark
        try self.checkDepth(depth)
        self.cursor.advance()
        var nodes: [TOMLNode] = []
        while true {
            try self.cursor.skipLines()
            if self.cursor.take("]") { return nodes }
            try self.checkEnd(of: "list", from: start, "]")
            let line = self.cursor.line
            nodes.append(TOMLNode(try self.value(depth: depth + 1), line: line))
            try self.cursor.skipLines()
            if self.cursor.take("]") { return nodes }
            try self.checkEnd(of: "list", from: start, "]")
            guard self.cursor.take(",") else {
                throw self.cursor.error(
                    "The values of a list have commas between them: write one in front of \(self.cursor.shownNext), or close the list with ]."
                )
            }
        }
    }

    private mutating func inlineTable(depth: Int) throws(TOMLError) -> TOMLTable {
        let start = self.cursor.mark
        try self.checkDepth(depth)
        self.cursor.advance()
        let table = self.tree.open(line: start.line, depth: depth + 1)
        self.cursor.skipBlanks()
        if self.cursor.take("}") { return self.tree.close(table) }
        while true {
            try self.checkLine(from: start)
            try self.pair(in: table)
            self.cursor.skipBlanks()
            if self.cursor.take("}") { return self.tree.close(table) }
            try self.checkLine(from: start)
            guard self.cursor.take(",") else {
                throw self.cursor.error(
                    "The keys of a table have commas between them: write one in front of \(self.cursor.shownNext), or close the table with }."
                )
            }
            self.cursor.skipBlanks()
            guard self.cursor.next != UInt8(ascii: "}") else {
                throw self.cursor.error("A table in braces has no comma behind its last value: take it out.")
            }
        }
    }

    private func checkLine(from start: Cursor.Mark) throws(TOMLError) {
        try self.checkEnd(of: "table", from: start, "}")
        guard self.cursor.isAtNewline || self.cursor.next == UInt8(ascii: "#") else { return }
        throw self.cursor.error(
            "A table in braces goes on in no other line: close it with }, or write it as a table with a header.",
            at: start
        )
    }

    private func checkEnd(of what: String, from start: Cursor.Mark, _ bracket: String) throws(TOMLError) {
        guard self.cursor.next == nil else { return }
        throw self.cursor.error("A \(what) has no end: close it with \(bracket).", at: start)
    }

    private func checkDepth(_ depth: Int) throws(TOMLError) {
        guard depth >= TOMLTable.deepest else { return }
        throw self.cursor.error(
            "\(TOMLTable.deepest) tables and lists lie in one another here: bring this nearer to the top."
        )
    }
}
