import ArgumentParser
import CanaveralConfiguration
import GeminiProtocol
import GeminiTLS

/// What goes into a certificate that is made.
struct MakingOptions: ParsableArguments {
    @Option(
        name: [.customShort("C"), .customLong("cn")],
        help: ArgumentHelp(
            "The common name of a certificate that is made. (default: the first host name)",
            valueName: "name"
        )
    )
    var commonName: String?

    @Option(
        name: [.customShort("s"), .customLong("san")],
        help: ArgumentHelp(
            "Names and addresses that a certificate is made for besides the host names, comma-separated.",
            valueName: "names"
        )
    )
    var alternativeNames: String?

    @Option(
        name: [.customShort("D"), .customLong("days")],
        parsing: .unconditional,
        help: ArgumentHelp("How many days a certificate that is made is valid. (default: 3650)", valueName: "number"),
        transform: OptionValue.days.transform
    )
    var days: Int?

    /// The days of validity of a certificate that is made.
    var validity: Int { self.days ?? 3650 }

    func validate() throws {
        for name in self.listedNames() where (try? Host(name)) == nil {
            throw ValidationError("'\(name)' in --san is neither a host name nor an IP address.")
        }
        if let commonName, commonName.isEmpty || commonName.utf8.count > 64 {
            throw ValidationError("--cn takes a name of 1 to 64 bytes.")
        }
    }

    private func listedNames() -> [String] {
        (self.alternativeNames ?? "").split(separator: ",").map { $0.trimmingSpaces }.filter {
            !$0.isEmpty
        }
    }

    /// The names and addresses for the certificate, in the form in which certificates hold them.
    func names(hosts: [Host]) -> [String] {
        self.names(besides: hosts.map(\.certificateName))
    }

    private func names(besides names: [String]) -> [String] {
        names + self.listedNames().compactMap { (try? Host($0))?.certificateName }
    }

    /// The options among these that a certificate which is there is not in accord with.
    func flags(contradictedBy identity: Identity) -> [String] {
        var flags: [String] = []
        if let commonName, identity.leaf.subject?.commonName != commonName {
            flags.append("--cn")
        }
        if !identity.uncovered(self.names(hosts: [])).isEmpty {
            flags.append("--san")
        }
        if let days, let notBefore = identity.leaf.notBefore, let notAfter = identity.leaf.notAfter {
            // Ours begin a day before they are made.
            let validity = (notAfter.secondsSinceEpoch - notBefore.secondsSinceEpoch) / 86_400
            if !(days...days + 1).contains(Int(validity)) { flags.append("--days") }
        }
        return flags
    }

    /// A new key and a self-signed certificate.
    func identity(hosts: [Host]) throws -> Identity {
        try self.identity(names: hosts.map(\.certificateName))
    }

    /// - Parameter names: the names of hosts, and patterns for them, in the form in which certificates hold them.
    func identity(names: [String]) throws -> Identity {
        try Identity.generate(
            names: self.names(besides: names),
            commonName: self.commonName,
            days: self.validity,
            at: .now
        )
    }
}

extension Substring {
    /// The text without the spaces around it.
    fileprivate var trimmingSpaces: String {
        String(self.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
