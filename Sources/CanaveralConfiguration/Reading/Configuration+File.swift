package import CanaveralService
import TOML

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
    ///   - path: how it is called outside of any root.
    ///   - root: what is the root of the file system by now.
    /// - Throws: ``InvalidConfiguration`` with all that is wrong with it, an unreadable file included.
    /// - Returns: the configuration, and what is worth a warning.
    package static func read(
        from path: String,
        inside root: ChangedRoot? = nil
    ) throws(InvalidConfiguration) -> (configuration: Configuration, warnings: [ConfigurationProblem]) {
        try Self.accept(Self.survey(path, inside: root), file: path)
    }

    /// Reads as much of a file as can be understood.
    ///
    /// - Throws: ``InvalidConfiguration`` where it cannot be read at all, or is no TOML.
    /// - Returns: the configuration without what is wrong in it, and everything that is wrong.
    package static func survey(
        _ path: String,
        inside root: ChangedRoot? = nil
    ) throws(InvalidConfiguration) -> (configuration: Configuration, problems: [ConfigurationProblem]) {
        var place = path
        if let root {
            guard let inside = root.path(of: path) else {
                let problem = ConfigurationProblem("\(OutsideRoot(path: path, root: root.folder))")
                throw InvalidConfiguration(file: path, problems: [problem])
            }
            place = inside
        }
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(place)
        } catch {
            throw InvalidConfiguration(file: path, problems: [error])
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return try Self.survey(bytes, file: path, folder: folder.isEmpty ? "/" : folder)
    }

    /// Reads as much of a text as can be understood, which is in no file, such as what came by a pipe.
    ///
    /// - Parameter folder: where relative paths begin.
    /// - Throws: ``InvalidConfiguration`` where it is no TOML.
    package static func survey(
        _ bytes: [UInt8],
        folder: String
    ) throws(InvalidConfiguration) -> (configuration: Configuration, problems: [ConfigurationProblem]) {
        try Self.survey(bytes, file: nil, folder: folder)
    }

    /// Reads the text of a file.
    ///
    /// - Parameter folder: where relative paths begin.
    package static func parse(
        _ text: String,
        file: String? = nil,
        folder: String = "."
    ) throws(InvalidConfiguration) -> (configuration: Configuration, warnings: [ConfigurationProblem]) {
        try Self.accept(Self.survey(Array(text.utf8), file: file, folder: folder), file: file)
    }

    private static func accept(
        _ read: (configuration: Configuration, problems: [ConfigurationProblem]),
        file: String?
    ) throws(InvalidConfiguration) -> (configuration: Configuration, warnings: [ConfigurationProblem]) {
        guard !read.problems.contains(where: { $0.severity == .error }) else {
            throw InvalidConfiguration(file: file, problems: read.problems)
        }
        return (read.configuration, read.problems)
    }

    private static func survey(
        _ bytes: [UInt8],
        file: String?,
        folder: String
    ) throws(InvalidConfiguration) -> (configuration: Configuration, problems: [ConfigurationProblem]) {
        let table: TOMLTable
        do {
            table = try TOMLTable(parsing: bytes)
        } catch {
            let problem = ConfigurationProblem(error.sentence, line: error.line, column: error.column)
            throw InvalidConfiguration(file: file, problems: [problem])
        }
        let reader = ConfigurationReader(folder: folder)
        let configuration = Self.read(table, with: reader)
        return (configuration, reader.problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
    }

    static func read(_ table: TOMLTable, with reader: ConfigurationReader) -> Configuration {
        Configuration(TableReader(table, at: ValuePlace(reader), schema: Self.schema))
    }
}

/// A file, read as a whole.
enum WholeFile {
    private static let largest = 16 << 20

    static func read(_ path: String) throws(ConfigurationProblem) -> [UInt8] {
        // A FIFO would be waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw ConfigurationProblem("This file cannot be read (\(reason)): check its path and who may read it.")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ConfigurationProblem("This is no file: name a configuration file.")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = chunk.withUnsafeMutableBytes { unistdRead(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                throw ConfigurationProblem("This file cannot be read (\(String(cString: strerror(errno)))).")
            }
            guard count > 0 else { break }
            bytes += chunk[..<count]
            guard bytes.count <= Self.largest else {
                throw ConfigurationProblem("This is larger than 16 MiB: name a configuration file.")
            }
        }
        return bytes
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
