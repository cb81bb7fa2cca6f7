import GeminiProtocol

/// The path of a file beneath a root, as bytes: file names need not be UTF-8.
package struct RelativePath: Hashable, Sendable, CustomStringConvertible {
    private static let slash = UInt8(ascii: "/")

    /// The names with a slash between each two, and the zero at the end that system calls look for.
    private var terminated: [UInt8]

    /// Whether the URL ended in a slash: it names a folder, and nothing else.
    package private(set) var namesDirectory: Bool

    /// What an encoded path of a URL names, each segment decoded once and then checked (GP-060).
    ///
    /// Empty segments count for nothing (DA-25). A name that begins with a dot is nobody's business, whether such a
    /// file exists or not (DA-24), which takes care of `.` and `..` too.
    ///
    /// - Returns: `nil` where no file can have such a path.
    package init?(_ path: String) {
        var names: [UInt8] = []
        names.reserveCapacity(path.utf8.count + 16)
        for segment in PathSegments(path) where !segment.encoded.isEmpty {
            guard let name = segment.fileName, name.first != UInt8(ascii: ".") else { return nil }
            if !names.isEmpty { names.append(Self.slash) }
            names += name
        }
        names.append(0)
        self.terminated = names
        self.namesDirectory = path.utf8.last == Self.slash
    }

    /// The way from a folder to something beneath it, or to itself, both given as absolute paths without links.
    ///
    /// - Returns: `nil` where it is not beneath the folder.
    package init?(from folder: [UInt8], to target: [UInt8]) {
        let base = folder.split(separator: Self.slash)
        let names = target.split(separator: Self.slash)
        guard names.starts(with: base) else { return nil }
        self.terminated = Array(names.dropFirst(base.count).joined(separator: [Self.slash])) + [0]
        self.namesDirectory = false
    }

    /// The path of something in this folder.
    package func appending(_ name: [UInt8]) -> RelativePath {
        var path = self
        path.terminated.removeLast()
        if !self.isRoot { path.terminated.append(Self.slash) }
        path.terminated += name
        path.terminated.append(0)
        path.namesDirectory = false
        return path
    }

    /// The root, the folders on the way, and then the path itself.
    package var steps: [RelativePath] {
        var root = self
        root.terminated = [0]
        root.namesDirectory = true
        return self.components.reduce(into: [root]) { $0.append($0[$0.count - 1].appending($1)) }
    }

    package var isRoot: Bool {
        self.terminated.count == 1
    }

    /// Names, none of them empty, `.` or `..`, none with a slash or a NUL in it.
    package var components: [[UInt8]] {
        self.bytes.split(separator: Self.slash).map(Array.init)
    }

    /// The last name, or an empty one for the root.
    package var name: ArraySlice<UInt8> {
        guard let slash = self.bytes.lastIndex(of: Self.slash) else { return self.bytes }
        return self.bytes[(slash + 1)...]
    }

    /// The names with a slash between each two; nothing for the root.
    package var bytes: ArraySlice<UInt8> {
        self.terminated.dropLast()
    }

    package var description: String {
        String(decoding: self.bytes, as: UTF8.self)
    }

    /// The path for a system call; `.` for the root.
    package func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        guard !self.isRoot else { return unsafe ".".withCString(body) }
        return unsafe self.terminated.withUnsafeBytes { bytes in
            // A buffer with at least the terminator in it has a base address.
            unsafe body(bytes.baseAddress!.assumingMemoryBound(to: CChar.self))
        }
    }
}

extension [UInt8] {
    /// The bytes, which hold no zero, as the name of a file for a system call.
    package func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let terminated = self.map { CChar(bitPattern: $0) } + [0]
        return unsafe terminated.withUnsafeBufferPointer { buffer in
            // A buffer with at least the terminator in it has a base address.
            unsafe body(buffer.baseAddress!)
        }
    }
}
