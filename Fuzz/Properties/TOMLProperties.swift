import TOML

/// What must hold for any configuration file.
///
/// - It is read, or what is wrong with it is said in one sentence that steers no terminal, at a place of the file.
/// - Everything that is read stands on a line of the file.
/// - What was read, written down in another way, is read as the same.
package func checkTOMLProperties(_ bytes: [UInt8]) {
    let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
    do throws(TOMLError) {
        let table = try TOMLTable(parsing: bytes)
        for entry in table.entries { checkLines(of: entry.node, upTo: lines) }
        let text = written(table)
        let again = try? TOMLTable(parsing: text)
        precondition(again.map(written) == text, "what was read is no document: \(text)")
    } catch {
        precondition((1...lines).contains(error.line), "an error is outside of the file")
        precondition((1...bytes.count + 1).contains(error.column), "an error is outside of its line")
        let isHarmless = error.sentence.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        precondition(error.sentence.hasSuffix(".") && isHarmless, "no sentence: \(error.sentence)")
    }
}

private func checkLines(of node: TOMLNode, upTo last: Int) {
    precondition((1...last).contains(node.line), "a value is outside of the file")
    switch node.value {
    case .array(let nodes): for node in nodes { checkLines(of: node, upTo: last) }
    case .table(let table): for entry in table.entries { checkLines(of: entry.node, upTo: last) }
    default: break
    }
}

/// A document with one key a line.
private func written(_ table: TOMLTable) -> String {
    table.entries.map { "\(written($0.key)) = \(written($0.node.value))\n" }.joined()
}

private func written(_ value: TOMLValue) -> String {
    switch value {
    case .string(let text): written(text)
    case .integer(let number): "\(number)"
    case .float(let number): "\(number)"
    case .boolean(let flag): "\(flag)"
    case .moment(let text): text
    case .array(let nodes): "[\(nodes.map { written($0.value) }.joined(separator: ", "))]"
    case .table(let table):
        "{\(table.entries.map { "\(written($0.key)) = \(written($0.node.value))" }.joined(separator: ", "))}"
    }
}

private func written(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
        let digits = String(scalar.value, radix: 16)
        return "\\U\(String(repeating: "0", count: 8 - digits.count))\(digits)"
    }
    return "\"\(escaped.joined())\""
}
