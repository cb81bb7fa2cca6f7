import Foundation
import Logging
import TestSupport

@testable import Canaveral

extension FileUploads.Options {
    /// Options of which some are set, that say nothing.
    init(_ change: (inout Self) throws -> Void) rethrows {
        self.init()
        self.logger = Logger(label: "uploads") { _ in SwiftLogNoOpLogHandler() }
        try change(&self)
    }
}

extension TemporaryDirectory {
    /// A capsule that takes uploads into the folder beneath `/notes`.
    func capsule(
        _ options: FileUploads.Options = FileUploads.Options { _ in },
        accepting rules: UploadRules = .text(),
        hindrance: @escaping UploadFolder.Hindrance = { _ in nil }
    ) throws -> Capsule {
        let uploads = try FileUploads(in: self.path, accepting: rules, options: options, hindrance: hindrance)
        return try Capsule { routes in routes.mount("/notes", uploads, uploads: true) }
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: self.path(name), encoding: .utf8)
    }

    func names(in folder: String = ".") throws -> [String] {
        let path = self.path(folder)
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    /// What is in the folder that visitors could see.
    func visible() throws -> [String] {
        try self.names().filter { !$0.hasPrefix(".") }
    }

    /// Files of uploads that have not got their names.
    func unfinished() throws -> [String] {
        try self.names(in: ".uploads").filter { $0 != "lock" }
    }

    /// The texts of earlier versions by their numbers.
    func versions(of name: String, in folder: String = ".") throws -> [String: String] {
        let path = "\(folder)/.versions/\(name)"
        return try Dictionary(uniqueKeysWithValues: self.names(in: path).map { ($0, try self.text("\(path)/\($0)")) })
    }
}
