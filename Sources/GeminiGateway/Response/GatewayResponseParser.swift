public import GeminiProtocol

/// Reads what a program answers, in pieces of any size: a line `NN text`, ended by LF or CRLF, then the body (CG-02).
///
/// It holds no more than the line. A refusal may be a bare status, and gets the usual text; a prompt or message that is
/// too long is cut; what is behind any status but a success is dropped (GP-078). Everything else that is not a response
/// is a ``GatewayResponseError``, as soon as it can be told.
///
/// ```swift
/// var parser = GatewayResponseParser()
/// while let piece = try await program.read() {
///     let body = try parser.receive(piece.span)
///     if let header = parser.header { … piece[body] … }
/// }
/// try parser.end()
/// ```
public struct GatewayResponseParser: Sendable {
    /// The most bytes of the first line, its end included: jetforce's limit (CG-03). What can be sent is less.
    public static let maximumHeader = 2048

    /// The header, once the line is complete. It can be sent as it is.
    public private(set) var header: ResponseHeader?

    private var line: [UInt8] = []
    private var failure: GatewayResponseError?

    public init() {}

    /// Takes the next piece.
    ///
    /// - Returns: the part of the piece that is body and is to be sent.
    /// - Throws: the same error for every piece after the first that was wrong.
    public mutating func receive(_ piece: Span<UInt8>) throws(GatewayResponseError) -> Range<Int> {
        if let failure { throw failure }
        if let header { return header.status.hasBody ? 0..<piece.count : piece.count..<piece.count }
        for index in 0..<piece.count {
            do throws(GatewayResponseError) {
                guard try self.take(piece[index]) else { continue }
                let header = try Self.header(self.line[...])
                self.header = header
                self.line = []
                return (header.status.hasBody ? index + 1 : piece.count)..<piece.count
            } catch {
                self.failure = error
                self.line = []
                throw error
            }
        }
        return piece.count..<piece.count
    }

    /// The program has ended.
    ///
    /// - Throws: if there is no header.
    public mutating func end() throws(GatewayResponseError) {
        guard self.header == nil else { return }
        let failure = self.failure ?? (self.line.isEmpty ? .empty : .incomplete)
        self.failure = failure
        throw failure
    }

    /// Takes a byte; `true` for the end of the line, which is not kept.
    private mutating func take(_ byte: UInt8) throws(GatewayResponseError) -> Bool {
        switch self.line.count {
        case 0, 1:
            guard Self.isDigit(byte) else { throw .malformedStatus }
        case 2:
            guard [UInt8(ascii: " "), UInt8(ascii: "\r"), UInt8(ascii: "\n")].contains(byte) else {
                throw .malformedStatus
            }
        case 3 where self.line[2] == UInt8(ascii: "\r"):
            guard byte == UInt8(ascii: "\n") else { throw .malformedStatus }
        default:
            break
        }
        guard self.line.count < Self.maximumHeader - 1 || byte == UInt8(ascii: "\n") else { throw .tooLong }
        guard byte == UInt8(ascii: "\n") else {
            self.line.append(byte)
            return false
        }
        if self.line.last == UInt8(ascii: "\r") { self.line.removeLast() }
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Reads a line without its end.
    private static func header(_ line: ArraySlice<UInt8>) throws(GatewayResponseError) -> ResponseHeader {
        let code = Int(line[0] - UInt8(ascii: "0")) * 10 + Int(line[1] - UInt8(ascii: "0"))
        guard let status = Status(code: code), status.isDefined else { throw .undefinedStatus(code) }
        guard let text = String(validating: line.dropFirst(2).drop { $0 == UInt8(ascii: " ") }, as: UTF8.self) else {
            throw .invalidMeta(status)
        }
        do throws(UnsendableHeader) {
            return try ResponseHeader(status, text: text)
        } catch .missingMeta {
            throw .missingMeta(status)
        } catch {
            throw .invalidMeta(status)
        }
    }
}
