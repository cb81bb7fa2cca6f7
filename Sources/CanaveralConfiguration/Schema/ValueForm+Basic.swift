import TOML

extension ValueForm where Value == String {
    static var text: ValueForm {
        let form = ValueForm("a text", from: \.text)
        return ValueForm(form.expectation) { node, place in
            guard case .string("") = node.value else { return form.read(node, place) }
            place.report("It is empty: write something, or leave the setting out.")
            return nil
        }
    }

    /// A path of the file system, from the folder of the file where it is relative.
    static var path: ValueForm {
        ValueForm("a path") { node, place in
            guard let text = node.value.text else {
                if case .string("") = node.value {
                    place.report("It is empty: write a path, or leave the setting out.")
                } else {
                    place.report("It takes a path, and is \(node.value.shown).")
                }
                return nil
            }
            guard text != "~", !text.hasPrefix("~/") else {
                place.report("~ is not expanded: write the whole path.")
                return nil
            }
            return place.resolved(text)
        }
    }
}

extension ValueForm where Value == Bool {
    static var flag: ValueForm {
        ValueForm("true or false") { node in
            if case .boolean(let value) = node { value } else { nil }
        }
    }
}

extension ValueForm where Value == Int {
    static func number(_ range: some RangeExpression<Int> & Sendable, _ expectation: String) -> ValueForm {
        ValueForm(expectation) { node in
            if case .integer(let number) = node, range.contains(number) { number } else { nil }
        }
    }

    static func count(from least: Int = 1) -> ValueForm {
        .number(least...1_000_000_000, least == 0 ? "a number, or 0 for none" : "a number from \(least)")
    }

    /// Bytes: a number, or a text such as `10 MiB`.
    static var size: ValueForm { .size(from: "") }

    /// The same, with the least that makes sense, as in `1 MiB`.
    static func size(from least: String) -> ValueForm {
        let bound = least.isEmpty ? "" : " of at least \(least)"
        let minimum = ByteSize.bytes(of: least) ?? 0
        return ValueForm("a size\(bound) such as \"10 MiB\", or a number of bytes") { node in
            let bytes: Int? =
                switch node {
                case .integer(let bytes): bytes
                case .string(let text): ByteSize.bytes(of: text)
                default: nil
                }
            return bytes.flatMap { $0 >= minimum ? $0 : nil }
        }
    }
}

extension ValueForm where Value == Duration {
    /// Seconds as a number, or a text such as `10s`, `5m`, `2h`, `1d` or `250ms`.
    static func duration(
        from least: Duration = .milliseconds(1),
        upTo most: Duration = .seconds(1_000_000)
    ) -> ValueForm {
        let bound = least > .milliseconds(1) ? " of at least \(least.settingText)" : ""
        return ValueForm("a duration\(bound) such as \"10s\", \"5m\" or \"2h\"") { node in
            let duration: Duration? =
                switch node {
                case .integer(let seconds): seconds <= 1_000_000 ? .seconds(seconds) : nil
                case .float(let seconds): abs(seconds) <= 1_000_000 ? .seconds(seconds) : nil
                case .string(let text): Duration(settingText: text)
                default: nil
                }
            guard let duration, (least...most).contains(duration) else { return nil }
            return duration
        }
    }
}

extension ValueForm {
    /// One of some words.
    static func choice(_ choices: KeyValuePairs<String, Value>) -> ValueForm where Value: Sendable {
        let choices = choices.map { ($0.key, $0.value) }
        let names = choices.map { "\"\($0.0)\"" }
        let list = names.dropLast().joined(separator: ", ") + (names.count > 1 ? " or " : "") + (names.last ?? "")
        return ValueForm("one of \(list)") { node in
            guard case .string(let text) = node else { return nil }
            return choices.first { $0.0 == text }?.1
        }
    }

    /// A list; a value by itself is a list of one.
    static func list<Element>(of element: ValueForm<Element>) -> ValueForm where Value == [Element] {
        ValueForm("\(element.expectation), or a list of such") { node, place in
            guard case .array(let nodes) = node.value else { return element.read(node, place).map { [$0] } }
            let values = nodes.enumerated().map { element.read($1, place.at($0, line: $1.line)) }
            return values.contains { $0 == nil } ? nil : values.compactMap { $0 }
        }
    }

    /// A list with something in it: where a list says who is let in, an empty one could be meant for nobody or for everybody.
    ///
    /// - Parameter advice: what to do instead, as the end of a sentence.
    static func nonEmptyList<Element>(
        of element: ValueForm<Element>,
        _ advice: String = "leave the setting out to let everybody in"
    ) -> ValueForm where Value == [Element] {
        let list = ValueForm.list(of: element)
        return ValueForm(list.expectation) { node, place in
            guard case .array(let nodes) = node.value, nodes.isEmpty else { return list.read(node, place) }
            place.report("The list is empty: \(advice).")
            return nil
        }
    }

    /// A table with keys of the user's own.
    static func dictionary<Element>(
        of element: ValueForm<Element>,
        _ expectation: String
    ) -> ValueForm where Value == [String: Element] {
        ValueForm(expectation) { node, place in
            guard case .table(let table) = node.value else {
                place.report("It takes \(expectation), and is \(node.value.shown).")
                return nil
            }
            return table.entries.reduce(into: [:]) { values, entry in
                values[entry.key] = element.read(entry.node, place.at(entry.key, line: entry.node.line))
            }
        }
    }

    /// A table with the keys of a schema.
    ///
    /// - Parameter shorthand: the key that is meant where a value stands in place of the table.
    static func table(
        _ schema: TableSchema,
        shorthand: String? = nil,
        _ make: @escaping @Sendable (TableReader) -> Value?
    ) -> ValueForm {
        let short =
            shorthand.flatMap { name in schema.settings.first { $0.name == name } }.map { ", or \($0.expectation)" }
        var form = ValueForm("a table\(short ?? "")") { node, place in
            if case .table(let table) = node.value {
                return make(TableReader(table, at: place, schema: schema))
            }
            guard let shorthand else {
                place.report("It takes a table, and is \(node.value.shown).")
                return nil
            }
            return make(TableReader(TOMLTable([.init(shorthand, node)]), at: place, schema: schema))
        }
        form.tables = schema
        return form
    }

    /// A list of tables: `[[host]]`.
    static func tables<Element>(
        _ schema: TableSchema,
        _ make: @escaping @Sendable (TableReader) -> Element?
    ) -> ValueForm where Value == [Element] {
        var form = ValueForm("tables, each under [[\(schema.name)]]") { node, place in
            guard case .array(let nodes) = node.value else {
                guard case .table(let table) = node.value else {
                    place.report("It takes tables, each under [[\(schema.name)]], and is \(node.value.shown).")
                    return nil
                }
                if let part = schema.headerAlone(in: table) {
                    place.report("\(part) belongs below the [[\(schema.name)]] that it is for.")
                } else {
                    place.report("Write [[\(schema.name)]], with two brackets on each side: there can be several.")
                }
                return nil
            }
            return nodes.enumerated().compactMap { index, node in
                let place = place.at(index, line: node.line)
                guard case .table(let table) = node.value else {
                    place.report("It takes a table, and is \(node.value.shown).")
                    return nil
                }
                return make(TableReader(table, at: place, schema: schema))
            }
        }
        form.tables = schema
        return form
    }
}
