import Canaveral

extension Wiki {
    func frontPage() async -> Response {
        let names = await self.pages.names
        return .gemtext {
            Heading("Wiki")
            "Pages are written by everybody who has a certificate. To begin one, open its address, such as /wiki/moon-landing."
            Link(to: "/recent", "Recent changes")
            Heading("Pages", level: 2)
            for name in names {
                Link(to: Self.page(name), name.text)
            }
        }
    }

    /// A page to subscribe to: each change is a dated link.
    func recentChanges() async -> Response {
        let changes = await self.pages.recentChanges(50)
        return .gemtext {
            Heading("Recent changes")
            for (name, revision) in changes {
                Link(to: Self.changes(name, revision.number), "\(revision.day) \(name.text), by \(revision.author)")
            }
        }
    }

    func history(of name: PageName) async -> Response {
        let revisions = await self.pages.revisions(of: name)
        guard !revisions.isEmpty else { return .notFound }
        return .gemtext {
            Heading("History of \(name.text)")
            for revision in revisions.reversed() {
                Link(to: Self.version(name, revision.number), "\(revision.day) by \(revision.author)")
                Link(to: Self.changes(name, revision.number), "What changed")
            }
            Link(to: Self.page(name), "The page as it is now")
        }
    }

    func changes(in number: Int, of name: PageName) async -> Response {
        guard let new = await self.pages.revision(number, of: name) else { return .notFound }
        let old = await self.pages.revision(number - 1, of: name)
        let lines = Diff(from: old?.text ?? "", to: new.text).lines
        return .gemtext {
            Heading("\(name.text), version \(number)")
            "Written on \(new.day) by \(new.author)."
            Preformatted(lines.joined(separator: "\n"), alt: "diff")
            Link(to: Self.history(name), "History")
            Link(to: Self.page(name), "The page as it is now")
        }
    }

    static func show(_ revision: Revision, _ context: BasicContext) throws -> Response {
        var text = revision.text
        // What the author left open ends here, or the links below would be part of it.
        let toggles = text.utf8.split(separator: UInt8(ascii: "\n")).count { $0.starts(with: "```".utf8) }
        if toggles % 2 == 1 { text += "\n```" }
        let footer = try Gemtext {
            Link(to: try Self.titan("\(Self.page(revision.page));edit", context), "Edit this page")
            Link(to: Self.history(revision.page), "History")
            Link(to: "/", "All pages")
        }
        return .gemtext(verbatim: "\(text)\n\n\(footer)")
    }

    static func missing(_ name: PageName, _ context: BasicContext) throws -> Response {
        try .gemtext {
            Heading(name.text)
            "Nobody has written this page yet."
            Link(to: try Self.titan("\(Self.page(name))", context), "Write it")
        }
    }

    /// A link that clients which know Titan open in their editor.
    private static func titan(_ path: String, _ context: BasicContext) throws -> URIReference {
        let port = context.url.port.map { ":\($0)" } ?? ""
        return try URIReference("titan://\(context.host)\(port)\(path)")
    }
}
