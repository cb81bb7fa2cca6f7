import NIOCore

extension OpenFile {
    /// The whole file, or its first bytes up to a limit. For threads that may block.
    ///
    /// - Returns: `nil` if it cannot be read.
    package func contents(upTo limit: Int) -> [UInt8]? {
        var buffer = ByteBuffer()
        while buffer.readableBytes < limit {
            switch self.read(min(limit - buffer.readableBytes, 65_536), at: Int64(buffer.readableBytes), into: &buffer)
            {
            case .bytes(0): return Array(buffer.readableBytesView)
            case .bytes: continue
            case .wouldWait, .failed: return nil
            }
        }
        return Array(buffer.readableBytesView)
    }
}
