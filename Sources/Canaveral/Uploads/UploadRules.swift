import GeminiProtocol
import GeminiServer

/// What an upload must fulfil before a byte of it is read (TI-12).
///
/// ```swift
/// routes.upload("/wiki/{page}", accepting: .text(upTo: 64 * 1024, token: "secret")) { ... }
/// ```
public struct UploadRules: Sendable {
    /// The largest size, in bytes; `nil` for the capsule's limit (`Limits.uploadSize`, 10 MiB). It may be above that one.
    public var maximumSize: Int?

    /// The media types that are taken, such as `text/gemini`, or `text/*` for all of a kind; empty for all (TI-17).
    /// Parameters such as `charset` count for nothing.
    public var mediaTypes: [String]

    /// The secret that the client must know; `nil` for none. Compared in a time that tells nothing of it but its length
    /// (TI-23). Nobody knows an empty one, so that a setting that was left empty lets nobody in.
    public var token: String?

    /// Whether the client must show a certificate, valid at the time (60, 62).
    public var requiresCertificate: Bool

    public init(
        maximumSize: Int? = nil,
        mediaTypes: [String] = [],
        token: String? = nil,
        requiresCertificate: Bool = false
    ) {
        self.maximumSize = maximumSize
        self.mediaTypes = mediaTypes
        self.token = token
        self.requiresCertificate = requiresCertificate
    }

    /// Text of any kind, up to some bytes.
    public static func text(
        upTo maximumSize: Int? = nil,
        token: String? = nil,
        requiresCertificate: Bool = false
    ) -> UploadRules {
        UploadRules(
            maximumSize: maximumSize,
            mediaTypes: ["text/*"],
            token: token,
            requiresCertificate: requiresCertificate
        )
    }
}

extension UploadRules {
    /// Throws the refusal of a request to change something: who is asking comes first, so that only those who may upload
    /// learn what would be taken.
    func check(_ context: some RequestContext) throws {
        try self.checkVisitor(context)
        guard let upload = context.core.request.upload else { return }
        try self.checkSize(of: upload)
        if upload.parameters.size > 0 { try self.check(mediaType: upload.parameters.mediaType) }
    }

    /// Throws the refusal of somebody who has not the certificate or not the token (TI-23).
    func checkVisitor(_ context: some RequestContext) throws {
        if self.requiresCertificate { try context.requireCertificate() }
        guard let parameters = context.core.request.upload?.parameters else { return }
        guard self.allows(token: parameters.token) else { throw UploadRefusal.wrongToken }
    }

    func checkSize(of upload: Upload) throws(UploadError) {
        let limit = self.maximumSize ?? upload.limit
        guard upload.parameters.size <= limit else { throw .tooLarge(limit: limit) }
    }

    func check(mediaType: String) throws(UploadRefusal) {
        guard self.allows(mediaType: mediaType) else { throw .mediaType(mediaType, accepted: self.mediaTypes) }
    }

    private func allows(token: String?) -> Bool {
        guard let expected = self.token.map({ Array($0.utf8) }) else { return true }
        let given = Array((token ?? "").utf8)
        var difference = expected.count ^ given.count
        for index in expected.indices {
            difference |= Int(expected[index] ^ (index < given.count ? given[index] : 0))
        }
        return difference == 0 && !expected.isEmpty
    }

    private func allows(mediaType: String) -> Bool {
        let type = mediaType.mediaTypeEssence
        return self.mediaTypes.isEmpty
            || self.mediaTypes.contains { accepted in
                let accepted = accepted.mediaTypeEssence
                return accepted == "*/*" || accepted == type
                    || accepted.hasSuffix("/*") && type.hasPrefix(accepted.dropLast())
            }
    }
}

extension String {
    /// A media type as a client wrote it, without its parameters and in lower case: `text/gemini`.
    var mediaTypeEssence: String {
        self.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    }
}
