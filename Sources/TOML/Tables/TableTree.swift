/// The tables of a document while it is read, and what may still be added to which.
///
/// They lie behind one another, each behind the one that holds it, and know each other by number: nothing is copied on the way
/// to one, however many there are.
struct TableTree {
    /// What made a table, which decides what may add to it.
    enum Origin {
        /// A header of a table in it: a header of its own may follow, and keys of the table around it may lead into it.
        case path
        /// A header of its own.
        case header
        /// Keys with dots, or braces: no header may follow.
        case keys
    }

    /// Where a value belongs.
    struct Place {
        var table: Int
        var key: String
    }

    /// Why a key cannot stand where it does.
    struct Conflict: Error {
        var sentence: String
        var part: Key.Part

        init(_ sentence: String, at part: Key.Part) {
            self.sentence = sentence
            self.part = part
        }
    }

    enum Item {
        case value(TOMLValue, line: Int)
        case table(Int)
        /// A list of tables, which headers add to.
        case elements(Int)
    }

    struct Table {
        var origin: Origin
        var line: Int
        var depth: Int
        var items: [(key: String, item: Item)] = []
        var places: [ExactText: Int] = [:]
    }

    var tables: [Table] = []
    private var lists: [[Int]] = []

    /// Begins a table that is not in another, or will be as a value.
    ///
    /// - Parameter depth: how many tables and lists its values lie in; that of the whole document is not counted.
    mutating func open(line: Int, depth: Int) -> Int {
        self.add(Table(origin: .keys, line: line, depth: depth))
    }

    /// Ends a table, the one begun last of those that are open.
    mutating func close(_ table: Int) -> TOMLTable {
        let whole = self.whole(table)
        self.tables.removeLast(self.tables.count - table)
        return whole
    }

    mutating func add(_ table: Table) -> Int {
        self.tables.append(table)
        return self.tables.count - 1
    }

    mutating func addElement(_ table: Table, to list: Int) -> Int {
        self.lists[list].append(self.tables.count)
        return self.add(table)
    }

    mutating func addList() -> Int {
        self.lists.append([])
        return self.lists.count - 1
    }

    /// The first table of a list, and the last, which is the one that headers mean.
    func bounds(ofList list: Int) -> (first: Int, last: Int) {
        (self.lists[list][0], self.lists[list][self.lists[list].count - 1])
    }

    /// Goes as deep as tables lie in one another, which has a limit.
    private func whole(_ table: Int) -> TOMLTable {
        let table = self.tables[table]
        let entries = table.items.map { key, item in
            switch item {
            case .value(let value, let line):
                TOMLTable.Entry(key, TOMLNode(value, line: line))
            case .table(let table):
                TOMLTable.Entry(key, self.node(table))
            case .elements(let list):
                TOMLTable.Entry(key, TOMLNode(.array(self.lists[list].map(self.node)), line: self.line(of: item)))
            }
        }
        return TOMLTable(entries, places: table.places)
    }

    private func node(_ table: Int) -> TOMLNode {
        TOMLNode(.table(self.whole(table)), line: self.tables[table].line)
    }

    func line(of item: Item) -> Int {
        switch item {
        case .value(_, let line): line
        case .table(let table): self.tables[table].line
        case .elements(let list): self.tables[self.bounds(ofList: list).first].line
        }
    }
}

extension TableTree.Table {
    subscript(key: String) -> TableTree.Item? {
        self.places[ExactText(key)].map { self.items[$0].item }
    }

    /// - Parameter key: one that is not there yet.
    mutating func set(_ item: TableTree.Item, for key: String) {
        self.places[ExactText(key)] = self.items.count
        self.items.append((key, item))
    }
}
