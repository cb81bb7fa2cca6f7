import GeminiProtocol

/// An ``Account`` as the store keeps it. Properties may be added, as optional ones.
struct AccountRecord: Codable {
    struct Certificate: Codable {
        var id: String
        var label: String
        var added: Int64
        var expires: Int64?
    }

    var name: String
    var created: Int64
    var certificates: [Certificate]
    var attributes: [String: String]
    var recovery: String?
    var pairing: String?

    init(_ account: Account) {
        self.name = account.name
        self.created = account.created.secondsSinceEpoch
        self.certificates = account.certificates.map {
            Certificate(
                id: $0.id.description,
                label: $0.label,
                added: $0.added.secondsSinceEpoch,
                expires: $0.expires?.secondsSinceEpoch
            )
        }
        self.attributes = account.attributes
        self.recovery = account.recovery
        self.pairing = account.pairing
    }

    func account(_ id: Account.ID) -> Account {
        Account(
            id: id,
            name: self.name,
            created: Timestamp(secondsSinceEpoch: self.created),
            certificates: self.certificates.map {
                AccountCertificate(
                    id: AccountCertificate.ID($0.id),
                    label: $0.label,
                    added: Timestamp(secondsSinceEpoch: $0.added),
                    expires: $0.expires.map(Timestamp.init(secondsSinceEpoch:))
                )
            },
            attributes: self.attributes,
            recovery: self.recovery,
            pairing: self.pairing
        )
    }
}
