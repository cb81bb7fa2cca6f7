import GeminiProtocol

/// What holds for every input of the URL types: references, URLs, hosts, percent-encoding, Punycode.
///
/// Stops the process when something does not hold.
package func checkURLProperties(_ input: [UInt8]) {
    checkReferences(input)
    let text = String(validating: input, as: UTF8.self)
    if let text {
        checkLeniency(text)
        checkHost(text)
        checkPunycode(text)
    }
    checkPercentEncoding(input)
    checkURL(input)
}

/// Pages that each input is resolved against: rooted, with a query, without a path, rootless, with an empty segment.
private let bases = [
    "gemini://h/b/c/d;p?q", "http://a", "titan://h:1/a/b/?x#y", "urn:x:y/z", "file:///a//b", "g:/a/b", "rel/path", "",
].map { text in
    guard let base = try? URIReference(text) else {
        preconditionFailure("a base of the properties does not parse: \(text)")
    }
    return base
}

private func checkReferences(_ input: [UInt8]) {
    let reference: URIReference
    do {
        reference = try URIReference(parsing: input.span)
    } catch {
        precondition(isOneSentence(error.description), "an error is not one printable sentence: \(error)")
        return
    }
    checkIdentity(reference)
    let normalized = reference.normalized()
    checkIdentity(normalized)
    precondition(normalized.normalized() == normalized, "normalising is not idempotent: \(reference)")
    for base in bases {
        let resolved = reference.resolved(against: base)
        checkIdentity(resolved)
        if base.scheme != nil {
            precondition(resolved.scheme != nil, "a reference is not absolute after resolution: \(reference)")
            precondition(
                resolved.resolved(against: base) == resolved,
                "resolving an absolute URI changes it: \(reference) against \(base)"
            )
        }
    }
}

private func checkIdentity(_ reference: URIReference) {
    let text = reference.description
    precondition(text.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "a reference holds more than visible ASCII")
    guard let again = try? URIReference(text) else {
        preconditionFailure("a written reference does not parse: \(text)")
    }
    precondition(again == reference, "a written reference parses as another: \(text)")
}

private func checkURL(_ input: [UInt8]) {
    guard let url = try? GeminiURL(parsing: input.span) else {
        return
    }
    let text = url.description
    guard let again = try? GeminiURL(text), let reference = try? URIReference(text) else {
        preconditionFailure("a written URL does not parse: \(text)")
    }
    precondition(again == url, "a written URL parses as another: \(text)")
    precondition(url.reference == reference, "a URL and its text are not the same reference: \(text)")
    precondition(reference.normalized() == reference, "a URL is not in normal form: \(text)")
    precondition((try? GeminiURL(reference)) == url, "a URL does not survive being a reference: \(text)")
    precondition((try? URIReference(parsing: input.span)).flatMap { try? GeminiURL($0) } == url)
    precondition(url.path.utf8.first == UInt8(ascii: "/"), "a path has no root: \(text)")
    precondition(url.withoutFragment.fragment == nil)
    precondition((try? url.resolving("")) == url.withoutFragment, "a page does not resolve to itself: \(text)")

    precondition(
        (try? url.resolving(url.absolutePathReference)) == url.withoutFragment,
        "the path of a page leads elsewhere: \(text)"
    )
    precondition((try? URIReference(url.absolutePathReference))?.authority == nil, "a path names a host: \(text)")

    precondition(
        "/" + url.segments.map { String($0.encoded) }.joined(separator: "/") == url.path,
        "segments are not the path: \(text)"
    )
    for segment in url.segments {
        precondition(segment.encoded != "." && segment.encoded != "..", "a dot segment is left: \(text)")
        guard let name = segment.fileName else {
            continue
        }
        precondition(!name.isEmpty && !name.contains(0) && !name.contains(UInt8(ascii: "/")))
        precondition(name != Array(".".utf8) && name != Array("..".utf8), "a dot segment names a file: \(text)")
        let link = PercentEncoding.relativeReference(toName: name)
        guard let page = try? url.replacing(path: "/d/"), let target = try? page.resolving(link) else {
            preconditionFailure("a link to a name does not resolve: \(link)")
        }
        precondition(target.segments.map(\.fileName).last == name, "a link to a name leads elsewhere: \(link)")
    }
}

private func checkLeniency(_ text: String) {
    let strict = try? URIReference(text)
    let lenient = try? URIReference(lenient: text)
    if let strict {
        precondition(lenient == strict, "leniency changes what is correct: \(text)")
    }
    if let lenient {
        checkIdentity(lenient)
    }
}

private func checkHost(_ text: String) {
    guard let host = try? Host(text) else {
        return
    }
    precondition((try? Host(host.description)) == host, "a written host parses as another: \(host)")
    precondition((try? Host(host.unicodeDescription)) == host, "a host for display is another: \(host)")
    precondition(host.matches(host.withoutTrailingDot) && host.withoutTrailingDot.matches(host))
    precondition((try? GeminiURL("gemini://\(host)/"))?.host == host, "a host does not survive a URL: \(host)")
    if let name = host.name {
        precondition(name.utf8.count <= 254 && !name.utf8.contains { (0x41...0x5A).contains($0) })
    }
}

private func checkPunycode(_ text: String) {
    if let encoded = try? Punycode.encode(text) {
        guard let decoded = try? Punycode.decode(encoded) else {
            preconditionFailure("encoded Punycode cannot be decoded: \(encoded)")
        }
        precondition(decoded.unicodeScalars.elementsEqual(text.unicodeScalars), "Punycode changes a text: \(encoded)")
    }
    if let decoded = try? Punycode.decode(text), let encoded = try? Punycode.encode(decoded) {
        let again = try? Punycode.decode(encoded)
        precondition(again.map { $0.unicodeScalars.elementsEqual(decoded.unicodeScalars) } == true)
    }
}

private func checkPercentEncoding(_ input: [UInt8]) {
    let segment = PercentEncoding.encode(segment: input)
    precondition((try? PercentEncoding.decodeBytes(segment[...])) == input, "a segment is decoded to another")
    guard let text = String(validating: input, as: UTF8.self) else {
        return
    }
    _ = try? PercentEncoding.decode(text)
    let query = PercentEncoding.encode(query: text)
    precondition(query.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 > 0x20 && $0 < 0x7F })
    guard let decoded = try? PercentEncoding.decode(query) else {
        preconditionFailure("an encoded query cannot be decoded")
    }
    precondition(PercentEncoding.encode(query: decoded) == query)
    precondition(decoded.utf8.elementsEqual(text.utf8) || text.utf8.contains(0x0D), "a query is decoded to another")
}

func isOneSentence(_ text: String) -> Bool {
    text.last == "." && text.utf8.count <= 256 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
}
