import CanaveralService
import GeminiFiles
import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a user may not do with the files and folders of a configuration: an error where the server would not start as that
/// user, and a warning where it would, or where an access control list may allow what modes do not.
struct UserProblems {
    private var configuration: Configuration
    private let user: ServiceUser
    /// What becomes the root of the file system, before which everything may be closed.
    private let root: String
    var found: [ConfigurationProblem] = []

    init(_ configuration: Configuration, _ user: ServiceUser) {
        self.configuration = configuration
        // Nothing of them is opened.
        self.configuration.hosts.removeAll { $0.passThrough != nil }
        self.user = user
        self.root = configuration.process.chroot.flatMap { try? ChangedRoot($0, isToBeEntered: false).folder } ?? "/"
    }

    mutating func look() {
        let opened = self.configuration.openedFolders
        let identities = Set(self.configuration.identityFiles)
        let needsState = self.configuration.hosts.contains { $0.certificate == .automatic }
        var copy = self.configuration
        copy.forEachPath { path, use in
            switch use {
            case .root where self.may(.read, path) == false, .uploads where self.may(.read, path) == false:
                self.report(
                    path,
                    "read",
                    "let that user.",
                    at: "root",
                    isFatal: opened.contains(path) && self.may(.open, path) == false
                )
            case .uploads where self.may(.write, path) == false:
                self.report(path, "written", "'chown \(self.user.name) \(path)' lets it take uploads.", at: "titan")
            case .programs where self.may(.read, path) == false:
                self.report(path, "read", "let that user.", at: "cgi", isFatal: self.may(.open, path) == false)
            case .state where self.may(.pass, Self.folder(of: path)) == false:
                // The folder itself is given to the user at the start.
                self.report(path, "reached", "name another.", at: "state-directory", isFatal: needsState)
            case .log where self.may(.write, path) ?? self.may(.write, Self.folder(of: path)) == false:
                let place = access(path, F_OK) == 0 ? path : Self.folder(of: path)
                self.report(place, "written", self.giving(place), at: "log.access", of: path, isFatal: true)
            case .socket where self.may(.write, Self.folder(of: path)) == false:
                self.report(path, "made", self.giving(Self.folder(of: path)), at: "listener", isFatal: true)
            case .file where !identities.contains(path) && self.may(.read, path) == false:
                self.report(path, "read", "let that user.", at: "", isFatal: true)
            default:
                break
            }
        }
        for folder in self.configuration.hostFolders where self.may(.read, folder.path) == false {
            self.report(folder.path, "read", "let that user.", at: "root", line: folder.line)
        }
    }

    private func may(_ access: ServiceUser.Access, _ path: String) -> Bool? {
        self.user.may(access, path, inside: self.root)
    }

    private func giving(_ place: String) -> String {
        "'chown \(self.user.name) \(place)' lets it."
    }

    /// - Parameters:
    ///   - path: what the user has no right to.
    ///   - named: the path in the configuration, where it is another.
    private mutating func report(
        _ path: String,
        _ access: String,
        _ advice: String,
        at key: String,
        of named: String? = nil,
        line: Int? = nil,
        isFatal: Bool = false
    ) {
        let problem = ConfigurationProblem(
            "\(path) cannot be \(access) by \(self.user.name), as whom the server runs: \(advice)",
            at: key,
            line: line ?? self.configuration.line(of: named ?? path),
            severity: isFatal && !ServiceUser.knowsLists(onTheWayTo: Self.existing(path)) ? .error : .warning
        )
        if !self.found.contains(problem) { self.found.append(problem) }
    }

    /// What is there of a path.
    private static func existing(_ path: String) -> String {
        access(path, F_OK) == 0 ? path : Self.folder(of: path)
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }
}

extension Configuration {
    /// The folders of files that a server opens when it starts.
    fileprivate var openedFolders: Set<String> {
        Set(
            self.hosts.flatMap { host in
                let content = host.content.inheriting(from: self.content)
                return [content.root]
                    + host.locations.map { location in
                        switch location.answer {
                        case .files: location.content.root
                        case .titan(let titan): titan.directory ?? location.content.root
                        case .redirect, .header, .cgi, .scgi, .fastCGI, .proxy: nil
                        }
                    }
            }.compactMap(\.self)
        )
    }
}
