extension ResponseHeader {
    /// The header as it may be sent: itself, unless a peer that took liberties made it.
    ///
    /// An undefined status becomes its group's x0 (GP-077) and a missing text the status's default (GP-074). Text that
    /// is over ``Meta/maximumLength``, because a client was told to accept more, is cut when it is a prompt or a
    /// message; a media type or an address cannot be cut, so the header becomes a 40 (GP-076).
    public var sendable: ResponseHeader {
        let status = self.status.equivalent
        guard let meta = self.meta else { return ResponseHeader(unchecked: status, status.defaultMeta) }
        guard meta.text.utf8.count > Meta.maximumLength else { return ResponseHeader(unchecked: status, meta) }
        switch status.group {
        case .success, .redirect:
            return ResponseHeader(unchecked: .temporaryFailure, "The header of the response is too long")
        case .input, .temporaryFailure, .permanentFailure, .clientCertificate:
            return ResponseHeader(unchecked: status, Meta(sanitizing: meta.text) ?? status.defaultMeta)
        }
    }

    /// Appends the header in the form that goes over the wire: two digits, a space, the text, CRLF (GP-070).
    ///
    /// It is ``sendable`` that is written, so that the text is never missing and at most 1029 bytes are appended.
    @inlinable
    public func encode(into output: inout some RangeReplaceableCollection<UInt8>) {
        let header = self.sendable
        let code = UInt8(truncatingIfNeeded: header.status.code)
        output.append(UInt8(ascii: "0") + code / 10)
        output.append(UInt8(ascii: "0") + code % 10)
        if let meta = header.meta {
            output.append(UInt8(ascii: " "))
            output.append(contentsOf: meta.text.utf8)
        }
        output.append(UInt8(ascii: "\r"))
        output.append(UInt8(ascii: "\n"))
    }

    /// The header in the form that goes over the wire, for ``encode(into:)`` where there is nothing to append to.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(5 + (self.meta?.text.utf8.count ?? Meta.maximumLength))
        self.encode(into: &bytes)
        return bytes
    }
}

extension ResponseHeader: CustomStringConvertible {
    /// The status and the text, without a line end: `51 Not found`.
    public var description: String {
        self.meta.map { "\(self.status.code) \($0.text)" } ?? "\(self.status.code)"
    }
}
