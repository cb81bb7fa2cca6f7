import GeminiFiles
import GeminiProtocol
import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension HostBuilder {
    /// The files of content settings, with homes beside them where the host has some.
    func files(_ content: ContentSettings) throws -> any Responder {
        try self.files(content, options: self.options(content))
    }

    /// The host's files, with the homes of users beside them where it shows some.
    func filesAndHomes(_ content: ContentSettings) throws -> any Responder {
        let options = try self.options(content)
        guard let users = self.host.users else { return try self.files(content, options: options) }
        let otherwise = content.root == nil ? nil : try self.files(content, options: options)
        return try UserFolders(in: users, options: options, otherwise: otherwise)
    }

    private func files(_ content: ContentSettings, options: Files.Options) throws -> any Responder {
        guard let root = content.root else { throw MissingRoot() }
        if root.contains(HostFolders.placeholder) { return try HostFolders(in: root, options: options) }
        do {
            return try Files(in: root, options: options)
        } catch {
            throw UnusablePath(root, error)
        }
    }

    /// How files are shown.
    func options(_ content: ContentSettings) throws -> Files.Options {
        var options = Files.Options()
        if let index = content.index { options.indexNames = index }
        if let lists = content.listing { options.listsFolders = lists }
        if let order = content.listingOrder { options.listing.order = order }
        if let showsTitles = content.listingTitles { options.listing.showsTitles = showsTitles }
        if let name = content.listingHeader { options.listing.headerName = name.isEmpty ? nil : name }
        if let name = content.listingFooter { options.listing.footerName = name.isEmpty ? nil : name }
        if let reads = content.metaFiles { options.readsMetaFiles = reads }
        options.mediaTypes = try MediaTypeTable(
            overrides: content.mediaTypes ?? [:],
            charset: content.charset,
            language: content.language
        )
        options.withheld = self.withheld
        options.logger = self.server.logger
        return options
    }
}

/// A folder or file that cannot be used.
struct UnusablePath: Error, CustomStringConvertible {
    let path: String
    let error: FileError

    init(_ path: String, _ error: FileError) {
        self.path = path
        self.error = error
    }

    var description: String {
        if let placeholder {
            return
                "\(self.path) is not there, and \(placeholder) stands for nothing but itself: write the whole path, with \(HostFolders.placeholder) in a 'root' for the name of the host."
        }
        return
            "\(self.path) cannot be served (\(FileError.reason(self.error.errno))): name a folder that exists and may be read."
    }

    /// What looks in the path as if it stood for something.
    private var placeholder: Substring? {
        guard self.error.errno == ENOENT else { return nil }
        return self.path.firstMatch(of: /\$?\{[A-Za-z_][^}\/]*\}|\$[A-Za-z_][A-Za-z0-9_]*/)?.output
    }
}
