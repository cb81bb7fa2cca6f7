import GeminiTLS

/// Any bytes give an answer; a connection that grows byte by byte changes its mind only from "need more"; and a host
/// name that is read could be one.
package func checkClientHelloProperties(_ input: [UInt8]) {
    let whole = ClientHello.recognize(input.span)
    if case .hello(let hello) = whole, let name = hello.serverName {
        precondition(!name.isEmpty && name.utf8.count <= 255 && name.lowercased() == name)
    }
    // Prefixes at a spread of lengths: each byte would take quadratic time.
    for length in stride(from: 0, to: input.count, by: max(1, input.count / 16)) {
        switch ClientHello.recognize(input.span.extracting(0..<length)) {
        case .needMore: break
        case let decided: precondition(decided == whole, "\(length) bytes were decided otherwise than all")
        }
    }
    _ = ServerHello.cipherSuite(in: input.span)
}
