import Testing

@testable import GeminiDoctor

/// A fault, and what its check has to say of it.
struct FaultCase: Sendable, CustomTestStringConvertible {
    var check: String
    var level: Finding.Level
    var row: String
    var fault: Fault
    var path: String

    init(_ check: String, _ level: Finding.Level, _ row: String, path: String = "/", _ fault: Fault) {
        self.check = check
        self.level = level
        self.row = row
        self.path = path
        self.fault = fault
    }

    var testDescription: String { "\(self.row): \(self.check), \(self.level)" }
}
