import GeminiProtocol

extension ExpressionProgram {
    /// How far an encoded path has come, as far as that says what may come next.
    private enum PathPlace: Hashable {
        case start
        case inText
        case behindSlash
        case behindPercent
        /// Behind a percent sign and one digit.
        case inEscape(UInt8)

        /// Where a path is behind one more byte; `nil` where no path in its plainest form has it.
        func following(_ byte: UInt8) -> PathPlace? {
            switch self {
            case .start:
                return byte == UInt8(ascii: "/") ? .behindSlash : nil
            case .inText, .behindSlash:
                if byte == UInt8(ascii: "%") { return .behindPercent }
                if byte == UInt8(ascii: "/") { return self == .inText ? .behindSlash : nil }
                return ByteSet.paths.contains(byte) ? .inText : nil
            case .behindPercent:
                return Self.value(byte).map(PathPlace.inEscape)
            case .inEscape(let high):
                guard let low = Self.value(byte) else { return nil }
                let escaped = high << 4 | low
                let isNeedless = ByteSet.paths.contains(escaped) && !"/%".utf8.contains(escaped)
                return isNeedless ? nil : .inText
            }
        }

        /// That of a digit of an escape, of which letters are capitals.
        private static func value(_ digit: UInt8) -> UInt8? {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
            default: nil
            }
        }
    }

    /// Whether it may match a path in its plainest form: with single slashes and no needless escapes. It is not said of all that match none: assertions other than
    /// that of the start, and look-ahead, are taken to hold.
    var canMatchPaths: Bool {
        struct State: Hashable {
            var instruction: Int32
            var place: PathPlace
        }
        var found: Set<State> = [State(instruction: self.entry, place: .start)]
        var open = Array(found)
        while let state = open.popLast() {
            var places: [PathPlace] = [state.place]
            var nexts: [Int32] = []
            switch self.instructions[Int(state.instruction)] {
            case .byte(let byte, let next):
                places = [state.place.following(byte)].compactMap(\.self)
                nexts = [next]
            case .literal(let start, let count, let next):
                let bytes = self.literals[Int(start)..<Int(start + count)]
                places = [bytes.reduce(state.place) { place, byte in place?.following(byte) }].compactMap(\.self)
                nexts = [next]
            case .set(let set, let next):
                places = Array(Set((0..<0x80).filter(set.contains).compactMap(state.place.following)))
                nexts = [next]
            case .split(let first, let second):
                nexts = [first, second]
            case .save(_, let next), .prefix(_, _, _, let next), .lookAhead(_, _, let next):
                nexts = [next]
            case .assertion(let assertion, let next):
                if assertion != .start || state.place == .start { nexts = [next] }
            case .found:
                break
            case .matched:
                if [.inText, .behindSlash].contains(state.place) { return true }
            }
            for place in places {
                for next in nexts where found.insert(State(instruction: next, place: place)).inserted {
                    open.append(State(instruction: next, place: place))
                }
            }
        }
        return false
    }
}
