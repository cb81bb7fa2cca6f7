/// Reads text as a value of a type that is written as text, such as a number.
struct LosslessReading<Value: LosslessStringConvertible>: Sendable {
    func read(_ text: String) throws(Invalid) -> Value {
        let text = text.trimmedOfWhitespace
        guard let value = Value(text) else {
            throw Invalid(Value.self is any Numeric.Type ? "That is no number." : "That cannot be read.")
        }
        return value
    }
}
