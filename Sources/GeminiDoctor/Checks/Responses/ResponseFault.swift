/// Something wrong with a response that can be told without knowing what it should have been.
struct ResponseFault: Sendable, Hashable {
    var level: Finding.Level
    var rows: [String]
    var title: String
    var remedy: String
}
