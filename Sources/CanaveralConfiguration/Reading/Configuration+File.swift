#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Configuration {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: the file as it is called, relative to whose folder its paths are.
    ///   - place: where it is found, if it is elsewhere for a process with a root of its own.
    /// - Throws: ``InvalidConfiguration`` with all that is wrong with it, an unreadable file included.
    /// - Returns: the configuration, and what is worth a warning.
    package static func read(
        from path: String,
        at place: String? = nil
    ) throws(InvalidConfiguration) -> (configuration: Configuration, warnings: [ConfigurationProblem]) {
        let text: String
        do {
            text = try TextFile.read(place ?? path)
        } catch {
            throw InvalidConfiguration(file: path, problems: [error])
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return try Self.parse(text, file: path, folder: folder.isEmpty ? "/" : folder)
    }

    /// Reads the text of a file.
    ///
    /// - Parameter folder: where relative paths begin.
    package static func parse(
        _ text: String,
        file: String? = nil,
        folder: String = "."
    ) throws(InvalidConfiguration) -> (configuration: Configuration, warnings: [ConfigurationProblem]) {
        let nodes: [String: ConfigurationNode]
        do {
            nodes = try ConfigurationNode.parse(text)
        } catch {
            throw InvalidConfiguration(file: file, problems: [error])
        }
        let reader = ConfigurationReader(lines: SettingLines(text), folder: folder)
        let configuration = Self.read(nodes, with: reader)
        let problems = reader.problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
        guard !problems.contains(where: { $0.severity == .error }) else {
            throw InvalidConfiguration(file: file, problems: problems)
        }
        return (configuration, problems)
    }

    static func read(_ nodes: [String: ConfigurationNode], with reader: ConfigurationReader) -> Configuration {
        Configuration(TableReader(nodes, at: SettingPath(), schema: Self.schema, reader: reader))
    }
}

/// A file of text, read as a whole.
enum TextFile {
    private static let largest = 16 << 20

    static func read(_ path: String) throws(ConfigurationProblem) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ConfigurationProblem("\(path) cannot be read (\(String(cString: strerror(errno)))).")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = chunk.withUnsafeMutableBytes { unistdRead(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                throw ConfigurationProblem("\(path) cannot be read (\(String(cString: strerror(errno)))).")
            }
            guard count > 0 else { break }
            bytes += chunk[..<count]
            guard bytes.count <= Self.largest else {
                throw ConfigurationProblem("\(path) is larger than 16 MiB: name a configuration file.")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationProblem("\(path) is no UTF-8 text: name a configuration file.")
        }
        return text
    }
}

private func unistdRead(_ descriptor: CInt, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Darwin)
    Darwin.read(descriptor, buffer, count)
    #elseif canImport(Glibc)
    Glibc.read(descriptor, buffer, count)
    #elseif canImport(Musl)
    Musl.read(descriptor, buffer, count)
    #endif
}
