/// The target of a link as it is put together, of what the author wrote and of values that are one component each.
struct GemtextTarget {
    private(set) var bytes: [UInt8] = []
    private var segmentStart = 0
    private var segmentHasValue = false
    private var isInPath = true

    /// Takes what is a part of a reference already.
    mutating func append(reference: some Sequence<UInt8>) {
        for byte in reference {
            self.append(byte)
        }
    }

    /// Takes a byte of a reference.
    mutating func append(_ byte: UInt8) {
        switch byte {
        case URIByte.slash: self.endSegment()
        case URIByte.questionMark, URIByte.numberSign:
            self.endSegment()
            self.isInPath = false
        default: break
        }
        self.bytes.append(byte)
        if byte == URIByte.slash {
            self.segmentStart = self.bytes.count
        }
    }

    /// Takes a text that is one component, whatever is in it.
    mutating func append(component text: String) {
        self.segmentHasValue = true
        // Behind half an escape, letters and digits could be the other half.
        let endsInEscape = self.bytes.suffix(2).contains(URIByte.percent)
        for byte in text.utf8 {
            if URICharacterSet.unreserved.contains(byte), !endsInEscape {
                self.bytes.append(byte)
            } else {
                self.bytes.appendPercentEscape(byte)
            }
        }
    }

    /// The whole target.
    consuming func finished() -> [UInt8] {
        self.endSegment()
        return self.bytes
    }

    /// Ends a segment of the path, which no value may have made one that is not there or leads up.
    private mutating func endSegment() {
        defer { self.segmentHasValue = false }
        guard self.isInPath, self.segmentHasValue else { return }
        let segment = String(decoding: self.bytes[self.segmentStart...], as: UTF8.self)
        let dots = segment.lowercased().split(separator: "%2e", omittingEmptySubsequences: false).joined(separator: ".")
        if ["", ".", ".."].contains(dots) {
            self.bytes += "%E2%80%8B".utf8
        }
    }
}
