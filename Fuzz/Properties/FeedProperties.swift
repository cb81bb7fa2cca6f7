import GeminiFeeds
import GeminiProtocol

private let page: GeminiURL = {
    guard let url = try? GeminiURL("gemini://example.org/log/index.gmi") else { preconditionFailure() }
    return url
}()
private let fetched = Timestamp(secondsSinceEpoch: 1_795_219_200)

/// What holds for every page that somebody subscribes to.
///
/// Stops the process when something does not hold.
package func checkSubscriptionProperties(_ input: [UInt8]) {
    guard let feed = try? Feed(subscriptionPage: input, at: page, fetched: fetched) else {
        preconditionFailure("a page of this size is refused")
    }
    checkFeed(feed)
    precondition(feed.id == page.description && feed.link == page.reference)
    precondition(feed.updated == feed.entries.map(\.updated).max() ?? fetched)
    precondition(
        feed.entries.allSatisfy { $0.id == $0.link.description && $0.updated.description.hasSuffix("T12:00:00Z") }
    )
    precondition(feed.title != nil || feed.subtitle == nil, "a subtitle without a title")

    // The entries are links of the page, in their order.
    var links = GemtextDocument(parsing: input.span).links[...]
    for entry in feed.entries {
        let place = links.firstIndex { link in
            let reference = try? URIReference(lenient: link.target).resolved(against: page.reference).normalized()
            return reference == entry.link && link.label?.utf8.starts(with: entry.updated.date.utf8) == true
        }
        guard let place else { preconditionFailure("an entry is no link of the page, or not in its place: \(entry)") }
        links = links[(place + 1)...]
    }
}

/// What holds for every document that is read as an Atom feed.
///
/// Stops the process when something does not hold.
package func checkAtomProperties(_ input: [UInt8]) {
    checkAtom(input)
    checkAtom(Array("<feed xmlns=\"http://www.w3.org/2005/Atom\">".utf8) + input + Array("</feed>".utf8))
}

private func checkAtom(_ input: [UInt8]) {
    let feed: Feed
    do {
        feed = try Feed(atom: input, at: page, fetched: fetched)
    } catch {
        precondition(isOneSentence(error.description), "an error is not one printable sentence: \(error)")
        return
    }
    checkFeed(feed)
    do {
        let again = try Feed(atom: Array(write(feed).utf8), at: page, fetched: fetched)
        precondition(again == feed, "a written feed reads as another:\n\(again)\n\(feed)")
    } catch {
        preconditionFailure("a written feed cannot be read: \(error)")
    }
}

private func checkFeed(_ feed: Feed) {
    precondition(feed.link.scheme != nil)
    for text in [feed.title, feed.subtitle, feed.id] {
        precondition(text != "" && isOneLine(text ?? ""), "a text is not one line: \(feed)")
    }
    precondition(Set(feed.entries.map(\.id)).count == feed.entries.count, "an entry is there twice")
    for entry in feed.entries {
        precondition(entry.link.scheme != nil, "an entry without a link: \(entry)")
        precondition(entry.link.normalized() == entry.link, "a link is not in its normal form: \(entry)")
        precondition(
            isOneLine(entry.title) && isOneLine(entry.id) && entry.id != "",
            "a text is not one line: \(entry)"
        )
    }
}

private func isOneLine(_ text: String) -> Bool {
    !text.unicodeScalars.contains {
        $0 != " " && $0.properties.isWhitespace || $0.properties.generalCategory == .control
    }
        && text.first != " " && text.last != " "
}

private func write(_ feed: Feed) -> String {
    func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
    func element(_ name: String, _ text: String?) -> String {
        text.map { "<\(name)>\(escaped($0))</\(name)>" } ?? ""
    }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">"
    text += element("id", feed.id) + element("title", feed.title) + element("subtitle", feed.subtitle)
    text += element("updated", feed.updated.description) + "<link href=\"\(escaped(feed.link.description))\"/>"
    for entry in feed.entries {
        text += "<entry>" + element("id", entry.id) + element("title", entry.title)
        text += element("updated", entry.updated.description)
        text += "<link href=\"\(escaped(entry.link.description))\"/></entry>"
    }
    return text + "</feed>"
}
