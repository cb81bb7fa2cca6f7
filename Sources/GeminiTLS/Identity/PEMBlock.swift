import GeminiProtocol

/// One `-----BEGIN …-----` block of a file, and how a file is cut into them (RFC 7468).
///
/// Reads what is in use: any line length, any line end, indentation, a byte order mark, text between the blocks, and
/// blocks of other kinds. What has to be right is each block in itself.
struct PEMBlock: Sendable, Hashable {
    /// Such as `CERTIFICATE` or `PRIVATE KEY`.
    let label: String
    /// What the block holds; `nil` where it is not base64, or has no end.
    let content: [UInt8]?
    /// Whether RFC 1421 headers say that the content is encrypted, as old OpenSSL wrote keys.
    let isEncrypted: Bool

    private static let begin = Array("-----BEGIN ".utf8)
    private static let end = Array("-----END ".utf8)
    private static let dashes = Array("-----".utf8)

    /// The blocks of a file, in order; none if it is not PEM.
    static func blocks(in file: [UInt8]) -> [PEMBlock] {
        var blocks: [PEMBlock] = []
        var open: (label: String, base64: [UInt8], isEncrypted: Bool)?
        for line in file.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            let line = Self.trimmed(line)
            if let label = Self.label(line, after: Self.begin) {
                if let block = open {
                    blocks.append(PEMBlock(label: block.label, content: nil, isEncrypted: block.isEncrypted))
                }
                open = (label, [], false)
            } else if let block = open, let label = Self.label(line, after: Self.end) {
                let content = label == block.label && !block.isEncrypted ? Base64.decode(block.base64) : nil
                blocks.append(PEMBlock(label: block.label, content: content, isEncrypted: block.isEncrypted))
                open = nil
            } else if open != nil {
                // A header; base64 has no colon.
                if line.contains(UInt8(ascii: ":")) {
                    let header = String(decoding: line, as: UTF8.self)
                    if header.hasPrefix("Proc-Type:"), header.hasSuffix("ENCRYPTED") {
                        open?.isEncrypted = true
                    }
                } else if open?.isEncrypted == false {
                    open?.base64.append(contentsOf: line)
                }
            }
        }
        if let block = open {
            blocks.append(PEMBlock(label: block.label, content: nil, isEncrypted: block.isEncrypted))
        }
        return blocks
    }

    /// A block with lines of 64 characters, each with its line feed.
    static func text(label: String, content: [UInt8]) -> String {
        var text = "-----BEGIN \(label)-----\n"
        let base64 = Base64.encode(content)
        for start in stride(from: 0, to: base64.count, by: 64) {
            text += String(decoding: base64[start..<min(start + 64, base64.count)], as: UTF8.self) + "\n"
        }
        return text + "-----END \(label)-----\n"
    }

    private static func label(_ line: ArraySlice<UInt8>, after marker: [UInt8]) -> String? {
        guard line.starts(with: marker), line.count > marker.count + Self.dashes.count,
            line.suffix(Self.dashes.count).elementsEqual(Self.dashes)
        else { return nil }
        return String(decoding: line.dropFirst(marker.count).dropLast(Self.dashes.count), as: UTF8.self)
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        if line.starts(with: [0xEF, 0xBB, 0xBF]) {
            line = line.dropFirst(3)
        }
        line = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        while let last = line.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") {
            line = line.dropLast()
        }
        return line
    }
}
