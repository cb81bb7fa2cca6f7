import ArgumentParser
import CanaveralConfiguration

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A word that stands where a command does, and names none: the parser would take it for something else, or show its help.
struct UnknownCommand {
    /// What is wrong, and what was probably meant.
    let sentence: String

    /// - Returns: `nil` where each word that has to be a command is one. The first word may be a folder too: it is taken for a
    ///   misspelled command only where it looks like one, and there is nothing of that name.
    init?(_ arguments: [String]) {
        let asksForHelp = arguments.first == "help"
        var command: any ParsableCommand.Type = Canaveral.self
        var path: [String] = []
        for word in arguments.dropFirst(asksForHelp ? 1 : 0) {
            let subcommands = command.configuration.subcommands
            if let next = subcommands.first(where: { $0._commandName == word }) {
                command = next
                path.append(word)
                continue
            }
            guard !subcommands.isEmpty, !word.hasPrefix("-") else { return nil }
            let names = subcommands.map { $0._commandName }
            if command.configuration.defaultSubcommand == nil || asksForHelp {
                self.init(word, path, names, isHelp: asksForHelp)
            } else if path.isEmpty, !word.isEmpty, word.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A || $0 == 0x2D }),
                let meant = NearestName.of(word, among: names), word != "help", access(word, F_OK) != 0
            {
                self.init(sentence: "There is neither a command nor a folder '\(word)': did you mean '\(meant)'?")
            } else {
                return nil
            }
            return
        }
        return nil
    }

    private init(sentence: String) {
        self.sentence = sentence
    }

    private init(_ word: String, _ path: [String], _ names: [String], isHelp: Bool) {
        let command = (["canaveral"] + path).joined(separator: " ")
        let valid = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
        let meant = NearestName.of(word, among: names).map { " (did you mean '\($0)'?)" } ?? ""
        self.init(sentence: "'\(command)' has no command '\(word)'\(meant): name \(valid).")
    }
}
