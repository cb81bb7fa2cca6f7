import GeminiGateway
import GeminiProtocol

/// What must hold for anything that a program behind a gateway prints.
///
/// - The outcome does not depend on how the bytes were cut.
/// - A header that comes out of it can be sent as it is, and ends within the limit.
/// - Only a success has a body, and it is all that follows the line.
package func checkGatewayResponseProperties(_ bytes: [UInt8]) {
    let whole = Outcome(bytes, piece: max(1, bytes.count))
    for size in [1, 3, 64] {
        precondition(Outcome(bytes, piece: size) == whole, "the outcome depends on the pieces")
    }
    guard let header = whole.header else {
        precondition(whole.error != nil, "neither header nor error")
        precondition(whole.body.isEmpty, "a body without a header")
        return
    }
    precondition(header.sendable == header, "a header cannot be sent as it is")
    precondition(header.status.hasBody || whole.body.isEmpty, "a body behind a refusal")
    guard header.status.hasBody, let end = bytes.firstIndex(of: 0x0A) else { return }
    precondition(end < GatewayResponseParser.maximumHeader, "a line beyond the limit")
    precondition(whole.body.elementsEqual(bytes[(end + 1)...]), "the body is not what follows the line")
}

private struct Outcome: Equatable {
    var header: ResponseHeader?
    var error: GatewayResponseError?
    var body: [UInt8] = []

    init(_ bytes: [UInt8], piece size: Int) {
        var parser = GatewayResponseParser()
        do throws(GatewayResponseError) {
            for start in stride(from: 0, to: bytes.count, by: size) {
                let piece = Array(bytes[start..<min(start + size, bytes.count)])
                self.body += piece[try parser.receive(piece.span)]
            }
            try parser.end()
        } catch {
            self.error = error
        }
        self.header = parser.header
    }
}
