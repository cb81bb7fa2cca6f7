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
        var again = try Feed(atom: feed.atom(at: page), at: page, fetched: fetched)
        var expected = inXML(feed)
        // The oldest of a document can come first, and there always is an author where one is written.
        expected.entries.sort { $0.id < $1.id }
        again.entries.sort { $0.id < $1.id }
        if expected.author == nil { again.author = nil }
        precondition(again == expected, "a written feed reads as another:\n\(again)\n\(expected)")
    } catch {
        preconditionFailure("a written feed cannot be read: \(error)")
    }
}

/// The feed as XML can hold it.
private func inXML(_ feed: Feed) -> Feed {
    func text(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\u{FFFE}" || $0 == "\u{FFFF}" ? "\u{FFFD}" : $0 })
        )
    }
    var feed = feed
    feed.id = text(feed.id)
    feed.title = feed.title.map(text)
    feed.subtitle = feed.subtitle.map(text)
    feed.author = feed.author.map(text)
    for index in feed.entries.indices {
        feed.entries[index].id = text(feed.entries[index].id)
        feed.entries[index].title = text(feed.entries[index].title)
        feed.entries[index].summary = feed.entries[index].summary.map(text)
    }
    return feed
}

private func heading(_ text: String) -> String? {
    let text = text.unicodeScalars.drop { $0 == " " || $0 == "\u{FEFF}" }
    return text.isEmpty ? nil : String(text)
}

/// Checks that a page that is written reads as the entries that it can hold, the newest first.
private func checkPage(_ feed: Feed) {
    guard let read = try? Feed(subscriptionPage: feed.subscriptionPage.bytes, at: page, fetched: fetched) else {
        preconditionFailure("a written page is refused")
    }
    // A heading has no byte order mark at its start, and a subtitle is one of a title.
    let title = feed.title.flatMap(heading)
    let subtitle = title == nil ? nil : feed.subtitle.flatMap(heading)
    precondition(read.title == title && read.subtitle == subtitle, "a page has another title: \(read)\n\(feed)")
    var seen: Set<URIReference> = []
    let written = feed.entries.enumerated()
        .sorted { ($1.element.updated, $0.offset) < ($0.element.updated, $1.offset) }
        .map(\.element)
        .filter { (0...9999).contains($0.updated.components.year) && seen.insert($0.link).inserted }
    precondition(read.entries.map(\.link) == written.map(\.link), "a page has other links: \(read)\n\(feed)")
    precondition(read.entries.map(\.title) == written.map(\.title), "a page has other titles: \(read)\n\(feed)")
    precondition(read.entries.map(\.updated.date) == written.map(\.updated.date), "a page has other dates: \(read)")
}

private func checkFeed(_ feed: Feed) {
    precondition(feed.link.scheme != nil)
    checkPage(feed)
    for text in [feed.title, feed.subtitle, feed.author, feed.id] {
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
