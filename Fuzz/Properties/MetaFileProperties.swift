import GeminiFiles
import GeminiProtocol

/// What must hold for any `.meta` file, which is somebody's own who may put files on the machine.
///
/// - Each line is a setting, a problem, or nothing; of what is wrong, one sentence is said.
/// - Whatever a line says can be sent, and breaks out of no header.
/// - A pattern is for the paths that a simple reading of its rules says, in a bounded number of steps.
package func checkMetaFileProperties(_ bytes: [UInt8]) {
    let file = MetaFile(parsing: bytes.span)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for problem in file.problems {
        precondition(problem.line.map { (1...lines.count).contains($0) } ?? true, "a problem is outside of the file")
        precondition(problem.reason.hasSuffix(".") && !problem.reason.contains("\n"), "no sentence: \(problem.reason)")
    }
    precondition(Set(file.problems.map(\.line)).count == file.problems.count, "a line has two problems")

    for line in lines.prefix(8) {
        let name = Array(String(decoding: line, as: UTF8.self).unicodeScalars)
        let path = name.split(separator: "/").map(Array.init)
        if !path.isEmpty, let setting = file.setting(for: path) { check(setting) }
    }
    for name in ["index.gmi", "a", "b.txt"] {
        if let setting = file.setting(for: [Array("sub".unicodeScalars), Array(name.unicodeScalars)]) {
            check(setting)
        }
    }

    guard let bar = bytes.firstIndex(of: UInt8(ascii: "|")) else { return }
    checkPattern(
        String(decoding: bytes[..<bar], as: UTF8.self),
        path: String(decoding: bytes[(bar + 1)...].prefix(200), as: UTF8.self)
    )
}

private func check(_ setting: MetaFile.Setting) {
    let header: ResponseHeader
    switch setting {
    case .parameters(let parameters):
        guard let type = try? MediaType("text", "gemini", parameters: parameters) else { return }
        header = .success(type)
    case .mediaType(let type):
        header = .success(type)
    case .response(let own):
        precondition(own.status.group != .success, "an answer has a body")
        header = own
    }
    guard let received = try? ResponseHeader.parse(header.bytes.span), received.header == header else {
        preconditionFailure("a header cannot be sent: \(header.bytes)")
    }
    precondition(received.deviations == [] && received.length == header.bytes.count, "a header is wrong in its form")
}

/// Compares the pattern's own matching with one that tries everything, and remembers what it tried.
private func checkPattern(_ text: String, path: String) {
    guard text.utf8.count <= 100 else { return }
    let names = path.unicodeScalars.split(separator: "/").map(Array.init)
    do throws(GlobPatternError) {
        let pattern = try GlobPattern(text)
        guard !names.isEmpty else { return }
        precondition(pattern.matches(names) == matches(names, text), "'\(text)' is read wrongly for '\(path)'")
    } catch {
        precondition(!error.description.isEmpty)
    }
}

private func matches(_ names: [[Unicode.Scalar]], _ pattern: String) -> Bool {
    var parts = pattern.unicodeScalars.split(separator: "/").map(Array.init).filter { $0 != ["."] }
    if parts.last == ["*", "*"] { parts.append(["*"]) }
    return exhaustively(
        names,
        parts,
        isWildcard: { $0 == ["*", "*"] },
        isMatch: { exhaustively($0, symbols($1), isWildcard: { $0 == ["*"] }, isMatch: fits) }
    )
}

/// Whether a symbol is for a character; a set has its brackets.
private func fits(_ scalar: Unicode.Scalar, _ symbol: [Unicode.Scalar]) -> Bool {
    guard symbol.count > 1 else { return symbol == ["?"] || symbol == [scalar] }
    let isNegated = symbol[1] == "!"
    let members = symbol.dropFirst(isNegated ? 2 : 1).dropLast()
    var isMember = false
    var index = members.startIndex
    while index < members.endIndex {
        if index + 2 < members.endIndex, members[index + 1] == "-" {
            isMember = isMember || (members[index]...members[index + 2]).contains(scalar)
            index += 3
        } else {
            isMember = isMember || members[index] == scalar
            index += 1
        }
    }
    return isMember != isNegated
}

/// A name of a pattern, known to be good, cut into its symbols; a set has its brackets.
private func symbols(_ name: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var symbols: [[Unicode.Scalar]] = []
    var rest = name[...]
    while let first = rest.first {
        var length = 1
        if first == "[" {
            let inside = rest.dropFirst(rest.dropFirst().first == "!" ? 3 : 2)
            length = (inside.firstIndex(of: "]") ?? inside.endIndex - 1) - rest.startIndex + 1
        }
        symbols.append(Array(rest.prefix(length)))
        rest = rest.dropFirst(length)
    }
    return symbols
}

private func exhaustively<Element, Part>(
    _ elements: [Element],
    _ parts: [Part],
    isWildcard: (Part) -> Bool,
    isMatch: (Element, Part) -> Bool
) -> Bool {
    // Whether the parts so far fit so many elements.
    var fits = [true] + Array(repeating: false, count: elements.count)
    for part in parts {
        var next = Array(repeating: false, count: elements.count + 1)
        if isWildcard(part) {
            var isReached = false
            for index in fits.indices {
                isReached = isReached || fits[index]
                next[index] = isReached
            }
        } else {
            for (index, element) in elements.enumerated() where fits[index] && isMatch(element, part) {
                next[index + 1] = true
            }
        }
        fits = next
    }
    return fits[elements.count]
}
