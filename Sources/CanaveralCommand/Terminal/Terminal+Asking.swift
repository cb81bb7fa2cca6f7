#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Questions to the person at the terminal. When the task is cancelled meanwhile, there is no answer.
extension Terminal {
    /// Asks for a line of text.
    ///
    /// - Returns: `nil` at the end of the input.
    static func ask(_ question: String) async -> String? {
        self.prompt(question)
        return await self.answer()
    }

    /// Asks for a line of text that is not shown while it is typed.
    static func askHidden(_ question: String) async -> String? {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return await self.ask(question) }
        var hidden = settings
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        self.prompt(question)
        let answer = await self.answer()
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        // The end of the line was not shown either; without an answer there is an end already.
        if answer != nil { self.notice("") }
        return answer
    }

    /// Has the person choose among numbered possibilities.
    ///
    /// - Returns: the index of the choice; `nil` for anything that is none.
    static func choose(_ question: String, among choices: [String]) async -> Int? {
        for (index, choice) in choices.enumerated() {
            self.notice("  \(index + 1)  \(self.harmless(choice))")
        }
        guard let answer = await self.ask(question).flatMap({ Int($0) }), choices.indices.contains(answer - 1) else {
            return nil
        }
        return answer - 1
    }

    /// Asks a question whose answer is yes or no; no is the answer to anything else.
    static func confirm(_ question: String) async -> Bool {
        self.note("\(self.harmless(question)) [y/N] ")
        let answer = await self.answer()?.lowercased()
        return answer == "y" || answer == "yes"
    }

    private static func prompt(_ question: String) {
        self.note(self.styled(self.harmless(question), .bold) + " ")
    }

    private static func answer() async -> String? {
        let line = await PersonalWork.run { work in self.line { work.isCancelled } }
        if line == nil { self.notice("") }
        return line
    }

    /// How often to look whether an answer is still wanted.
    private static let attention: CInt = 50

    /// The next line of standard input, and nothing of the one after it, which may answer another question.
    private static func line(until isOver: () -> Bool) -> String? {
        var bytes: [UInt8] = []
        while !isOver() {
            var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, Self.attention) > 0 else { continue }
            var byte: UInt8 = 0
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        return nil
    }
}
