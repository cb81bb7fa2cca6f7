import Canaveral
import Foundation

/// The pages, each a folder with a file for each of its revisions. They are read once; files are only ever added.
actor Pages {
    private let folder: URL
    private var revisions: [PageName: [Revision]] = [:]

    init(in path: String) throws {
        self.folder = URL(fileURLWithPath: path, isDirectory: true)
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: path).compactMap(PageName.init(pathParameter:))
        {
            self.revisions[name] = try Self.read(name, in: self.folder)
        }
    }

    var names: [PageName] {
        self.revisions.keys.sorted()
    }

    func revisions(of name: PageName) -> [Revision] {
        self.revisions[name] ?? []
    }

    func revision(_ number: Int, of name: PageName) -> Revision? {
        self.revisions[name]?.first { $0.number == number }
    }

    /// The latest first.
    func recentChanges(_ count: Int) -> [(PageName, Revision)] {
        let all = self.revisions.flatMap { name, revisions in revisions.map { (name, $0) } }
        return Array(all.sorted { ($0.1.time, $0.1.number) > ($1.1.time, $1.1.number) }.prefix(count))
    }

    func write(_ text: String, to name: PageName, by author: String, at time: Timestamp) throws {
        let number = (self.revisions[name]?.last?.number ?? 0) + 1
        let file = StoredRevision(author: author, time: time.secondsSinceEpoch, text: text)
        let pageFolder = self.folder.appending(path: name.text, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: pageFolder, withIntermediateDirectories: true)
        try JSONEncoder().encode(file).write(to: pageFolder.appending(path: "\(number).json"), options: .atomic)
        self.revisions[name, default: []].append(file.revision(number, of: name))
    }

    private static func read(_ name: PageName, in folder: URL) throws -> [Revision] {
        let pageFolder = folder.appending(path: name.text, directoryHint: .isDirectory)
        return try FileManager.default.contentsOfDirectory(at: pageFolder, includingPropertiesForKeys: nil)
            .compactMap { file in
                guard let number = Int(file.deletingPathExtension().lastPathComponent) else { return nil }
                return try JSONDecoder().decode(StoredRevision.self, from: Data(contentsOf: file))
                    .revision(number, of: name)
            }
            .sorted { $0.number < $1.number }
    }
}

/// What a revision's file holds.
private struct StoredRevision: Codable {
    let author: String
    let time: Int64
    let text: String

    func revision(_ number: Int, of page: PageName) -> Revision {
        Revision(
            page: page,
            number: number,
            author: self.author,
            time: Timestamp(secondsSinceEpoch: self.time),
            text: self.text
        )
    }
}
