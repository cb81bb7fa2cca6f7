import GeminiTLS
import TestSupport
import Testing

@testable import CanaveralConfiguration

/// What `check` says of the regular expressions of locations.
@Suite("Remarks on regular expressions")
struct ExpressionRemarkTests {
    @Test("One that matches no encoded path is warned of, and one whose class names what no path has")
    func remarks() throws {
        let patterns = ["/a[a-z]+", "/\\s", "/[ab\"]", "/%zz", "/%20", "/[^ ]+"]
        let text =
            LocationTests.host
            + patterns.map { LocationTests.location("regex = '\($0)'", "redirect = \"/x\"") }.joined()
        let remarks = try ConfigurationCheck(ConfiguredSite().read(text), file: nil, now: .now, isSuperuser: false)
            .remarks()
        #expect(remarks.allSatisfy { $0.severity == .warning && $0.line != nil })
        let sentences = remarks.map(\.description)
        #expect(sentences.count == 3, "\(sentences)")
        for (sentence, pattern) in zip(sentences, ["/\\s", "/[ab\"]", "/%zz"]) {
            #expect(sentence.contains("localhost, regex \(pattern): The "), "\(sentence)")
            #expect(
                sentence.contains("'\(pattern)' \(pattern.hasPrefix("/[") ? "never finds '\"'" : "matches no path")")
            )
        }
    }
}
