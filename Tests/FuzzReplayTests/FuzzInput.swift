import Foundation
import Testing

/// A file of `Fuzz/Corpus` or `Fuzz/FailCases`.
struct FuzzInput: Sendable, CustomTestStringConvertible {
    /// The folder of the fuzzers.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fuzz").standardized

    /// Every file there is, in a fixed order.
    static let all: [FuzzInput] = ["Corpus", "FailCases"].flatMap { kind in
        Self.entries(of: Self.folder.appending(path: kind)).flatMap { target in
            Self.entries(of: target).map { FuzzInput(target: target.lastPathComponent, file: $0) }
        }
    }

    /// The name of the fuzz target that the input is for.
    let target: String
    let file: URL

    var bytes: [UInt8] {
        get throws {
            Array(try Data(contentsOf: self.file))
        }
    }

    var testDescription: String {
        self.file.pathComponents.suffix(3).joined(separator: "/")
    }

    private static func entries(of folder: URL) -> [URL] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (names ?? []).filter { !$0.hasPrefix(".") }.sorted().map { folder.appending(path: $0) }
    }
}
