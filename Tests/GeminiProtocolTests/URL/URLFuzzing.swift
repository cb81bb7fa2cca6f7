import Foundation

/// Where the inputs of the fuzz targets lie in the repository.
enum URLFuzzing {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent()
        .appending(path: "../../../Fuzz")

    static func corpus(_ name: String) throws -> [[UInt8]] {
        try Self.inputs("Corpus/\(name)")
    }

    /// The inputs that once broke a property, none when the target has no such folder.
    static func failCases(_ name: String) throws -> [[UInt8]] {
        let exists = FileManager.default.fileExists(atPath: Self.folder.appending(path: "FailCases/\(name)").path)
        return exists ? try Self.inputs("FailCases/\(name)") : []
    }

    private static func inputs(_ path: String) throws -> [[UInt8]] {
        let folder = Self.folder.appending(path: path)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.sorted { $0.path < $1.path }.map { [UInt8](try Data(contentsOf: $0)) }
    }

    /// The words of a libFuzzer dictionary: a quoted string a line, with `\xHH`, `\\` and `\"`.
    static func dictionary(_ name: String) throws -> [[UInt8]] {
        let text = try String(contentsOf: Self.folder.appending(path: "Dictionaries/\(name).dict"), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("\"") }.map { line in
            var word: [UInt8] = []
            var rest = Array(line.utf8.dropFirst().dropLast())[...]
            while let byte = rest.popFirst() {
                guard byte == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
                    word.append(byte)
                    continue
                }
                if kind == UInt8(ascii: "x") {
                    word.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                    rest = rest.dropFirst(2)
                } else {
                    word.append(kind)
                }
            }
            return word
        }
    }
}
