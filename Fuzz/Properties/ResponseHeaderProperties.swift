import GeminiProtocol

/// What holds for every sequence of bytes that a client can receive as the start of a response.
///
/// Stops the process when something does not hold.
package func checkResponseHeaderProperties(_ input: [UInt8]) {
    // The limit of the protocol, and small ones that are reached with small inputs.
    for metaLimit in [Meta.maximumLength, 4096, 16, 0] {
        let whole = read(input, chunkLengths: [max(1, input.count)], metaLimit: metaLimit)
        checkReceived(whole, of: input, metaLimit: metaLimit)
        for chunkLengths in [[1], [2, 1], input.prefix(16).map { Int($0 % 64) + 1 }] where !chunkLengths.isEmpty {
            let pieces = read(input, chunkLengths: chunkLengths, metaLimit: metaLimit)
            precondition(pieces == whole, "the result depends on how the bytes arrive: \(pieces) and \(whole)")
        }
    }
    checkMeta(String(decoding: input, as: UTF8.self))
}

private struct Reading: Equatable {
    var result: Result<ReceivedResponseHeader, ResponseHeaderError>
    /// How many bytes of the whole input were looked at.
    var consumed: Int
}

private func read(_ input: [UInt8], chunkLengths: [Int], metaLimit: Int) -> Reading {
    var decoder = ResponseHeaderDecoder(metaLimit: metaLimit)
    var offset = 0
    var index = 0
    while offset < input.count {
        let end = min(input.count, offset + chunkLengths[index % chunkLengths.count])
        do throws(ResponseHeaderError) {
            if let header = try decoder.decode(input.span.extracting(offset..<end)) {
                return Reading(result: .success(header), consumed: offset + decoder.consumed)
            }
            precondition(decoder.consumed == end - offset, "an incomplete header leaves bytes")
        } catch {
            precondition(decoder.finish() == error, "a failed decoder forgets why")
            return Reading(result: .failure(error), consumed: offset + decoder.consumed)
        }
        offset = end
        index += 1
    }
    return Reading(result: .failure(decoder.finish()), consumed: offset)
}

private func checkReceived(_ reading: Reading, of input: [UInt8], metaLimit: Int) {
    precondition(reading.consumed <= metaLimit + 5, "more is read than a header may have")
    switch reading.result {
    case .failure(let error):
        precondition(isOneSentence(error.description), "an error is not one printable sentence: \(error)")
        precondition(error != .incomplete || reading.consumed == input.count, "a response is cut short")
    case .success(let received):
        precondition(received.length == reading.consumed)
        precondition(input[..<received.length].suffix(2) == [0x0D, 0x0A], "a header does not end with CRLF")
        let header = received.header
        precondition(header.meta != nil || header.status.group != .redirect, "a redirect leads nowhere")
        precondition(received.deviations.contains(.missingMeta) == (header.meta == nil && header.status.requiresMeta))
        precondition(received.deviations.contains(.undefinedStatus) == !header.status.isDefined)
        if let text = header.meta?.text {
            precondition(!text.isEmpty && !text.unicodeScalars.contains { $0.properties.generalCategory == .control })
            precondition(text.unicodeScalars.first != " " && text.unicodeScalars.first != "\u{FEFF}")
        }
        if let type = try? header.mediaType() {
            precondition(header.status.group == .success)
            precondition((try? MediaType(type.description)) == type)
        }
        precondition(header.requestedDelay.map { $0 >= .zero } ?? true)
        checkSending(header)
    }
}

private func checkSending(_ header: ResponseHeader) {
    let sendable = header.sendable
    precondition(sendable.sendable == sendable, "what may be sent is not sent as it is: \(header)")
    precondition(sendable.status.isDefined && sendable.meta != nil)
    precondition((try? ResponseHeader(sendable.status, sendable.meta)) == sendable)
    let bytes = header.bytes
    precondition(bytes == sendable.bytes && bytes.count <= 1029, "a header is too long: \(header)")
    guard let again = try? ResponseHeader.parse(bytes.span) else {
        preconditionFailure("a written header does not parse: \(header)")
    }
    precondition(again.header == sendable, "a written header parses as another: \(header)")
    precondition(again.deviations == [] && again.length == bytes.count, "a written header deviates: \(header)")
}

private func checkMeta(_ text: String) {
    if let meta = Meta(sanitizing: text) {
        precondition((try? Meta(meta.text)) == meta, "a sanitised text is no meta: \(meta)")
        precondition(
            Meta(sanitizing: meta.text)?.text == meta.text.withoutTrailingSpaces,
            "sanitising is not idempotent"
        )
    }
    if let meta = try? Meta(text) {
        precondition(meta.text.utf8.elementsEqual(text.utf8))
    }
    for status in [Status.input, .success, .temporaryRedirect, .slowDown, .notFound, .certificateRequired] {
        do throws(UnsendableHeader) {
            checkSending(try ResponseHeader(status, text: text))
        } catch {
            precondition(status.requiresMeta, "a message cannot be sent: \(error)")
            precondition(isOneSentence(error.description), "an error is not one printable sentence: \(error)")
        }
    }
}

extension String {
    fileprivate var withoutTrailingSpaces: String {
        var text = self[...].unicodeScalars
        while text.last == " " {
            text.removeLast()
        }
        return String(text)
    }
}
