/// Answers and results as they are kept in a record.
enum ConversationJSON {
    private static let key = StoreKey(space: "conversations", id: "answers")

    static func text(_ value: some Encodable) throws(StoreError) -> String {
        String(decoding: try StoreCoding.bytes(of: value, for: self.key), as: UTF8.self)
    }

    /// - Returns: `nil` for what is no such value: the application was changed since.
    static func value<Value: Decodable>(_ type: Value.Type, _ text: String) -> Value? {
        try? StoreCoding.value(type, from: Array(text.utf8), for: self.key)
    }
}
