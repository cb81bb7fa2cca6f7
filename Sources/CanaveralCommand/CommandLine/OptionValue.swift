import ArgumentParser

/// What an option takes: reads its value, and says what is valid where it is given something else.
///
/// These options take the next argument whatever it looks like (`parsing: .unconditional`), so that `--grace -1` is told
/// what is wrong with -1, rather than that a value is missing.
struct OptionValue<Value: Sendable>: Sendable {
    /// As in "it takes a number of seconds above 0".
    let expectation: String
    let read: @Sendable (String) -> Value?

    /// For the parser, which puts it behind "The value 'x' is invalid for '--option <name>': ".
    var transform: @Sendable (String) throws -> Value {
        { text in
            guard let value = self.read(text) else { throw ValidationError("it takes \(self.expectation).") }
            return value
        }
    }
}

extension OptionValue where Value == Int {
    static let days = number(in: 1...36_500, as: "a number of days from 1 to 36500")

    static func number(in range: some RangeExpression<Int> & Sendable, as expectation: String) -> OptionValue {
        OptionValue(expectation: expectation) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }
}

extension OptionValue where Value == Double {
    /// The longest that a deadline can be set to, some eleven days.
    private static let longest = 1_000_000.0

    /// Not less than a deadline can tell from none.
    static let positiveSeconds = seconds(from: 0.001, as: "a number of seconds above 0")

    static func seconds(from least: Double, as expectation: String) -> OptionValue {
        OptionValue(expectation: expectation) { text in
            Double(text).flatMap { $0 >= least && $0 <= Self.longest ? $0 : nil }
        }
    }
}
