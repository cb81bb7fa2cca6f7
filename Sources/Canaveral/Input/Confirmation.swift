/// A question of yes or no.
struct Confirmation: Sendable {
    let yes: String
    let no: String

    func question(_ prompt: String) -> Question {
        Question(prompt: "\(prompt) (\(self.yes)/\(self.no))", isSensitive: false, allowsEmpty: true)
    }

    /// Reads a word or its first letter, in capitals or not. Nothing at all is a no.
    func read(_ text: String) throws(Invalid) -> Bool {
        let word = text.trimmedOfWhitespace.lowercased()
        let yes = self.yes.lowercased()
        let no = self.no.lowercased()
        if word == yes { return true }
        if word == no || word.isEmpty { return false }
        if yes.first != no.first {
            if word == yes.prefix(1) { return true }
            if word == no.prefix(1) { return false }
        }
        throw Invalid("Please type \(self.yes) or \(self.no).")
    }
}
