extension [UInt8] {
    /// Appends `%XX` for a byte.
    mutating func appendPercentEscape(_ byte: UInt8) {
        self.append(URIByte.percent)
        self.append(URIByte.hexDigit(byte >> 4))
        self.append(URIByte.hexDigit(byte & 0x0F))
    }
}
