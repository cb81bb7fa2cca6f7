import GeminiClient
import GeminiProtocol
import NIOCore

/// Puts a page where it is wanted: laid out on a terminal, as it came anywhere else.
struct PagePrinter {
    let output: String?
    let printsHeader: Bool
    let isRaw: Bool

    /// The most bytes of a text that is shown on a terminal, which is kept in memory as a whole.
    private static let longestText = ClientLimits.page.maximumBodySize ?? 0

    func print(_ page: PageStream) async throws {
        do {
            try await self.copy(page)
        } catch let error as ClientError {
            throw Failure.work("\(error)")
        }
        if page.body.isTruncated == true {
            Terminal.notice(
                "canaveral: the server closed the connection without TLS's close_notify: the end may be missing."
            )
        }
    }

    private func copy(_ page: PageStream) async throws {
        if let path = self.output {
            try await self.save(page, to: path)
        } else if !Terminal.isResultTerminal {
            try await self.pass(page)
        } else if page.mediaType.isGemtext, !self.isRaw, Self.isUTF8(page.mediaType) {
            try await self.layOut(page)
        } else if page.mediaType.isText {
            try await self.show(page)
        } else {
            throw Failure.work(
                "\(page.url) is \(page.mediaType.essence), which a terminal cannot show: save it with -o FILE."
            )
        }
    }

    private func save(_ page: PageStream, to path: String) async throws {
        let file = try PartialFile(path)
        var progress = TransferProgress(name: path)
        do {
            if self.printsHeader { try file.write(Array((page.header.description + "\r\n").utf8)[...]) }
            for try await piece in page.body {
                try file.write(ArraySlice(piece.readableBytesView))
                progress.add(piece.readableBytes)
            }
            progress.end()
            try file.keep()
        } catch {
            progress.end()
            file.remove()
            throw error
        }
    }

    private func pass(_ page: PageStream) async throws {
        if self.printsHeader { try Terminal.result(bytes: Array((page.header.description + "\r\n").utf8)) }
        for try await piece in page.body {
            try Terminal.result(bytes: Array(piece.readableBytesView))
        }
    }

    private func layOut(_ page: PageStream) async throws {
        let renderer = GemtextRenderer(
            width: Terminal.columns,
            isStyled: Terminal.resultIsStyled,
            resolve: { target in
                (try? URIReference(lenient: target))?.resolved(against: page.url.reference).description ?? target
            }
        )
        if self.printsHeader { Terminal.result(Terminal.harmless(page.header.description)) }
        var parser = GemtextParser()
        for try await piece in page.body {
            parser.parse(Array(piece.readableBytesView).span) { renderer.render($0).forEach(Terminal.result) }
        }
        parser.finish { renderer.render($0).forEach(Terminal.result) }
    }

    private func show(_ page: PageStream) async throws {
        if self.printsHeader { Terminal.result(Terminal.harmless(page.header.description)) }
        var body: [UInt8] = []
        for try await piece in page.body {
            guard body.count + piece.readableBytes <= Self.longestText else {
                throw Failure.work(
                    "\(page.url) has more than \(Self.longestText) bytes, too much for a terminal: save it with -o FILE."
                )
            }
            body.append(contentsOf: piece.readableBytesView)
        }
        do throws(PageTextError) {
            let text = try Page(exchange: page.exchange, body: body, isTruncated: false).text
            Terminal.result(Terminal.readable(lines: text.hasSuffix("\n") ? String(text.dropLast()) : text))
        } catch {
            throw Failure.work("\(error)")
        }
    }

    private static func isUTF8(_ type: MediaType) -> Bool {
        switch type.charset?.lowercased() {
        case nil, "utf-8", "us-ascii": true
        default: false
        }
    }
}
