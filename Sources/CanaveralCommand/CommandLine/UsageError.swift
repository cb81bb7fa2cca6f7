import ArgumentParser

/// What the parser has against a command line, as one sentence that names the argument and says what is valid, or where
/// that is written.
struct UsageError {
    let sentence: String

    /// - Parameter remark: what is worth saying instead of where the help is.
    init(_ error: any Error, of command: (some ParsableCommand).Type, remark: String? = nil) {
        let message = command.message(for: error)
            .replacing("\n   or: ", with: ", or: ")
            .replacing(/\. Did you mean ('.*')\?/) { " (did you mean \($0.1)?)" }
        // A message that ends as a sentence says already what would be right.
        guard !message.hasSuffix(".") else {
            self.sentence = remark.map { "\(message.dropLast()) (\($0))." } ?? message
            return
        }
        let help = command.fullMessage(for: error).firstMatch(of: /See '(.*)' for more information\.\s*$/)
        self.sentence = "\(message): \(remark ?? "see '\(help?.1 ?? "canaveral --help")'")."
    }
}
