/// The name that was probably meant.
package enum NearestName {
    /// In bytes.
    private static let longest = 60

    /// The one among the names that takes the fewest changes to make of the text, if it takes few.
    ///
    /// A text that is longer than any name can be meant for none.
    package static func of(_ text: String, among names: some Sequence<String>) -> String? {
        guard text.utf8.count <= Self.longest else { return nil }
        let limit = max(1, text.count / 3)
        let distances = names.map { (name: $0, distance: Self.distance(from: Array(text), to: Array($0))) }
        guard let nearest = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        if nearest.distance <= limit { return nearest.name }
        // What begins or ends alike is meant more often than anything else.
        return distances.first { $0.name.hasPrefix(text) || text.hasPrefix($0.name) || $0.name.hasSuffix("-\(text)") }?
            .name
    }

    /// Insertions, deletions, replacements, and two neighbours swapped.
    private static func distance(from: [Character], to: [Character]) -> Int {
        var before = [Int](repeating: 0, count: to.count + 1)
        var last = Array(0...to.count)
        for row in from.indices {
            var current = [row + 1] + [Int](repeating: 0, count: to.count)
            for column in to.indices {
                current[column + 1] = min(
                    last[column + 1] + 1,
                    current[column] + 1,
                    last[column] + (from[row] == to[column] ? 0 : 1)
                )
                if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
                    current[column + 1] = min(current[column + 1], before[column - 1] + 1)
                }
            }
            before = last
            last = current
        }
        return last[to.count]
    }
}
