import CanaveralConfiguration
import Foundation
import Testing

/// A peer's settings in a folder of their own, what is printed of them, and what is said of the rest.
///
/// With `CANAVERAL_WRITE_GOLDENS` in the environment the expected files are written anew, to be looked at before they are
/// kept.
struct Golden {
    private let folder: URL

    init(_ name: String) {
        self.folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)")
    }

    /// The peer's file, which the import finds in the folder that the peer is started in.
    func input() throws -> String {
        try String(contentsOf: self.folder.appending(path: "input"), encoding: .utf8)
    }

    func expect(_ imported: ImportedConfiguration, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let text = imported.document.description
        try self.expect(text, in: "canaveral.toml", sourceLocation)
        let leftovers = imported.leftovers.map { "\($0)\n" }.joined()
        try self.expect(leftovers, in: "leftovers", sourceLocation)
        try expectSame(imported.document, as: text, sourceLocation: sourceLocation)
        expectServable(text, sourceLocation: sourceLocation)
    }

    private func expect(_ text: String, in name: String, _ sourceLocation: SourceLocation) throws {
        let file = self.folder.appending(path: name)
        if ProcessInfo.processInfo.environment["CANAVERAL_WRITE_GOLDENS"] != nil {
            try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected, "\(file.lastPathComponent)", sourceLocation: sourceLocation)
    }
}
