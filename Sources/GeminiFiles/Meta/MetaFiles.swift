import GeminiProtocol
import GeminiServer
import Logging
import NIOConcurrencyHelpers

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The `.meta` files beneath a root, each read again when it has changed. Thread-safe.
final class MetaFiles: Sendable {
    /// What is said of a file.
    enum Lookup {
        case setting(MetaFile.Setting?)
        /// Only a thread that may wait for a disk can tell.
        case wouldWait
        /// The system has too little of something to look.
        case failed(errno: CInt)
    }

    private static let name = Array(".meta".utf8)
    private static let capacity = 256
    /// How many broken files are told of.
    private static let mostTold = 1024
    /// What an event loop may match: for some tens of microseconds, and nasty patterns for some milliseconds.
    private static let mostWeight = 4096

    private let logger: Logger
    private let known = NIOLockedValueBox(RecentlyUsed<FileVersion, MetaFile>(capacity: capacity))
    private let told = NIOLockedValueBox<Set<FileVersion>>([])
    private let denials: AccessDenials

    init(logger: Logger, denials: AccessDenials) {
        self.logger = logger
        self.denials = denials
    }

    /// What the closest `.meta` file says that says something of a file: that of its folder, or else of one above, up
    /// to the root.
    func setting(for path: RelativePath, beneath root: RootDirectory, waits: Bool) -> Lookup {
        let names = path.components.map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
        for (depth, folder) in path.steps.dropLast().enumerated().reversed() {
            let place = folder.appending(Self.name)
            let file: MetaFile
            switch root.entry(at: place, waits: waits) {
            case .file(let open):
                guard let read = self.contents(of: open, at: place, beneath: root, waits: waits) else {
                    return .wouldWait
                }
                file = read
            case .wouldWait:
                return .wouldWait
            case .failed(let error) where [EMFILE, ENFILE, ENOMEM, EIO, EAGAIN].contains(error):
                return .failed(errno: error)
            case .failed(EACCES):
                self.denials.report(place, beneath: root)
                continue
            case .directory, .other, .failed:
                continue
            }
            guard waits || file.weight <= Self.mostWeight else { return .wouldWait }
            if let setting = file.setting(for: names[depth...]) { return .setting(setting) }
        }
        return .setting(nil)
    }

    /// - Returns: `nil` if the file has to be read first, and nobody may wait for that.
    private func contents(
        of open: OpenFile,
        at place: RelativePath,
        beneath root: RootDirectory,
        waits: Bool
    ) -> MetaFile? {
        let version = FileVersion(descriptor: open.descriptor)
        if let version, let file = self.known.withLockedValue({ $0.value(for: version) }) { return file }
        guard waits else { return nil }
        let text = open.contents(upTo: MetaFile.maximumLength + 1) ?? []
        let file = MetaFile(parsing: text.span)
        if let version {
            if version.isSettled(at: Timestamp(secondsSinceEpoch: Int64(time(nil)))) {
                self.known.withLockedValue { $0.insert(file, for: version) }
            }
            self.tell(of: file.problems, in: version, at: place, beneath: root)
        }
        return file
    }

    private func tell(
        of problems: [MetaFile.Problem],
        in version: FileVersion,
        at place: RelativePath,
        beneath root: RootDirectory
    ) {
        guard !problems.isEmpty,
            self.told.withLockedValue({ $0.count < Self.mostTold && $0.insert(version).inserted })
        else { return }
        let path = Array(root.path.utf8) + [UInt8(ascii: "/")] + place.bytes
        var name: [UInt8] = []
        name.appendEscaped(path.span)
        let text = String(decoding: name, as: UTF8.self)
        for problem in problems.prefix(10) {
            let line = problem.line.map { ", line \($0)," } ?? ""
            self.logger.warning("\(text)\(line) is passed over: \(problem.reason)")
        }
        if problems.count > 10 {
            self.logger.warning("\(text): \(problems.count - 10) more lines are passed over.")
        }
    }
}
