import GeminiProtocol
import GeminiServer
import Logging
import NIOConcurrencyHelpers
import NIOCore

/// One run of a program, from its first byte to its end. Kills what is left of it when nobody needs it any more.
final class ScriptRun: Sendable {
    /// Why a run was ended before it ended itself.
    enum Cause: Sendable {
        case headerTimeout, runTimeout, outputLimit, wrongHeader
        /// The output is whole, and the program goes on all the same.
        case outputClosed
        case abandoned
    }

    /// A body that is not whole: the connection ends without close_notify (GP-011).
    struct Incomplete: Error, CustomStringConvertible {
        let description: String
    }

    /// How long a program may go on when it has closed its output.
    private static let farewell = TimeAmount.seconds(1)

    let process: ScriptProcess
    private let output: OutputPipe
    private let eventLoop: any EventLoop
    private let outputLimit: Int
    private let name: String
    private let logger: Logger
    private let cause = NIOLockedValueBox<Cause?>(nil)
    private let headerDeadline: Scheduled<Void>

    init(
        _ process: ScriptProcess,
        output: OutputPipe,
        errors: ErrorPipe,
        options: CGI.Options,
        eventLoop: any EventLoop,
        name: String,
        logger: Logger
    ) {
        self.process = process
        self.output = output
        self.eventLoop = eventLoop
        self.outputLimit = options.outputLimit ?? .max
        self.name = name
        self.logger = logger
        let cause = self.cause
        self.headerDeadline = eventLoop.scheduleTask(in: TimeAmount(options.headerTimeout)) {
            Self.end(process, .headerTimeout, cause)
        }
        let runDeadline = options.runTimeout.map { limit in
            eventLoop.scheduleTask(in: TimeAmount(limit)) { Self.end(process, .runTimeout, cause) }
        }
        process.whenEnded { _ in
            runDeadline?.cancel()
            output.programEnded()
            errors.programEnded()
        }
    }

    deinit {
        self.headerDeadline.cancel()
        self.process.kill()
        self.output.close()
    }

    /// What the program answers. Its header is waited for; the body is sent as it comes (CG-04).
    func response() async -> Response {
        await self.endingIfCancelled {
            var parser = GatewayResponseParser()
            var failure: GatewayResponseError?
            do throws(GatewayResponseError) {
                while let piece = await self.output.next() {
                    let body = try parser.receive(piece.readableBytesUInt8Span)
                    guard let header = parser.header else { continue }
                    self.headerDeadline.cancel()
                    guard header.status.hasBody else {
                        await self.finishWithoutBody()
                        return Response(header)
                    }
                    let first = piece.getSlice(at: piece.readerIndex + body.lowerBound, length: body.count)
                    return Response(header, body: .stream { try await self.send(first ?? ByteBuffer(), to: $0) })
                }
                try parser.end()
            } catch {
                failure = error
                if error != .empty, error != .incomplete { self.end(.wrongHeader) }
            }
            let reason = await self.failure()
            let outcome = failure.map { "The output is no response: \($0)" }
            if let text = reason ?? outcome { self.tell(text) }
            return .failure(.cgiError)
        }
    }

    private func send(_ first: ByteBuffer, to writer: ResponseWriter) async throws {
        try await self.endingIfCancelled {
            do {
                var sent = 0
                var next: ByteBuffer? = first
                while let piece = next {
                    sent += piece.readableBytes
                    guard sent <= self.outputLimit else {
                        self.end(.outputLimit)
                        break
                    }
                    if piece.readableBytes > 0 { try await writer.write(piece) }
                    next = await self.output.next()
                }
            } catch {
                self.end(.abandoned)
                throw error
            }
            try await self.conclude()
        }
    }

    /// Lets a program end that has said all that can be sent.
    private func finishWithoutBody() async {
        while await self.output.next() != nil {}
        try? await self.conclude()
    }

    /// Judges a run whose output has come to its end.
    ///
    /// - Throws: ``Incomplete`` where it may lack something.
    private func conclude() async throws {
        guard let reason = await self.failure() else { return }
        self.tell(reason)
        throw Incomplete(description: reason)
    }

    /// What was wrong with a run whose output has come to its end. Waits for the program, though not for long.
    private func failure() async -> String? {
        let farewell = self.eventLoop.scheduleTask(in: Self.farewell) { [process, cause] in
            Self.end(process, .outputClosed, cause)
        }
        let code = await self.process.exitCode()
        farewell.cancel()
        return switch self.cause.withLockedValue({ $0 }) {
        case .headerTimeout: "The program took too long for its first line, and was ended."
        case .runTimeout: "The program took too long, and was ended."
        case .outputLimit: "The program printed more than \(self.outputLimit) bytes, and was ended."
        case .abandoned: "The client left, and the program was ended."
        case .outputClosed, .wrongHeader: nil
        case nil where code > 0: "The program ended with exit code \(code)."
        case nil where code < 0: "The program was ended by signal \(-code)."
        case nil: nil
        }
    }

    private func tell(_ reason: String) {
        // That clients leave is nothing to look after.
        let isAbandoned = if case .abandoned = self.cause.withLockedValue({ $0 }) { true } else { false }
        self.logger.log(level: isAbandoned ? .debug : .warning, "\(self.name): \(reason)")
    }

    private func end(_ cause: Cause) {
        Self.end(self.process, cause, self.cause)
    }

    private static func end(_ process: ScriptProcess, _ cause: Cause, _ box: NIOLockedValueBox<Cause?>) {
        box.withLockedValue { $0 = $0 ?? cause }
        process.kill()
    }

    private func endingIfCancelled<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        try await withTaskCancellationHandler {
            try await body()
        } onCancel: {
            self.end(.abandoned)
        }
    }
}
