import GeminiProtocol
import Testing

@Suite("Status")
struct StatusTests {
    @Test("A5: eighteen codes are defined, under the names of the field")
    func definedCodes() {
        #expect(Status.defined.map(\.code) == [10, 11, 20, 30, 31, 40, 41, 42, 43, 44, 50, 51, 52, 53, 59, 60, 61, 62])
        let named: [Status] = [
            .input, .sensitiveInput, .success, .temporaryRedirect, .permanentRedirect, .temporaryFailure,
            .serverUnavailable, .cgiError, .proxyError, .slowDown, .permanentFailure, .notFound, .gone,
            .proxyRequestRefused, .badRequest, .certificateRequired, .certificateNotAuthorized, .certificateNotValid,
        ]
        #expect(Status.defined == named)
    }

    @Test("GP-077: exactly the defined codes of the range say that they are", arguments: 10...69)
    func definedFlag(code: Int) throws {
        let status = try #require(Status(code: code))
        #expect(status.isDefined == Status.defined.contains(status))
        #expect(status.code == code)
    }

    @Test(
        "GP-079: codes below 10 and above 69 are no status",
        arguments: [Int.min, -20, 0, 2, 9, 70, 99, 200, 276, .max]
    )
    func outOfRange(code: Int) {
        #expect(Status(code: code) == nil)
    }

    @Test(
        "GP-080: an undefined code acts like its group's x0",
        arguments: [(14, 10), (22, 20), (39, 30), (45, 40), (58, 50), (69, 60), (63, 60), (12, 10), (21, 20), (29, 20)]
    )
    func equivalents(code: Int, equivalent: Int) throws {
        #expect(try #require(Status(code: code)).equivalent.code == equivalent)
    }

    @Test("GP-080: a defined code acts like itself", arguments: Status.defined)
    func definedEquivalents(status: Status) {
        #expect(status.equivalent == status)
    }

    @Test(
        "GP-081: the first digit is the group",
        arguments: zip(
            [Status.input, .success, .permanentRedirect, .slowDown, .badRequest, .certificateNotValid],
            Status.Group.allCases
        )
    )
    func groups(status: Status, group: Status.Group) {
        #expect(status.group == group)
        #expect(status.group.rawValue == status.code / 10)
    }

    @Test("GP-078: a body follows 2x and nothing else", arguments: 10...69)
    func bodies(code: Int) throws {
        #expect(try #require(Status(code: code)).hasBody == (20...29).contains(code))
    }

    @Test("GP-073: text is mandatory for 1x, 2x and 3x", arguments: 10...69)
    func mandatoryMeta(code: Int) throws {
        #expect(try #require(Status(code: code)).requiresMeta == (10...39).contains(code))
    }

    @Test("GP-074: every code has a text that could be sent", arguments: 10...69)
    func defaultMessages(code: Int) throws {
        let status = try #require(Status(code: code))
        #expect(throws: Never.self) { try Meta(status.defaultMessage) }
        #expect(status.description == "\(code) \(status.defaultMessage)")
    }

    @Test("A5: no two defined codes have the same text")
    func distinctMessages() {
        #expect(Set(Status.defined.map(\.defaultMessage)).count == Status.defined.count)
    }
}
