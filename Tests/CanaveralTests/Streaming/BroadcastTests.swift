import Canaveral
import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import Canaveral

@Suite("Broadcasts", .timeLimit(.minutes(10)))
struct BroadcastTests {
    /// Everything that a reader gets until its messages end.
    private static func all<Message>(_ messages: BroadcastMessages<Message>) async -> [Message] {
        var all: [Message] = []
        for await message in messages { all.append(message) }
        return all
    }

    @Test("Everybody gets every message in order, and the end")
    func everybody() async {
        let broadcast = Broadcast<Int>(buffer: 1000)
        await withTaskGroup(of: [Int].self) { group in
            for _ in 0..<20 {
                group.addTask { await broadcast.join { await Self.all($0) } }
            }
            #expect(await eventually { broadcast.readers.count == 20 })
            for number in 0..<1000 { broadcast.publish(number) }
            broadcast.finish(1000)
            for await received in group {
                #expect(received == Array(0...1000))
            }
        }
        #expect(broadcast.readers.isEmpty)
        broadcast.publish(1001)
        #expect(await broadcast.join { await Self.all($0) }.isEmpty)
    }

    @Test("Between the history and what follows, no message is lost or doubled, whoever publishes meanwhile")
    func history() async {
        let broadcast = Broadcast<Int>(history: 10, buffer: 10_000)
        await withTaskGroup(of: [Int]?.self) { group in
            group.addTask {
                for number in 0..<5000 {
                    broadcast.publish(number)
                    if number.isMultiple(of: 50) { await Task.yield() }
                }
                return nil
            }
            for _ in 0..<200 {
                group.addTask {
                    await broadcast.join { messages in
                        var received: [Int] = []
                        for await message in messages {
                            received.append(message)
                            if received.count == 15 || message == 4999 { break }
                        }
                        return received
                    }
                }
            }
            for await case let received? in group {
                #expect(received == Array(received[0]..<(received[0] + received.count)))
            }
        }
        #expect(broadcast.history == Array(4990..<5000))
        let last = await broadcast.join { messages in
            broadcast.finish()
            return await Self.all(messages)
        }
        #expect(last == Array(4990..<5000))
    }

    struct Slow: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var policy: SlowReaderPolicy<String>
        var received: [String]
        var missed: Int
        var isPresent = true
    }

    /// A reader with room for three gets 1 to 6, then reads two and gets 7 and 8.
    static let slow = [
        Slow(testDescription: "drop", policy: .drop, received: [], missed: 0, isPresent: false),
        Slow(
            testDescription: "drop, with a last message",
            policy: .drop(last: "too slow"),
            received: ["too slow"],
            missed: 0,
            isPresent: false
        ),
        Slow(testDescription: "skip the oldest", policy: .skipOldest, received: ["4", "5", "6", "7", "8"], missed: 3),
        Slow(
            testDescription: "skip the oldest and tell",
            policy: .skipOldest { "-\($0)" },
            received: ["-3", "4", "5", "6", "7", "8"],
            missed: 3
        ),
        Slow(testDescription: "skip the newest", policy: .skipNewest, received: ["1", "2", "3", "7", "8"], missed: 3),
        Slow(
            testDescription: "skip the newest and tell",
            policy: .skipNewest { "-\($0)" },
            received: ["1", "2", "3", "-3", "7", "8"],
            missed: 3
        ),
    ]

    @Test("A slow reader is dropped or loses messages, as chosen", arguments: Self.slow)
    func slowReader(_ test: Slow) async {
        let broadcast = Broadcast(buffer: 3, slowReaders: test.policy)
        await broadcast.join(as: "snail") { messages in
            for number in 1...6 { broadcast.publish("\(number)") }
            #expect(broadcast.readers.map(\.name) == (test.isPresent ? ["snail"] : []))
            #expect(messages.missed == test.missed)
            var received: [String] = []
            var iterator = messages.makeAsyncIterator()
            // One that is told of a gap first has read one message less.
            for _ in 0..<(test.received.first?.hasPrefix("-") == true ? 3 : 2) {
                if let message = await iterator.next() { received.append(message) }
            }
            broadcast.publish("7")
            broadcast.publish("8")
            broadcast.finish()
            while let message = await iterator.next() { received.append(message) }
            #expect(received == test.received)
        }
    }

    @Test("Who is slow after being slow misses more, and is told once for each gap")
    func severalGaps() async {
        let broadcast = Broadcast<String>(buffer: 2, slowReaders: .skipNewest { "-\($0)" })
        await broadcast.join { messages in
            var iterator = messages.makeAsyncIterator()
            for number in 1...4 { broadcast.publish("\(number)") }
            #expect(await iterator.next() == "1")
            for number in 5...7 { broadcast.publish("\(number)") }
            #expect(await iterator.next() == "2")
            #expect(await iterator.next() == "-2")
            #expect(await iterator.next() == "5")
            #expect(await iterator.next() == "-2")
            #expect(messages.missed == 4)
        }
    }

    @Test("Comings and goings are announced, of those who are dropped too")
    func presence() async {
        let broadcast = Broadcast<String>(buffer: 2, slowReaders: .drop) { change in
            switch change {
            case .joined(let reader): "+\(reader.name)"
            case .left(let reader): "-\(reader.name)"
            }
        }
        await broadcast.join(as: "ann") { ann in
            var ann = ann.makeAsyncIterator()
            #expect(await ann.next() == "+ann")
            await broadcast.join(as: "bob") { _ in
                #expect(await ann.next() == "+bob")
                #expect(broadcast.readers.map(\.name) == ["ann", "bob"])
                // Bob, who has his own coming to read, has room for one more.
                broadcast.publish("1")
                #expect(await ann.next() == "1")
                broadcast.publish("2")
                #expect(await ann.next() == "2")
                #expect(await ann.next() == "-bob")
                #expect(broadcast.readers.map(\.name) == ["ann"])
            }
            broadcast.publish("3")
            #expect(await ann.next() == "3", "that Bob has left is told once")
        }
        #expect(broadcast.readers.isEmpty)
    }

    @Test("Announcements drop nobody: many who are dropped at once do not take others with them")
    func droppedTogether() {
        var state = BroadcastState<String>(history: 0, capacity: 2, policy: .drop) { change in
            if case .left(let reader) = change { "-\(reader.name)" } else { nil }
        }
        let (ann, _) = state.join(as: "ann")
        for number in 1...5 { _ = state.join(as: "\(number)") }
        func next() -> String? {
            if case .message(let message) = state.next(for: ann) { message } else { nil }
        }
        for message in ["a", "b"] {
            _ = state.publish(message)
            #expect(next() == message)
        }
        _ = state.publish("c")
        #expect(state.readers == [ann])
        #expect(next() == "c")
        #expect(next()?.hasPrefix("-") == true)
        #expect(state.missed(by: ann) == 4)
        _ = state.publish("d")
        #expect(next() == "d")
    }

    @Test("A reader whose task is cancelled while it waits has left")
    func cancellation() async {
        let broadcast = Broadcast<Int>()
        let task = Task { await broadcast.join { await Self.all($0) } }
        #expect(await eventually { broadcast.readers.count == 1 })
        task.cancel()
        #expect(await task.value == [])
        #expect(broadcast.readers.isEmpty)
    }

    /// Something whose instances are counted.
    private final class Payload: Sendable {
        static let living = NIOLockedValueBox(0)
        let bytes = [UInt8](repeating: 0, count: 1000)

        init() { Self.living.withLockedValue { $0 += 1 } }
        deinit { Self.living.withLockedValue { $0 -= 1 } }
    }

    @Test("1,000 readers that do not read share what waits for them, and no more waits than has room")
    func memory() async {
        let broadcast = Broadcast<Payload>(history: 5, buffer: 20)
        let gate = Gate()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1000 {
                group.addTask { await broadcast.join { _ in try? await gate.wait() } }
            }
            #expect(await eventually { broadcast.readers.count == 1000 })
            for _ in 0..<500 { broadcast.publish(Payload()) }
            #expect(Payload.living.withLockedValue { $0 } == 20)
            gate.open()
        }
        #expect(Payload.living.withLockedValue { $0 } == 5, "the history")
        broadcast.finish()
        #expect(Payload.living.withLockedValue { $0 } == 0)
    }
}
