#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A folder that goes by the name of a command: what was typed is taken for the command, and may have meant the folder.
struct CommandNamesake: CustomStringConvertible {
    private let name: String

    /// - Returns: `nil` where the arguments do not begin with a command's name, or go on with a word as only commands do,
    ///   or where there is no folder of that name.
    init?(_ arguments: [String]) {
        guard let name = arguments.first, Canaveral.commandWords.contains(name),
            arguments.dropFirst().first?.hasPrefix("-") ?? true
        else { return nil }
        var status = stat()
        guard stat(name, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        self.name = name
    }

    var description: String {
        "'\(self.name)' is a command here: to serve the folder of that name, name it ./\(self.name)"
    }
}
