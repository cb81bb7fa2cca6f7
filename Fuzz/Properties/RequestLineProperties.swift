import GeminiProtocol

/// What holds for every sequence of bytes that a client can send before its request is known.
///
/// Stops the process when something does not hold.
package func checkRequestLineProperties(_ input: [UInt8]) {
    checkParsing(input)

    let whole = decode(input, chunkLengths: [input.count])
    checkResult(whole, of: input)
    // A byte at a time, and lengths that the input itself chooses.
    for chunkLengths in [[1], [2, 1], input.prefix(16).map { Int($0 % 64) + 1 }] where !chunkLengths.isEmpty {
        let pieces = decode(input, chunkLengths: chunkLengths)
        precondition(pieces == whole, "the result depends on how the bytes arrive: \(pieces) and \(whole)")
    }
}

private struct Decoded: Equatable {
    var progress: RequestLineDecoder.Progress = .needMore
    /// How many bytes of the whole input the request takes.
    var consumed = 0
    var received: [UInt8] = []
}

private func decode(_ input: [UInt8], chunkLengths: [Int]) -> Decoded {
    var decoder = RequestLineDecoder()
    var result = Decoded()
    var offset = 0
    var index = 0
    while offset < input.count {
        let end = min(input.count, offset + chunkLengths[index % chunkLengths.count])
        let progress = decoder.consume(input.span.extracting(offset..<end))
        precondition(decoder.received.count <= 1026, "more is kept than a line and its CRLF")
        switch progress {
        case .needMore:
            offset = end
        case .line(let line, let consumed):
            result.progress = .line(line, consumed: 0)
            result.consumed = offset + consumed
            offset = input.count
        case .failed:
            result.progress = progress
            offset = input.count
        }
        index += 1
    }
    // Where a line is given up depends on the piece that shows it, within these bytes.
    result.received = Array(decoder.received.prefix(1025))
    precondition(input.starts(with: result.received), "what was received is not what was sent")
    return result
}

private func checkResult(_ result: Decoded, of input: [UInt8]) {
    let lineEnd = zip(input, input.dropFirst()).enumerated().first { $1 == (0x0D, 0x0A) }?.offset
    switch result.progress {
    case .needMore:
        precondition(lineEnd == nil && input.count <= 1025, "a request is not seen")
    case .line(let line, _):
        precondition(lineEnd.map { $0 + 2 } == result.consumed, "a request does not end at the first CRLF")
        precondition(Array(input.prefix(result.consumed)) == line.bytes, "a line is not the bytes that were sent")
        checkParsing(Array(line.text.utf8))
    case .failed(.tooLong):
        precondition(lineEnd.map { $0 > 1024 } ?? (input.count > 1024), "a line is too long and is not")
    case .failed(let error):
        precondition(lineEnd != nil, "a line fails before its end: \(error)")
        precondition(isOneSentence(error.description), "an error is not one printable sentence: \(error)")
    }
}

private func checkParsing(_ input: [UInt8]) {
    guard let line = try? RequestLine(parsing: input.span) else {
        return
    }
    precondition(input.count <= RequestLine.maximumLength && line.text.utf8.elementsEqual(input))
    precondition(line.url.fragment == nil)
    precondition((line.titan != nil) == (line.url.scheme == "titan"))
    if line.titan == nil {
        precondition((try? GeminiURL(parsing: input.span)) == line.url, "a line's URL is not the URL of the line")
    }

    // A normalised line can be longer than what was received: text that is not ASCII becomes escapes.
    let encoded: RequestLine
    do {
        encoded = try RequestLine(line.url, titan: line.titan)
    } catch {
        precondition(error == .tooLong, "a parsed request cannot be written: \(error)")
        return
    }
    precondition(encoded.titan == line.titan, "written Titan parameters parse as others: \(encoded)")
    precondition(encoded.url == line.url, "a written request parses as another: \(encoded)")
    precondition(!encoded.climbsAboveRoot)
    precondition((try? RequestLine(parsing: Array(encoded.bytes.dropLast(2)).span)) == encoded)
}
