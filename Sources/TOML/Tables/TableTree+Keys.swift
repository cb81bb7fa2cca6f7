/// What keys may name.
extension TableTree {
    /// Finds the place of a key's value, and makes the tables that its dots ask for.
    mutating func place(_ key: Key, line: Int, in table: Int) throws(Conflict) -> Place {
        var table = table
        for (index, part) in key.parts.dropLast().enumerated() {
            switch self.tables[table][part.text] {
            case nil:
                table = try self.addTable(.keys, at: part, line: line, in: table)
            case .table(let next)? where self.tables[next].origin != .header:
                // A header cannot follow any more.
                self.tables[next].origin = .keys
                table = next
            case let item?:
                let name = Shown.key(key.parts[...index])
                let place = "\(name) is there already, on line \(self.line(of: item))"
                if case .value = item {
                    throw Conflict(
                        "\(place), with its whole value: add to it there, or take one of the two out.",
                        at: part
                    )
                }
                throw Conflict("\(place), under a header: add to it there.", at: part)
            }
        }
        let last = key.parts[key.parts.count - 1]
        if let item = self.tables[table][last.text] {
            throw Conflict(
                "\(Shown.key(key.parts)) is there already, on line \(self.line(of: item)): take one of the two out.",
                at: last
            )
        }
        return Place(table: table, key: last.text)
    }

    mutating func set(_ value: TOMLValue, line: Int, at place: Place) {
        self.tables[place.table].set(.value(value, line: line), for: place.key)
    }

    mutating func addTable(_ origin: Origin, at part: Key.Part, line: Int, in table: Int) throws(Conflict) -> Int {
        let depth = self.tables[table].depth + 1
        try self.checkDepth(depth, part)
        let child = self.add(Table(origin: origin, line: line, depth: depth))
        self.tables[table].set(.table(child), for: part.text)
        return child
    }

    func checkDepth(_ depth: Int, _ part: Key.Part) throws(Conflict) {
        guard depth > TOMLTable.deepest else { return }
        throw Conflict("\(TOMLTable.deepest) tables and lists lie in one another here: leave some names out.", at: part)
    }
}
