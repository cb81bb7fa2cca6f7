extension String {
    /// Decodes UTF-8, with U+FFFD for every part that is not.
    init(repairing bytes: Span<UInt8>) {
        // Sound: the pointer is read inside of the closure only. `UTF8Span` would do without, but not on macOS 15.
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Decodes UTF-8; `nil` when a part of it is not.
    package init?(validating bytes: Span<UInt8>) {
        guard let text = unsafe bytes.withUnsafeBufferPointer({ unsafe String(validating: $0, as: UTF8.self) }) else {
            return nil
        }
        self = text
    }
}
