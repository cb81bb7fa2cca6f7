/// A value of a configuration file as it stands there, before anybody has asked what it means.
package indirect enum ConfigurationNode: Hashable, Sendable {
    case string(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case array([ConfigurationNode])
    case table([String: ConfigurationNode])
    /// A date or a time, which no setting takes.
    case moment(String)

    /// What it is, for a sentence: "a number".
    var kind: String {
        switch self {
        case .string: "a text"
        case .integer, .number: "a number"
        case .boolean: "true or false"
        case .array: "a list"
        case .table: "a table"
        case .moment: "a date or time"
        }
    }
}
