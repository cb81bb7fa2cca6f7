import GeminiProtocol

/// What holds for every text that can stand where a media type is expected.
///
/// Stops the process when something does not hold.
package func checkMediaTypeProperties(_ input: [UInt8]) {
    let type: MediaType
    do {
        type = try MediaType(parsing: input.span)
    } catch {
        precondition(isOneSentence(error.description), "an error is not one printable sentence: \(error)")
        return
    }
    precondition(
        (try? MediaType(String(decoding: input, as: UTF8.self))) == type,
        "bytes and text are read differently"
    )
    checkWriting(type)

    precondition(type.type == type.type.lowercased() && type.subtype == type.subtype.lowercased())
    precondition(Set(type.parameters.map(\.name)).count == type.parameters.count, "a parameter is there twice: \(type)")
    for parameter in type.parameters {
        precondition(parameter.name == parameter.name.lowercased())
        precondition(type[parameter.name.uppercased()] == parameter.value, "a parameter is not found: \(type)")
        precondition((try? type.adding(parameter)) == type, "a parameter that is there changes the type: \(type)")
    }
    if let german = try? type.adding("LANG", "de,\"en\"") {
        precondition(german.language == "de,\"en\"" && german.essence == type.essence)
        checkWriting(german)
    }
}

private func checkWriting(_ type: MediaType) {
    let text = type.description
    guard let again = try? MediaType(text) else {
        preconditionFailure("a written media type does not parse: \(text)")
    }
    precondition(again == type && again.description == text, "a written media type parses as another: \(text)")
    precondition((try? Meta(text))?.text == text, "a media type cannot be sent: \(text)")

    let header = ResponseHeader.success(type)
    guard let received = try? ResponseHeader.parse(header.bytes.span) else {
        preconditionFailure("a header with a media type does not parse: \(text)")
    }
    precondition(received.header == header && received.deviations == [])
    precondition((try? received.header.mediaType()) == type, "a media type arrives as another: \(text)")
}
