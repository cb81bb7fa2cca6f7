import GeminiProtocol

/// The path of a file beneath a root, as bytes: file names need not be UTF-8.
struct RelativePath: Sendable, CustomStringConvertible {
    /// Names, none of them empty, `.` or `..`, none with a slash or a NUL in it.
    private(set) var components: [[UInt8]]

    /// Whether the URL ended in a slash: it names a folder, and nothing else.
    var namesDirectory: Bool

    /// The path that a URL names, each segment decoded once and then checked (GP-060).
    ///
    /// Empty segments count for nothing (DA-25). A name that begins with a dot is nobody's business, whether such a
    /// file exists or not (DA-24), which takes care of `.` and `..` too.
    ///
    /// - Returns: `nil` where no file can have such a path.
    init?(_ url: GeminiURL) {
        var components: [[UInt8]] = []
        for segment in url.segments where !segment.encoded.isEmpty {
            guard let name = segment.fileName, name.first != UInt8(ascii: ".") else { return nil }
            components.append(name)
        }
        self.components = components
        self.namesDirectory = url.path.utf8.last == UInt8(ascii: "/")
    }

    /// The path of something in this folder.
    func appending(_ name: [UInt8]) -> RelativePath {
        var path = self
        path.components.append(name)
        path.namesDirectory = false
        return path
    }

    var isRoot: Bool {
        self.components.isEmpty
    }

    /// The last name, or an empty one for the root.
    var name: [UInt8] {
        self.components.last ?? []
    }

    /// The path for a system call; `.` for the root.
    var bytes: [UInt8] {
        self.isRoot ? [UInt8(ascii: ".")] : Array(self.components.joined(separator: [UInt8(ascii: "/")]))
    }

    var description: String {
        String(decoding: self.bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    /// The bytes, which hold no zero, as the name of a file for a system call.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let terminated = self.map { CChar(bitPattern: $0) } + [0]
        return unsafe terminated.withUnsafeBufferPointer { buffer in
            // A buffer with at least the terminator in it has a base address.
            unsafe body(buffer.baseAddress!)
        }
    }
}
