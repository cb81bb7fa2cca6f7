import GeminiFiles

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The folders that a configuration shows, by where they are. Those of patterns are not known before somebody asks.
struct ServedFolders {
    struct Folder {
        var path: String
        /// How its place in the configuration is spoken of.
        var title: String
        var line: Int?
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

    init(_ configuration: Configuration) {
        for host in configuration.hosts where host.passThrough == nil {
            let others = host.locations.compactMap { location -> [[UInt8]]? in
                guard case .prefix(let path) = location.place, !location.showsFolder else { return nil }
                return LocationPath(path).names
            }
            func add(_ path: String?, _ title: String, _ line: Int?, mount: [[UInt8]]?) {
                guard let path, !path.contains(HostFolders.placeholder), let real = Self.real(path) else { return }
                let folder = Folder(path: path, title: title, line: line, mount: mount, others: others)
                self.folders[real, default: []].append(folder)
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
