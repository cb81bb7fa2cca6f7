import GeminiGateway

/// What must hold for anything that a FastCGI daemon sends.
///
/// - The outcome does not depend on how the bytes were cut.
/// - Every part of a piece is told of once and in order, and none of it lies outside.
/// - What we send ourselves can be read back.
package func checkFastCGIProperties(_ bytes: [UInt8]) {
    let whole = Outcome(bytes, piece: max(1, bytes.count))
    for size in [1, 3, 8, 64] {
        precondition(Outcome(bytes, piece: size) == whole, "the outcome depends on the pieces")
    }
    precondition(whole.output.count + whole.errorOutput.count <= bytes.count, "more came out than went in")
    precondition(!(whole.isEnded && whole.error != nil), "both an end and an error")

    var sent = FastCGIRecord.begin(keepsConnection: true)
    sent += FastCGIRecord.parameters([(name: "NAME", value: bytes)])
    sent += FastCGIRecord.inputHeader(bytes.count) + bytes + FastCGIRecord.padding(bytes.count) + FastCGIRecord.abort
    let echo = Outcome(sent, piece: 5)
    precondition(echo == Outcome([], piece: 1), "what we send is wrong in its form")
}

private struct Outcome: Equatable {
    var output: [UInt8] = []
    var errorOutput: [UInt8] = []
    var end: FastCGIReader.Event?
    var error: FastCGIError?
    var isEnded = false

    init(_ bytes: [UInt8], piece size: Int) {
        var reader = FastCGIReader()
        do throws(FastCGIError) {
            for start in stride(from: 0, to: bytes.count, by: size) {
                let piece = Array(bytes[start..<min(start + size, bytes.count)])
                var index = 0
                var told = 0
                while let event = try reader.next(in: piece.span, from: &index) {
                    switch event {
                    case .output(let range), .errorOutput(let range):
                        precondition(range.lowerBound >= told && !range.isEmpty && range.upperBound == index)
                        told = range.upperBound
                        if case .output = event {
                            self.output += piece[range]
                        } else {
                            self.errorOutput += piece[range]
                        }
                    case .end:
                        precondition(self.end == nil, "two ends")
                        self.end = event
                    }
                }
                precondition(index == piece.count || reader.isEnded, "something was left")
            }
        } catch {
            self.error = error
        }
        self.isEnded = reader.isEnded
        precondition(self.isEnded == (self.end != nil))
    }
}
