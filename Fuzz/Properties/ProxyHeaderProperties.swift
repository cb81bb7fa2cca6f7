import GeminiProtocol
import GeminiServer

/// Any bytes give an answer; a connection that grows byte by byte changes its mind only from "need more", and what follows
/// a header changes nothing; what is read is read again from what it is written as, in both versions.
package func checkProxyHeaderProperties(_ input: [UInt8]) {
    let whole = ProxyHeaderFields.recognize(input.span)
    // Prefixes at a spread of lengths: each byte would take quadratic time.
    for length in stride(from: 0, to: input.count, by: max(1, input.count / 64)) {
        switch ProxyHeaderFields.recognize(input.span.extracting(0..<length)) {
        case .needMore: break
        case let decided: precondition(decided == whole, "\(length) bytes were decided otherwise than all")
        }
    }
    if case .header(let fields, let length) = whole {
        precondition(length <= input.count && length >= 15)
        precondition(ProxyHeaderFields.recognize(input.span.extracting(0..<length)) == whole)
        if case .header = ProxyHeaderFields.recognize(input.span.extracting(0..<(length - 1))) {
            preconditionFailure("a header without its last byte was one")
        }
        checkProxyHeaderRoundTrip(fields)
    }
    checkProxyHeaderRoundTrip(makeFields(input))
}

private func checkProxyHeaderRoundTrip(_ fields: ProxyHeaderFields) {
    let block = fields.block
    precondition(ProxyHeaderFields.recognize(block.span) == .header(fields, length: block.count))
    let line = fields.line
    precondition(line.count <= 107)
    // A line has no room for the name.
    let told = ProxyHeaderFields(fields.addresses)
    precondition(ProxyHeaderFields.recognize(line.span) == .header(told, length: line.count))
}

/// A header of any addresses, made from the input's bytes.
private func makeFields(_ input: [UInt8]) -> ProxyHeaderFields {
    var rest = input[...]
    func number<Number: FixedWidthInteger>() -> Number {
        defer { rest = rest.dropFirst(Number.bitWidth / 8) }
        return rest.prefix(Number.bitWidth / 8).reduce(0) { $0 << 8 | Number($1) }
    }
    let kind: UInt8 = number()
    let addresses: ProxyHeaderFields.Addresses
    switch kind % 3 {
    case 0:
        addresses = .unknown
    case 1:
        addresses = .ipv4(
            .init(
                source: IPv4Address(rawValue: number()),
                destination: IPv4Address(rawValue: number()),
                sourcePort: number(),
                destinationPort: number()
            )
        )
    default:
        addresses = .ipv6(
            .init(
                source: IPv6Address(rawValue: number()),
                destination: IPv6Address(rawValue: number()),
                sourcePort: number(),
                destinationPort: number()
            )
        )
    }
    let authority = String(decoding: rest.prefix(60), as: UTF8.self)
    return ProxyHeaderFields(addresses, authority: authority.isEmpty ? nil : authority)
}
