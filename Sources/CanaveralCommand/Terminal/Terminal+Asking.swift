#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Questions to the person at the terminal.
extension Terminal {
    /// Asks for a line of text.
    ///
    /// - Returns: `nil` at the end of the input.
    static func ask(_ question: String) -> String? {
        self.prompt(question)
        return readLine()
    }

    /// Asks for a line of text that is not shown while it is typed.
    static func askHidden(_ question: String) -> String? {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return self.ask(question) }
        var hidden = settings
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            self.notice("")
        }
        self.prompt(question)
        return readLine()
    }

    /// Has the person choose among numbered possibilities.
    ///
    /// - Returns: the index of the choice; `nil` for anything that is none.
    static func choose(_ question: String, among choices: [String]) -> Int? {
        for (index, choice) in choices.enumerated() {
            self.notice("  \(index + 1)  \(self.harmless(choice))")
        }
        guard let answer = self.ask(question).flatMap({ Int($0) }), choices.indices.contains(answer - 1) else {
            return nil
        }
        return answer - 1
    }

    private static func prompt(_ question: String) {
        _ = self.put(Array((self.styled(self.harmless(question), .bold) + " ").utf8)[...], to: STDERR_FILENO)
    }
}
