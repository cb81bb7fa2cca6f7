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

/// The folders that a configuration shows, by where they are. Of those of patterns, which are not known before somebody
/// asks, the ones of a host's own names, and those in which there is something to look for.
struct ServedFolders {
    struct Folder {
        var path: String
        /// How its place in the configuration is spoken of.
        var title: String
        var line: Int?
        /// Whether a visitor chooses it, by the name that a pattern lacks.
        var isOfPattern = false
        /// The names of the path that it is shown at; `nil` where that cannot be said.
        fileprivate var mount: [[UInt8]]?
        /// The names of the paths at which the host answers otherwise than with files.
        fileprivate var others: [[[UInt8]]]

        /// Whether something in the folder cannot be asked for as a file, because another location answers there.
        func hides(_ names: [[UInt8]]) -> Bool {
            guard let mount else { return false }
            return self.others.contains { (mount + names).starts(with: $0) }
        }
    }

    /// By paths without links.
    private var folders: [String: [Folder]] = [:]

    /// - Parameter places: folders with what will be looked for.
    init(_ configuration: Configuration, near places: [String]) {
        let places = places.compactMap(Self.real)
        for host in configuration.hosts where host.passThrough == nil {
            let others = host.locations.compactMap { location -> [[UInt8]]? in
                guard case .prefix(let path) = location.place, !location.showsFolder else { return nil }
                return LocationPath(path).names
            }
            func add(_ path: String?, _ title: String, _ line: Int?, mount: [[UInt8]]?) {
                guard let path else { return }
                var folder = Folder(path: path, title: title, line: line, mount: mount, others: others)
                guard path.contains(HostFolders.placeholder) else { return self.add(folder) }
                folder.isOfPattern = true
                let names = host.wildcards.isEmpty ? [] : Self.names(in: path, HostFolders.placeholder, places)
                let matching = names.filter { name in
                    host.wildcards.contains { pattern in (try? Host(name)).map(pattern.matches) ?? false }
                }
                for name in matching.union(host.exactNames.map { $0.withoutTrailingDot.description }) {
                    folder.path = path.replacing(HostFolders.placeholder, with: name)
                    self.add(folder)
                }
            }
            if let users = host.users {
                for name in Self.names(in: users, UserFolders.placeholder, places) {
                    let path = users.replacing(UserFolders.placeholder, with: name)
                    let mount = [Array("~\(name)".utf8)]
                    self.add(
                        Folder(
                            path: path,
                            title: host.title,
                            line: host.line,
                            isOfPattern: true,
                            mount: mount,
                            others: others
                        )
                    )
                }
            }
            let line = configuration.line(of: nil, in: host) ?? host.line
            add(host.content.inheriting(from: configuration.content).root, host.title, line, mount: [])
            for location in host.locations {
                var mount: [[UInt8]]?
                if case .prefix(let path) = location.place { mount = LocationPath(path).names }
                let title = "\(host.title), \(location.place)"
                switch location.answer {
                case .files: add(location.content.root, title, location.lines["root"] ?? location.line, mount: mount)
                case .titan(let titan):
                    add(titan.directory ?? location.content.root, title, location.answerLine, mount: mount)
                case .redirect, .header, .cgi, .scgi, .fastCGI, .proxy: break
                }
            }
        }
    }

    private mutating func add(_ folder: Folder) {
        guard let real = Self.real(folder.path) else { return }
        self.folders[real, default: []].append(folder)
    }

    /// The names with which a pattern may lead to some of the places, or near them.
    private static func names(in pattern: String, _ placeholder: String, _ places: [String]) -> Set<String> {
        guard let enclosing = self.real(Configuration.enclosingFolder(pattern, placeholder)) else { return [] }
        let base = enclosing == "/" ? enclosing : enclosing + "/"
        let part = pattern.split(separator: "/").first { $0.contains(placeholder) } ?? ""
        let pieces = part.split(separator: placeholder, omittingEmptySubsequences: false)
        guard pieces.count == 2 else { return [] }
        return places.reduce(into: []) { names, place in
            guard place.hasPrefix(base) else { return }
            let first = place.dropFirst(base.count).prefix { $0 != "/" }
            guard first.hasPrefix(pieces[0]), first.hasSuffix(pieces[1]) else { return }
            let name = first.dropFirst(pieces[0].count).dropLast(pieces[1].count)
            guard let start = name.first, start != ".", start != "-" else { return }
            names.insert(String(name))
        }
    }

    /// The folders that lie in another.
    func inside(_ path: String) -> [Folder] {
        guard let place = Self.real(path) else { return [] }
        return self.folders.filter { $0.key.hasPrefix(place + "/") }.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    /// The folders that hold a file or folder, or are it, with the names that lead there; not where one of these is hidden.
    func around(_ path: String) -> [(folder: Folder, names: [[UInt8]])] {
        guard var place = Self.real(path) else { return [] }
        var found: [(folder: Folder, names: [[UInt8]])] = []
        var names: [[UInt8]] = []
        while true {
            for folder in self.folders[place] ?? [] { found.append((folder, names)) }
            guard place != "/", let slash = place.lastIndex(of: "/") else { return found }
            let name = Array(place[place.index(after: slash)...].utf8)
            guard name.first != UInt8(ascii: ".") else { return found }
            names.insert(name, at: 0)
            place = slash == place.startIndex ? "/" : String(place[..<slash])
        }
    }

    /// A path without links; of what is not there yet, that of its folder with its name.
    private static func real(_ path: String) -> String? {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex,
            let folder = realpath(String(path[..<slash]), nil)
        else { return nil }
        defer { free(folder) }
        return String(cString: folder) + path[slash...]
    }
}
