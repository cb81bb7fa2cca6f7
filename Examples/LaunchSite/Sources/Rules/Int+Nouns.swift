extension Int {
    /// So many of a thing: `1 crate`, `2 crates`.
    func of(_ noun: String) -> String {
        "\(self) \(noun)\(self == 1 ? "" : "s")"
    }
}
