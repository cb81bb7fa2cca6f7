extension KnownHostsTable {
    /// Why bytes are no known hosts file.
    package enum TextError: Error, Hashable, Sendable {
        /// They do not begin as such a file does, or hold a NUL, as files do that a crash of the machine left.
        case notKnownHosts
        /// A file of a later version, whose number it is.
        case laterVersion(String)
    }

    static let headerStart = "# Known hosts of Gemini servers, version "
    static let version = "1"
    /// The first line of a file.
    package static let header = "\(headerStart)\(version); lines that are not understood are kept as they are."

    /// Reads a file.
    ///
    /// An empty file holds no hosts. Of any other the first line has to be our header, because nothing may be written
    /// into a file that is something else, and because a file that lost its content must not look like an empty one.
    ///
    /// - Parameter earlier: the same file as it was before, whose lines need no reading again where they are the same.
    package init(parsing bytes: [UInt8], knowing earlier: KnownHostsTable? = nil) throws(TextError) {
        guard !bytes.isEmpty else {
            self.init()
            return
        }
        guard !bytes.contains(0), bytes.starts(with: Self.headerStart.utf8) else { throw .notKnownHosts }
        let version = bytes.dropFirst(Self.headerStart.utf8.count).prefix { (0x30...0x39).contains($0) }
        guard version.elementsEqual(Self.version.utf8) else {
            throw version.isEmpty ? .notKnownHosts : .laterVersion(String(decoding: version, as: UTF8.self))
        }
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true {
            lines.removeLast()
        }
        let known = earlier?.lines ?? []
        self.init(
            lines: lines.enumerated().map { index, line in
                index < known.count && known[index].bytes[...] == line ? known[index] : KnownHostsLine(parsing: line)
            }
        )
    }

    /// The file.
    package var text: [UInt8] {
        var text: [UInt8] = []
        if !(self.lines.first?.bytes.starts(with: Self.headerStart.utf8) ?? false) {
            text += Array("\(Self.header)\n".utf8)
        }
        for line in self.lines {
            text += line.bytes
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }
}
