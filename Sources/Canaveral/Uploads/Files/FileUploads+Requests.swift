import GeminiFiles
import GeminiProtocol
import GeminiServer
import NIOCore

extension FileUploads {
    /// Stores an upload, once it is whole.
    func store(_ upload: Upload, _ request: Request) async throws -> Response {
        try self.rules.checkVisitor(self.context(of: request))
        try self.rules.checkSize(of: upload)
        let path = try Self.path(of: request)
        let size = upload.parameters.size
        let (target, type, file) = try await self.blocking { folder in
            let target = try folder.file(at: path, writing: true)
            let type = try self.check(upload.parameters.mediaType, of: target)
            return (target, type, try folder.begin(size, at: target))
        }
        var text = type.isUTF8 ? UTF8Check() : nil
        for try await piece in try upload.limited(to: self.rules.maximumSize).body() {
            if text?.add(piece.readableBytesView) == false { throw UploadRefusal.notUTF8 }
            try await self.blocking { try $0.write(piece, to: file) }
        }
        if text?.isComplete == false { throw UploadRefusal.notUTF8 }
        try await self.blocking { try $0.store(file, size: size, at: target) }
        return .redirect(to: Self.page(of: request))
    }

    /// Answers with the file as it is, and with a bare media type (TI-31, TI-35).
    func edit(_ request: Request) async throws -> Response {
        try self.rules.checkVisitor(self.context(of: request))
        let path = try Self.path(of: request)
        return try await self.blocking { folder in
            let target = try folder.file(at: path, writing: false)
            guard case .file(let file) = folder.root.entry(at: target, waits: true) else { return .notFound }
            let type = self.mediaType(of: target)
            return .success(try MediaType(type.type, type.subtype), .file(file))
        }
    }

    func delete(_ request: Request) async throws -> Response {
        try self.rules.checkVisitor(self.context(of: request))
        guard self.options.allowsDeletion else { throw FileUploadRefusal.deletion }
        let path = try Self.path(of: request)
        try await self.blocking { folder in
            try folder.delete(try folder.file(at: path, writing: true))
        }
        return .gemtext("# Deleted\n\nWhat was here is no longer shown.\n")
    }

    /// What a file of this name is served as, if an upload of some type may become one.
    private func check(_ given: String, of target: RelativePath) throws -> MediaType {
        let served = self.mediaType(of: target)
        guard Self.agrees(given.mediaTypeEssence, with: served) else {
            throw FileUploadRefusal.otherType(given.mediaTypeEssence, served: served.essence)
        }
        try self.rules.check(mediaType: served.essence)
        return served
    }

    /// Whether a client may call by this type what is served as that one: clients call all text the same (TI-26), and what
    /// they know nothing of a sequence of bytes.
    private static func agrees(_ given: String, with served: MediaType) -> Bool {
        given == served.essence || given == MediaType.octetStream.essence
            || served.isTextual && (try? MediaType(given))?.isTextual == true
    }

    private func mediaType(of target: RelativePath) -> MediaType {
        self.options.files.mediaTypes.mediaType(ofFile: String(decoding: target.name, as: UTF8.self))
    }

    /// The place that a request names; of a folder with a slash at its end.
    private static func path(of request: Request) throws -> RelativePath {
        guard let path = RelativePath(request.localPath),
            let text = String(validating: path.bytes, as: UTF8.self),
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw FileUploadRefusal.name }
        guard path.components.allSatisfy({ $0.count <= UploadFolder.longestName }) else {
            throw FileUploadRefusal.longName
        }
        return path
    }

    /// The page over Gemini, without a query.
    private static func page(of request: Request) -> URIReference {
        let url = request.url.overGemini.withoutFragment
        return ((try? url.replacing(query: nil)) ?? url).reference
    }

    private func context(of request: Request) -> BasicContext {
        BasicContext(CoreContext(request: request, environment: .system, logger: self.options.logger))
    }

    private func blocking<Result: Sendable>(
        _ work: @escaping @Sendable (UploadFolder) throws -> Result
    ) async throws -> Result {
        let folder = self.folder
        // Not the threads that read files for visitors: who stores waits for the disk, and for others who do.
        return try await BlockingWork.run { try work(folder) }
    }
}

extension MediaType {
    /// Whether people write it in an editor, whatever its registered kind is.
    fileprivate var isTextual: Bool {
        self.isText || self.subtype.hasSuffix("+xml") || self.subtype.hasSuffix("+json")
            || ["application/json", "application/xml", "application/yaml", "application/toml"].contains(self.essence)
    }

    /// Whether it is served as text in UTF-8.
    fileprivate var isUTF8: Bool {
        self.isTextual && (self.charset ?? "utf-8").lowercased() == "utf-8"
    }
}
