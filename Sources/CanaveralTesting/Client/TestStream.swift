public import GeminiProtocol

/// A page that is read as it comes. What is read can be read once, by one task.
public struct TestStream: Sendable {
    let page: OpenedPage

    /// What was asked for.
    public var url: GeminiURL {
        self.page.url
    }

    public var header: ResponseHeader {
        self.page.header
    }

    public var status: Status {
        self.page.header.status
    }

    public var meta: String {
        self.page.header.meta?.text ?? ""
    }

    /// The bytes of the body in the pieces in which they come.
    public var chunks: Chunks {
        Chunks(page: self.page)
    }

    /// The lines of gemtext, each as soon as it has ended.
    public var lines: Lines {
        Lines(chunks: self.chunks)
    }

    /// The lines as text, without their ends, each as soon as it has ended.
    public var textLines: TextLines {
        TextLines(chunks: self.chunks)
    }

    /// Whether the response ended before its time, without close_notify; known at its end (GP-011).
    public var isTruncated: Bool {
        if case .whole = self.page.inbox.end { false } else { self.page.inbox.end != nil }
    }
}
