/// The token of a Titan request, which is a secret, and no business of a log.
enum TitanToken {
    private static let scheme = Array("titan:".utf8)
    private static let name = Array(";token=".utf8)
    private static let mask = Array("***".utf8)

    /// A request line as it may be written down: with `***` in the place of a token.
    static func masked(_ line: [UInt8]) -> [UInt8] {
        guard line.prefix(Self.scheme.count).elementsEqual(Self.scheme, by: { $0 == $1 || $0 | 0x20 == $1 }),
            let start = Self.valueStart(in: line)
        else { return line }
        let end = line[start...].firstIndex { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "?") } ?? line.endIndex
        return Array(line[..<start]) + Self.mask + Array(line[end...])
    }

    /// Where the value of the parameter begins.
    private static func valueStart(in line: [UInt8]) -> Int? {
        guard line.count >= Self.name.count else { return nil }
        for index in 0...(line.count - Self.name.count)
        where line[index..<index + Self.name.count].elementsEqual(Self.name, by: { $0 == $1 || $0 | 0x20 == $1 }) {
            return index + Self.name.count
        }
        return nil
    }
}
