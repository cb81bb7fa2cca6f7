/// What headers may name.
extension TableTree {
    /// The table of a header `[a.b]`.
    mutating func table(_ key: Key, line: Int, in root: Int) throws(Conflict) -> Int {
        let (parent, last) = try self.parent(of: key, line: line, in: root)
        switch self.tables[parent][last.text] {
        case nil:
            return try self.addTable(.header, at: last, line: line, in: parent)
        case .table(let table)? where self.tables[table].origin == .path:
            self.tables[table].origin = .header
            self.tables[table].line = line
            return table
        case let item?:
            let name = Shown.key(key.parts)
            let place = "\(name) is there already, on line \(self.line(of: item))"
            switch item {
            case .elements:
                throw Conflict("\(place), as a list of tables: write [[ and ]] around it to add one.", at: last)
            case .table(let table) where self.tables[table].origin == .header:
                throw Conflict(
                    "\(place): put all of it under one header, or write [[ and ]] around both to have a list of tables.",
                    at: last
                )
            default:
                throw Conflict("\(place): add to it there, or take one of the two out.", at: last)
            }
        }
    }

    /// The new table of a header `[[a.b]]`.
    mutating func element(_ key: Key, line: Int, in root: Int) throws(Conflict) -> Int {
        let (parent, last) = try self.parent(of: key, line: line, in: root)
        let depth = self.tables[parent].depth + 2
        try self.checkDepth(depth, last)
        let list: Int
        switch self.tables[parent][last.text] {
        case nil:
            list = self.addList()
            self.tables[parent].set(.elements(list), for: last.text)
        case .elements(let found)?:
            list = found
        case let item?:
            let place = "\(Shown.key(key.parts)) is there already, on line \(self.line(of: item))"
            if case .table(let table) = item, self.tables[table].origin == .path {
                throw Conflict(
                    "What is in \(Shown.key(key.parts)) begins on line \(self.line(of: item)) already: put it below the [[\(Shown.key(key.parts).dropFirst().dropLast())]] that it is for.",
                    at: last
                )
            }
            if case .table = item {
                throw Conflict("\(place), as one table: write [[ and ]] around its name there too.", at: last)
            }
            throw Conflict("\(place), with its whole value: add to it there, or take one of the two out.", at: last)
        }
        return self.addElement(Table(origin: .header, line: line, depth: depth), to: list)
    }

    /// The table that a header's last name is in.
    private mutating func parent(
        of key: Key,
        line: Int,
        in root: Int
    ) throws(Conflict) -> (table: Int, last: Key.Part) {
        var table = root
        for (index, part) in key.parts.dropLast().enumerated() {
            switch self.tables[table][part.text] {
            case nil: table = try self.addTable(.path, at: part, line: line, in: table)
            case .table(let next)?: table = next
            case .elements(let list)?: table = self.bounds(ofList: list).last
            case .value(_, let line)?:
                throw Conflict(
                    "\(Shown.key(key.parts[...index])) has its whole value on line \(line): add to it there, or name one of the two otherwise.",
                    at: part
                )
            }
        }
        return (table, key.parts[key.parts.count - 1])
    }
}
