import GeminiProtocol
import Testing

@Suite("Timestamp")
struct TimestampTests {
    static let moments: [(Int64, String)] = [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (951_868_800, "2000-03-01T00:00:00Z"),
        (1_709_164_800, "2024-02-29T00:00:00Z"),
        (2_147_483_647, "2038-01-19T03:14:07Z"),
        (1_795_222_923, "2026-11-21T01:02:03Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"),
        (-62_135_596_800, "0001-01-01T00:00:00Z"),
        (-62_167_219_200, "0000-01-01T00:00:00Z"),
        (-62_167_219_201, "-0001-12-31T23:59:59Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
        (253_402_300_800, "+10000-01-01T00:00:00Z"),
        (67_090_118_400, "4096-01-01T00:00:00Z"),
        (.max, "+292277026596-12-04T15:30:07Z"),
        (.min, "-292277022657-01-27T08:29:52Z"),
    ]

    @Test("A moment is written in ISO 8601, and read back", arguments: Self.moments)
    func iso8601(seconds: Int64, text: String) {
        let moment = Timestamp(secondsSinceEpoch: seconds)
        #expect(moment.description == text)
        #expect(Timestamp(iso8601: text) == moment)
    }

    @Test("Every day of eight hundred years has the date of the day before it, and one more")
    func everyDay() throws {
        var expected = (year: Int64(1600), month: 1, day: 1)
        var moment = try #require(Timestamp(year: 1600, month: 1, day: 1))
        let end = try #require(Timestamp(year: 2400, month: 1, day: 1))
        var days = 0
        while moment < end {
            let found = moment.components
            guard found.year == expected.year, found.month == expected.month, found.day == expected.day,
                Timestamp(year: expected.year, month: expected.month, day: expected.day) == moment
            else {
                Issue.record("\(moment) instead of \(expected)")
                return
            }
            expected.day += 1
            if Timestamp(year: expected.year, month: expected.month, day: expected.day) == nil {
                expected.day = 1
                expected.month += 1
                if expected.month == 13 {
                    expected.month = 1
                    expected.year += 1
                }
            }
            moment += .seconds(86_400)
            days += 1
        }
        #expect(days == 292_194)
    }

    @Test(
        "Dates that do not exist are refused",
        arguments: [
            (2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32),
            (292_277_026_597, 1, 1), (-292_277_022_658, 12, 31), (.max, 1, 1), (.min, 1, 1),
        ] as [(Int64, Int, Int)]
    )
    func impossibleDates(year: Int64, month: Int, day: Int) {
        #expect(Timestamp(year: year, month: month, day: day) == nil)
    }

    @Test("Times that do not exist are refused, but for a leap second")
    func impossibleTimes() {
        #expect(Timestamp(year: 2026, month: 1, day: 1, hour: 24) == nil)
        #expect(Timestamp(year: 2026, month: 1, day: 1, minute: 60) == nil)
        #expect(Timestamp(year: 2026, month: 1, day: 1, second: 61) == nil)
        #expect(
            Timestamp(year: 2016, month: 12, day: 31, hour: 23, minute: 59, second: 60)
                == Timestamp(year: 2017, month: 1, day: 1)
        )
    }

    @Test(
        "ISO 8601 is read with any zone and in its usual variants",
        arguments: [
            ("2026-11-21", "2026-11-21T00:00:00Z"),
            ("2026-11-21t01:02:03z", "2026-11-21T01:02:03Z"),
            ("2026-11-21 01:02:03Z", "2026-11-21T01:02:03Z"),
            ("2026-11-21T01:02:03.999999Z", "2026-11-21T01:02:03Z"),
            ("2026-11-21T01:02:03,5+00:00", "2026-11-21T01:02:03Z"),
            ("2026-11-21T02:02:03+01:00", "2026-11-21T01:02:03Z"),
            ("2026-11-20T19:32:03-05:30", "2026-11-21T01:02:03Z"),
        ]
    )
    func variants(text: String, canonical: String) {
        #expect(Timestamp(iso8601: text)?.description == canonical)
    }

    @Test(
        "What is not ISO 8601, or leaves the zone open, is refused",
        arguments: [
            "", "2026", "2026-11", "2026-1-2", "26-11-21", "20261121", "2026-11-21T", "2026-11-21T01:02:03",
            "2026-11-21T01:02Z", "2026-11-21T01:02:03.Z", "2026-11-21T01:02:03Zx", "2026-11-21T01:02:03+0100",
            "2026-11-21T01:02:03+24:00", "2026-02-30", "2026-11-21x", " 2026-11-21", "2026-11-21 ", "+999-01-01",
            "２０２６-11-21", "+9999999999999-01-01",
        ]
    )
    func refused(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test("The day stands alone where a gemlog wants it")
    func date() {
        #expect(Timestamp(secondsSinceEpoch: 1_795_222_923).date == "2026-11-21")
    }

    @Test("Durations move a moment, and lie between two")
    func arithmetic() {
        let moment = Timestamp(secondsSinceEpoch: 100)
        #expect(moment + .seconds(5) == Timestamp(secondsSinceEpoch: 105))
        #expect(moment - .seconds(105) == Timestamp(secondsSinceEpoch: -5))
        #expect(moment + .milliseconds(1999) == Timestamp(secondsSinceEpoch: 101))
        #expect(moment - .milliseconds(500) == Timestamp(secondsSinceEpoch: 99))
        #expect(Timestamp(secondsSinceEpoch: 105) - moment == .seconds(5))
        var moved = moment
        moved += .seconds(1)
        moved -= .seconds(2)
        #expect(moved == Timestamp(secondsSinceEpoch: 99))
    }

    @Test("Arithmetic stops at the ends of what 64 bits hold")
    func saturation() {
        let last = Timestamp(secondsSinceEpoch: .max)
        let first = Timestamp(secondsSinceEpoch: .min)
        #expect(last + .seconds(1) == last)
        #expect(first - .seconds(1) == first)
        #expect(last - first > first - last)
    }

    @Test("The earlier moment is the smaller one")
    func order() {
        #expect(Timestamp(secondsSinceEpoch: -1) < Timestamp(secondsSinceEpoch: 0))
        #expect(!(Timestamp(secondsSinceEpoch: 0) < Timestamp(secondsSinceEpoch: 0)))
    }
}
