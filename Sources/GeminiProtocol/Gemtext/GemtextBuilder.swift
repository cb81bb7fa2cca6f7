/// Builds a page of elements and texts, with conditions and loops among them.
@resultBuilder
public enum GemtextBuilder {
    public static func buildExpression(_ element: some GemtextElement) -> Gemtext {
        var page = Gemtext()
        // One allocation for most lines, where growing byte by byte would make several.
        page.bytes.reserveCapacity(96)
        element.append(to: &page)
        return page
    }

    public static func buildExpression(_ element: (some GemtextElement)?) -> Gemtext {
        element.map { Self.buildExpression($0) } ?? Gemtext()
    }

    public static func buildExpression(_ nothing: Void) -> Gemtext {
        Gemtext()
    }

    public static func buildBlock() -> Gemtext {
        Gemtext()
    }

    public static func buildPartialBlock(first: Gemtext) -> Gemtext {
        first
    }

    public static func buildPartialBlock(accumulated: consuming Gemtext, next: Gemtext) -> Gemtext {
        accumulated.append(next)
        return accumulated
    }

    public static func buildOptional(_ page: Gemtext?) -> Gemtext {
        page ?? Gemtext()
    }

    public static func buildEither(first page: Gemtext) -> Gemtext {
        page
    }

    public static func buildEither(second page: Gemtext) -> Gemtext {
        page
    }

    public static func buildArray(_ pages: [Gemtext]) -> Gemtext {
        pages.reduce(into: Gemtext()) { $0.append($1) }
    }

    public static func buildLimitedAvailability(_ page: Gemtext) -> Gemtext {
        page
    }
}

extension Gemtext {
    /// Builds a page.
    ///
    /// ```swift
    /// let page = Gemtext {
    ///     Heading("Guestbook")
    ///     for entry in entries {
    ///         Quote(entry.message)
    ///         Link(to: "/visitors/\(entry.name)", entry.name)
    ///     }
    ///     if entries.isEmpty {
    ///         "Nobody was here yet."
    ///     }
    /// }
    /// ```
    ///
    /// A text makes text lines, whatever is in it; for markup that is written out, put a ``Gemtext`` literal there.
    public init<Failure: Error>(@GemtextBuilder _ content: () throws(Failure) -> Gemtext) throws(Failure) {
        self = try content()
    }
}
