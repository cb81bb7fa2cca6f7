/// A question that some words are the answers to.
struct WordChoice: Sendable {
    let words: [String]

    func question(_ prompt: String) -> Question {
        Question(prompt: "\(prompt) (\(self.words.joined(separator: ", ")))", isSensitive: false, allowsEmpty: false)
    }

    /// Reads a word, or as much of its beginning as no other has, in capitals or not.
    ///
    /// - Returns: the place of the word.
    func read(_ text: String) throws(Invalid) -> Int {
        let typed = text.trimmedOfWhitespace.lowercased()
        let words = self.words.map { $0.lowercased() }
        if let index = words.firstIndex(of: typed) { return index }
        let candidates = words.indices.filter { words[$0].hasPrefix(typed) }
        guard candidates.count == 1, !typed.isEmpty else {
            throw Invalid("Please type one of the words.")
        }
        return candidates[0]
    }
}
