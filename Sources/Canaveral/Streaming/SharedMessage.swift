/// A message as everybody's buffer holds it: once in memory, however large it is and for however many it waits.
final class SharedMessage<Message: Sendable>: Sendable {
    let message: Message

    init(_ message: Message) {
        self.message = message
    }
}
