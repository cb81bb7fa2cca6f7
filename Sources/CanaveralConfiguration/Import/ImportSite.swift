/// Where a peer is started: what its relative paths mean, and the files that its settings depend on.
package struct ImportSite: Sendable {
    /// An entry of a folder.
    package struct Entry: Hashable, Sendable {
        package var name: String
        package var isFolder: Bool

        package init(_ name: String, isFolder: Bool) {
            self.name = name
            self.isFolder = isFolder
        }
    }

    /// The folder that the peer is started in, as an absolute path.
    package var folder: String

    /// Bytes of a file, and of everything together that a file includes and its macros stand for.
    package static let maximumText = 16 << 20

    /// The same of this site.
    package var maximumText = ImportSite.maximumText

    private let read: @Sendable (String) -> [UInt8]?
    private let list: @Sendable (String) -> [Entry]?

    /// - Parameters:
    ///   - read: the bytes of the file with an absolute path, or `nil` where it cannot be read or is too large.
    ///   - list: what is in the folder with an absolute path, or `nil` where it is none that can be read.
    package init(
        folder: String,
        read: @escaping @Sendable (String) -> [UInt8]?,
        list: @escaping @Sendable (String) -> [Entry]?
    ) {
        self.folder = folder
        self.read = read
        self.list = list
    }

    /// The same with a text that is in no file.
    ///
    /// - Parameter name: what it is read and spoken of by.
    package func reading(_ text: [UInt8], as name: String) -> ImportSite {
        let (path, read) = (self.absolute(name), self.read)
        var site = ImportSite(folder: self.folder, read: { $0 == path ? text : read($0) }, list: self.list)
        site.maximumText = self.maximumText
        return site
    }

    /// The path as an absolute one.
    package func absolute(_ path: String) -> String {
        Self.normal(path.hasPrefix("/") ? path : "\(self.folder)/\(path)")
    }

    /// The path without empty names and `.`; `..` stays, since a symbolic link may stand before it.
    static func normal(_ path: String) -> String {
        "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// A path beneath a folder; both are absolute.
    static func path(_ path: String, in folder: String) -> String {
        self.normal("\(folder)/\(path)")
    }

    /// The text of a file that is not too large.
    func text(ofFile path: String) throws(ImportError) -> String {
        guard let bytes = self.read(self.absolute(path)), bytes.count <= self.maximumText else {
            throw .file(
                path,
                reason:
                    "cannot be read: name a file that is there and readable, of at most \(self.maximumText >> 20) MiB"
            )
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw .file(path, reason: "is no UTF-8 text: name a configuration file")
        }
        return text
    }

    /// What is in a folder, by name; `nil` where there is no such folder.
    func entries(_ path: String) -> [Entry]? {
        self.list(self.absolute(path))?.sorted { $0.name < $1.name }
    }

    func hasFolder(_ path: String) -> Bool {
        self.list(self.absolute(path)) != nil
    }

    func hasFile(_ name: String, in folder: String) -> Bool {
        self.list(self.absolute(folder))?.contains { $0.name == name && !$0.isFolder } ?? false
    }
}
