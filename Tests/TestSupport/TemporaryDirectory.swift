import Foundation

/// A folder of a test's own, which goes when the test is over.
package final class TemporaryDirectory: Sendable {
    package let path: String

    package init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("canaveral-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        self.path = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.path)
    }

    /// The path of something in the folder.
    package func path(_ name: String) -> String {
        self.path + "/" + name
    }

    /// Writes a file, making the folders that lead to it.
    @discardableResult
    package func write(_ content: String, to name: String) throws -> String {
        try self.write(Array(content.utf8), to: name)
    }

    @discardableResult
    package func write(_ content: [UInt8], to name: String) throws -> String {
        let path = self.path(name)
        let folder = (path as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(content).write(to: URL(fileURLWithPath: path))
        return path
    }

    package func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: self.path(name), withIntermediateDirectories: true)
    }

    package func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: self.path(name), withDestinationPath: target)
    }

    /// Puts a file in the place of whatever has the name.
    package func replace(_ name: String, with content: String) throws {
        try FileManager.default.removeItem(atPath: self.path(name))
        try self.write(content, to: name)
    }
}
