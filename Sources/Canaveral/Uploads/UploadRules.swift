import GeminiProtocol
import GeminiServer

/// What an upload must fulfil before a byte of it is read (TI-12).
///
/// ```swift
/// routes.upload("/wiki/{page}", accepting: .text(upTo: 64 * 1024, token: "secret")) { ... }
/// ```
public struct UploadRules: Sendable {
    /// The largest size, in bytes; `nil` for the capsule's limit (`Limits.uploadSize`, 10 MiB).
    public var maximumSize: Int?

    /// The media types that are taken, such as `text/gemini`, or `text/*` for all of a kind; empty for all (TI-17).
    public var mediaTypes: [String]

    /// The secret that the client must know; `nil` for none. Compared in a time that tells nothing of it (TI-23).
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

    /// Throws the refusal of a request to change something, in the order in which a visitor can mend it.
    func check(_ context: some RequestContext, _ parameters: TitanParameters?) throws {
        if self.requiresCertificate { try context.requireCertificate() }
        guard let parameters else { return }
        guard self.allows(token: parameters.token) else { throw UploadRefusal.wrongToken }
        if let maximumSize, parameters.size > maximumSize { throw UploadError.tooLarge(limit: maximumSize) }
        guard parameters.size == 0 || self.allows(mediaType: parameters.mediaType) else {
            throw UploadRefusal.mediaType(parameters.mediaType, accepted: self.mediaTypes)
        }
    }

    private func allows(token: String?) -> Bool {
        guard let expected = self.token.map({ Array($0.utf8) }) else { return true }
        let given = Array((token ?? "").utf8)
        var difference = expected.count ^ given.count
        for index in expected.indices {
            difference |= Int(expected[index] ^ (index < given.count ? given[index] : 0))
        }
        return difference == 0
    }

    private func allows(mediaType: String) -> Bool {
        let type = mediaType.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        return self.mediaTypes.isEmpty
            || self.mediaTypes.contains { accepted in
                accepted.hasSuffix("/*")
                    ? type.hasPrefix(accepted.dropLast().lowercased()) : accepted.lowercased() == type
            }
    }
}
