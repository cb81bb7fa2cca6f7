import Canaveral

/// A wiki that is edited over Titan: whoever shows a certificate can write, and nothing that was written is lost.
struct Wiki: Sendable {
    static let page: Path<PageName> = "/wiki/{page}"
    static let history: Path<PageName> = "/wiki/{page}/history"
    static let version: Path<PageName, Int> = "/wiki/{page}/history/{version: Int}"
    static let changes: Path<PageName, Int> = "/wiki/{page}/changes/{version: Int}"

    let pages: Pages

    func routes(_ routes: Routes<BasicContext>) {
        routes.page("/") { _ in await self.frontPage() }
        routes.page("/recent") { _ in await self.recentChanges() }

        routes.page(Self.page) { context, name in
            guard let revision = await self.pages.revisions(of: name).last else {
                return try Self.missing(name, context)
            }
            return try Self.show(revision, context)
        }
        routes.edit(Self.page, requiresCertificate: true) { _, name in
            guard let revision = await self.pages.revisions(of: name).last else { return .notFound }
            return .gemtext(verbatim: revision.text)
        }
        routes.upload(Self.page, accepting: .text(upTo: 65_536, requiresCertificate: true)) { context, upload, name in
            let text = try await upload.text()
            let author = try context.requireCertificate().commonName ?? "somebody"
            try await self.pages.write(text, to: name, by: author, at: context.environment.now())
            return .redirect(to: context.geminiURL)
        }

        routes.page(Self.history) { _, name in await self.history(of: name) }
        routes.page(Self.version) { context, name, number in
            guard let revision = await self.pages.revision(number, of: name) else { return .notFound }
            return try Self.show(revision, context)
        }
        routes.page(Self.changes) { _, name, number in await self.changes(in: number, of: name) }
    }
}
