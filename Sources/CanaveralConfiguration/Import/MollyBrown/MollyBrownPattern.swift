import Canaveral

/// A regular expression of molly-brown, which looks for it anywhere in a path.
struct MollyBrownPattern {
    let text: String
    /// Without what ties it to the path's ends.
    private let body: String
    private let isAtStart: Bool
    private let isAtEnd: Bool

    /// - Returns: `nil` for what is no regular expression here.
    init?(_ text: String) {
        self.text = text
        // An anchor may belong to one alternative alone.
        let isSimple = !text.contains("|")
        var body = text[...]
        self.isAtStart = isSimple && body.hasPrefix("^")
        if self.isAtStart { body.removeFirst() }
        let backslashes = body.dropLast().reversed().prefix { $0 == "\\" }.count
        self.isAtEnd = isSimple && body.hasSuffix("$") && backslashes % 2 == 0
        if self.isAtEnd { body.removeLast() }
        self.body = isSimple ? String(body) : "(?:\(body))"
        guard (try? PathExpression(self.regex)) != nil else { return nil }
    }

    /// The same for whole paths.
    var regex: String { "\(self.isAtStart ? "" : ".*")\(self.body)\(self.isAtEnd ? "" : ".*")" }

    /// The kind of location that matches the same paths.
    var location: GlobPattern.Location {
        guard self.isAtStart, let literal = RegexText.text(ofLiteral: self.body), literal.hasPrefix("/") else {
            return .matching(self.regex)
        }
        if self.isAtEnd { return .exact(literal) }
        if literal == "/" { return .everything }
        return literal.hasSuffix("/") ? .beneath(literal) : .matching(self.regex)
    }

    /// The name that paths end with, if that is all it asks for, as in `atom\.xml$`.
    var ending: (regex: String, suffix: String)? {
        guard self.isAtEnd, !self.isAtStart else { return nil }
        // A dot that was meant to be one.
        let plain = self.body.replacing("\\.", with: ".").replacing(".", with: "\\.")
        return RegexText.text(ofLiteral: plain).map { (self.regex, $0) }
    }

    /// A redirect of whole paths in which what was found is replaced.
    ///
    /// - Parameter replacement: with `$1`, `${1}`, `$name` and `${name}` for groups.
    /// - Returns: `nil` where it names a group that there is not, or one beyond `$9`.
    func redirect(to replacement: String) -> (regex: String, target: String)? {
        let isAbsolute = replacement.hasPrefix("gemini://")
        let hasHead = !self.isAtStart && !isAbsolute
        let groups = GroupNames(in: self.body)
        let shift = hasHead ? 1 : 0
        guard var target = Self.target(replacement, groups, shift: shift, isPath: !isAbsolute) else { return nil }
        if hasHead { target = "$1\(target)" }
        if !self.isAtEnd { target += "$\(groups.count + shift + 1)" }
        guard groups.count + shift + (self.isAtEnd ? 0 : 1) <= 9 else { return nil }
        return ("\(hasHead ? "(.*?)" : "")\(self.body)\(self.isAtEnd ? "" : "(.*)")", target)
    }

    private static func target(_ replacement: String, _ groups: GroupNames, shift: Int, isPath: Bool) -> String? {
        func plain(_ text: String) -> String { isPath ? RegexText.target(ofPath: text) : RegexText.target(text) }
        var target = ""
        var text = ""
        var rest = replacement[...]
        while let character = rest.popFirst() {
            guard character == "$", let next = rest.first else {
                text.append(character)
                continue
            }
            if next == "$" {
                rest.removeFirst()
                text.append("$")
                continue
            }
            let isBraced = next == "{"
            let name = (isBraced ? rest.dropFirst() : rest).prefix { $0 == "_" || $0.isLetter || $0.isNumber }
            guard !name.isEmpty else {
                text.append(character)
                continue
            }
            rest = rest.dropFirst(name.count + (isBraced ? 1 : 0))
            if isBraced {
                guard rest.popFirst() == "}" else { return nil }
            }
            guard let number = groups.number(of: String(name)) else { return nil }
            target += plain(text) + "$\(number + shift)"
            text = ""
        }
        return target + plain(text)
    }
}

/// The groups of a regular expression, by number and by name.
private struct GroupNames {
    private(set) var count = 0
    private var numbers: [String: Int] = [:]

    init(in expression: String) {
        var rest = expression[...]
        var isInSet = false
        while let character = rest.popFirst() {
            switch character {
            case "\\": _ = rest.popFirst()
            case "[": isInSet = true
            case "]": isInSet = false
            case "(" where !isInSet:
                guard rest.first == "?" else {
                    self.count += 1
                    continue
                }
                let name = rest.dropFirst().drop { $0 == "P" }
                guard name.first == "<", let end = name.firstIndex(of: ">"),
                    !["=", "!"].contains(name.dropFirst().first)
                else {
                    continue
                }
                self.count += 1
                self.numbers[String(name[name.startIndex..<end].dropFirst())] = self.count
            default: break
            }
        }
    }

    func number(of name: String) -> Int? {
        if let number = Int(name) { return number <= self.count ? number : nil }
        return self.numbers[name]
    }
}
