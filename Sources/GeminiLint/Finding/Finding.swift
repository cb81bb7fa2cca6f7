/// Something about a page that its author may want to change.
public struct Finding: Sendable, Hashable {
    public let rule: Rule

    /// The path of the file, or the address of the page.
    public let page: String

    /// The line, from 1.
    public let line: Int

    /// The column in Unicode scalars, from 1.
    public let column: Int

    /// The address that the link holds, if it is about a link.
    public let target: String?

    /// What is so, in one sentence.
    public let message: String

    /// How bad it is.
    public var level: Level { self.rule.level }

    init(_ rule: Rule, page: String, line: Int, column: Int = 1, target: String? = nil, _ message: String) {
        self.rule = rule
        self.page = page
        self.line = line
        self.column = column
        self.target = target
        self.message = message
    }
}

extension Finding: CustomStringConvertible {
    /// The finding as compilers print theirs: `page:line:column: level: target: message [rule]`.
    public var description: String {
        let subject = self.target.map { "\($0): " } ?? ""
        return
            "\(self.page):\(self.line):\(self.column): \(self.level.rawValue): \(subject)\(self.message) [\(self.rule.rawValue)]"
    }
}
