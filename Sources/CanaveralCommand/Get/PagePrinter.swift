import GeminiClient
import GeminiProtocol
import NIOCore

/// Puts a page where it is wanted: laid out on a terminal, as it came anywhere else.
struct PagePrinter {
    /// A file, or `-` for standard output.
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
                "canaveral: The server closed the connection without TLS's close_notify: the end may be missing."
            )
        }
    }

    private func copy(_ page: PageStream) async throws {
        if let path = self.output, path != "-" {
            try await self.save(page, to: path)
        } else if self.output == "-" || !Terminal.isResultTerminal {
            try await self.pass(page)
        } else {
            try await self.show(page)
        }
    }

    private func save(_ page: PageStream, to path: String) async throws {
        let file = try PartialFile(path)
        var progress = TransferProgress(name: path)
        do {
            if self.printsHeader { try file.write(self.header(of: page)[...]) }
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
        if self.printsHeader { try Terminal.result(bytes: self.header(of: page)) }
        for try await piece in page.body {
            try Terminal.result(bytes: Array(piece.readableBytesView))
        }
    }

    private func show(_ page: PageStream) async throws {
        let type = page.mediaType
        guard type.isText else {
            throw Failure.work(
                "\(page.url) is \(type.essence), which a terminal cannot show: save it with -o FILE."
            )
        }
        let charset: Charset
        do throws(PageTextError) {
            charset = try Charset(of: type)
        } catch {
            throw Failure.work("\(page.url): \(error)")
        }
        if self.printsHeader { try Terminal.result(lines: [Terminal.harmless(page.header.description)]) }
        if type.isGemtext, !self.isRaw {
            try await self.layOut(page, in: charset)
        } else {
            try await self.list(page, in: charset)
        }
    }

    private func layOut(_ page: PageStream, in charset: Charset) async throws {
        let renderer = GemtextRenderer(
            width: Terminal.columns,
            isStyled: Terminal.resultIsStyled,
            resolve: { target in
                (try? URIReference(lenient: target))?.resolved(against: page.url.reference).description ?? target
            }
        )
        var parser = GemtextParser()
        for try await piece in page.body {
            var lines: [String] = []
            let bytes = charset.utf8(Array(piece.readableBytesView))
            parser.parse(bytes.span) { lines += renderer.render($0) }
            try Terminal.result(lines: lines)
        }
        var lines: [String] = []
        parser.finish { lines += renderer.render($0) }
        try Terminal.result(lines: lines)
    }

    private func list(_ page: PageStream, in charset: Charset) async throws {
        var lines = TextLines()
        func readable(_ lines: [[UInt8]]) -> [String] { lines.map { Terminal.readable(charset.decode($0)) } }
        for try await piece in page.body {
            try Terminal.result(lines: readable(lines.add(piece.readableBytesView)))
        }
        try Terminal.result(lines: readable(lines.finish()))
    }

    private func header(of page: PageStream) -> [UInt8] {
        Array((page.header.description + "\r\n").utf8)
    }
}

extension Charset {
    /// The same text in UTF-8, of a piece of text that may begin and end anywhere.
    fileprivate func utf8(_ bytes: [UInt8]) -> [UInt8] {
        self == .utf8 ? bytes : Array(self.decode(bytes).utf8)
    }
}
