package import Logging
import NIOConcurrencyHelpers

/// What a server says to its log, for a test to read.
package final class RecordingLog: Sendable {
    package struct Message: Sendable {
        package var level: Logger.Level
        package var text: String
        package var metadata: Logger.Metadata
    }

    private let box = NIOLockedValueBox<[Message]>([])

    package init() {}

    package var messages: [Message] {
        self.box.withLockedValue { $0 }
    }

    package func contains(_ text: String) -> Bool {
        self.messages.contains { $0.text.contains(text) }
    }

    package var logger: Logger {
        Logger(label: "test") { _ in Handler(log: self) }
    }

    private struct Handler: LogHandler {
        let log: RecordingLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { self.metadata[key] }
            set { self.metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let message = Message(
                level: event.level,
                text: "\(event.message)",
                metadata: self.metadata.merging(event.metadata ?? [:]) { $1 }
            )
            self.log.box.withLockedValue { $0.append(message) }
        }
    }
}
