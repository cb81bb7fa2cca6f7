extension Status {
    /// What the first digit says: the least that a client has to understand (GP-081).
    public enum Group: Int, Sendable, Hashable, CaseIterable {
        /// 1x: the client is to ask for text.
        case input = 1
        /// 2x: a body follows.
        case success = 2
        /// 3x: the resource is elsewhere.
        case redirect = 3
        /// 4x: the same request may work later.
        case temporaryFailure = 4
        /// 5x: the same request will not work later.
        case permanentFailure = 5
        /// 6x: it is about the client certificate.
        case clientCertificate = 6
    }

    /// The group that the status belongs to.
    public var group: Group {
        switch self.code / 10 {
        case 1: .input
        case 2: .success
        case 3: .redirect
        case 4: .temporaryFailure
        case 5: .permanentFailure
        default: .clientCertificate
        }
    }

    /// Whether the code is one of the eighteen that the protocol defines; a server sends no other (GP-077).
    public var isDefined: Bool {
        switch self.code {
        case 10, 11, 20, 30, 31, 40...44, 50...53, 59, 60...62: true
        default: false
        }
    }

    /// The status to act on: the status itself when it is defined, the group's x0 when it is not (GP-080).
    public var equivalent: Status {
        guard !self.isDefined else { return self }
        return switch self.group {
        case .input: .input
        case .success: .success
        case .redirect: .temporaryRedirect
        case .temporaryFailure: .temporaryFailure
        case .permanentFailure: .permanentFailure
        case .clientCertificate: .certificateRequired
        }
    }

    /// Whether a body follows the header (GP-078).
    public var hasBody: Bool {
        self.group == .success
    }

    /// Whether the header has to carry text: a prompt, a media type, an address (GP-073).
    public var requiresMeta: Bool {
        switch self.group {
        case .input, .success, .redirect: true
        case .temporaryFailure, .permanentFailure, .clientCertificate: false
        }
    }
}
