import GeminiProtocol

extension MetaFile {
    /// The most bytes that a file has, and a line.
    package static let maximumLength = 65_536
    package static let maximumLineLength = 2048

    /// Reads the text of a file. Every sequence of bytes is one; what is beyond ``maximumLength`` is nobody's, so that
    /// such a file says nothing.
    package init(parsing bytes: Span<UInt8>) {
        var reader = Reader()
        guard bytes.count <= Self.maximumLength else {
            self.init(
                rules: [],
                problems: [
                    Problem(line: nil, reason: "It has more than \(Self.maximumLength) bytes, and none is read.")
                ]
            )
            return
        }
        var start = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            reader.take(bytes.extracting(start..<max(start, index)))
            start = index + 1
        }
        reader.take(bytes.extracting(start..<bytes.count))
        self.init(rules: reader.rules, problems: reader.problems)
    }

    private struct Reader {
        var rules: [Rule] = []
        var problems: [Problem] = []
        private var line = 0

        init() {}

        mutating func take(_ bytes: Span<UInt8>) {
            self.line += 1
            do throws(LineError) {
                if let rule = try Self.rule(bytes) { self.rules.append(rule) }
            } catch {
                self.problems.append(Problem(line: self.line, reason: error.reason))
            }
        }

        private static func rule(_ bytes: Span<UInt8>) throws(LineError) -> Rule? {
            guard bytes.count <= MetaFile.maximumLineLength else {
                throw LineError("The line has more than \(MetaFile.maximumLineLength) bytes.")
            }
            guard let text = String(validating: bytes) else { throw LineError("The line is not UTF-8.") }
            let line = text.unicodeScalars.prefix { $0 != "#" }.trimmed
            guard !line.isEmpty else { return nil }
            guard let colon = line.firstIndex(of: ":") else {
                throw LineError("The line has no colon between a file and what is said of it.")
            }
            let name = Substring(line[..<colon].trimmed)
            let value = Substring(line[line.index(after: colon)...].trimmed)
            let pattern: GlobPattern
            do {
                pattern = try GlobPattern(name)
            } catch {
                throw LineError("The pattern \(error).")
            }
            return Rule(pattern: pattern, setting: try Setting(value))
        }
    }
}

/// Why a line says nothing.
private struct LineError: Error {
    var reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

extension MetaFile.Setting {
    fileprivate init(_ text: Substring) throws(LineError) {
        guard let first = text.utf8.first, first != UInt8(ascii: ";") else {
            self = .parameters(try Self.parameters(text))
            return
        }
        let isStatus = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        self = isStatus ? try Self.header(text) : .mediaType(try Self.mediaType(text))
    }

    private static func parameters(_ text: Substring) throws(LineError) -> [MediaType.Parameter] {
        let type: MediaType
        do {
            type = try MediaType("a/b\(text)")
        } catch {
            throw LineError("The parameters cannot stand in a header: \(error)")
        }
        guard !type.parameters.isEmpty || text.utf8.allSatisfy({ $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: " ") })
        else { throw LineError("A parameter has the form ;name=value.") }
        return type.parameters
    }

    private static func mediaType(_ text: Substring) throws(LineError) -> MediaType {
        do {
            return try MediaType(text)
        } catch {
            throw LineError("What is behind the colon is neither parameters nor a status nor a media type: \(error)")
        }
    }

    private static func header(_ text: Substring) throws(LineError) -> MetaFile.Setting {
        let code = text.prefix(2)
        let rest = text.dropFirst(2)
        guard let status = Int(code).flatMap(Status.init(code:)), status.isDefined,
            rest.isEmpty || rest.first == " " || rest.first == "\t"
        else { throw LineError("A status is two digits that the protocol defines, and a space behind them.") }
        let meta = rest.drop { $0 == " " || $0 == "\t" }
        if status.group == .success { return .mediaType(try self.mediaType(meta)) }
        do {
            if status.group == .redirect { _ = try URIReference(String(meta)) }
            return .response(try ResponseHeader(status, text: meta))
        } catch {
            throw LineError("The answer cannot be sent: \(error)")
        }
    }
}

extension Substring.UnicodeScalarView {
    /// Without spaces, tabs and carriage returns at its ends.
    fileprivate var trimmed: Substring.UnicodeScalarView {
        func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }
        let start = self.drop(while: isSpace)
        guard let last = start.lastIndex(where: { !isSpace($0) }) else { return start.prefix(0) }
        return start[...last]
    }
}
