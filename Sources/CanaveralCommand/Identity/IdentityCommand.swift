import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral identity`: the certificates by which servers know the user.
struct IdentityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "Make, list and remove the certificates that you show to servers.",
        discussion: """
            An identity is shown only where it is in use: at a host and port, from a path downwards. canaveral get asks \
            for one where a server wants it, on a terminal.
            """,
        subcommands: [
            ListIdentities.self, NewIdentity.self, AddIdentity.self, UseIdentity.self, LeaveIdentity.self,
            RemoveIdentity.self,
        ]
    )
}

/// `canaveral identity list`
struct ListIdentities: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List your identities, where they are shown, and their files."
    )

    func run() async throws {
        try await Failure.reporting {
            let all = try await Failure.storing { () async throws(StorageError) in
                try await IdentityStore.standard().all()
            }
            if all.isEmpty { Terminal.notice("There is none yet: canaveral identity new NAME makes one.") }
            for (index, stored) in all.enumerated() {
                if index > 0 { Terminal.result("") }
                Terminal.result("name:         \(Terminal.harmless(stored.identity.commonName ?? "(none)"))")
                Terminal.result("fingerprint:  \(stored.identity.fingerprint)")
                if let end = stored.identity.notAfter { Terminal.result("valid until:  \(end)") }
                for scope in stored.activeScopes { Terminal.result("shown at:     \(scope)") }
                for scope in stored.inactiveScopes { Terminal.result("once shown:   \(scope)") }
                Terminal.result("files:        \(stored.certificatePath)")
                Terminal.result("              \(stored.keyPath)")
            }
        }
    }
}

/// `canaveral identity new`
struct NewIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "new", abstract: "Make an identity.")

    @Argument(help: ArgumentHelp("Its name, which servers may show to others.", valueName: "name"))
    var name: String

    @Option(name: .shortAndLong, help: ArgumentHelp("How long it is valid.", valueName: "days"))
    var days = 3650

    @Option(help: ArgumentHelp("Show it at this address, and below.", valueName: "url"))
    var at: String?

    func validate() throws {
        guard self.days > 0, self.days <= 365_000 else { throw ValidationError("--days takes a number above 0.") }
        guard !self.name.isEmpty else { throw ValidationError("An identity needs a name.") }
    }

    func run() async throws {
        try await Failure.reporting {
            let scope = try self.at.map { text throws(Failure) in try IdentityScope.named(text) }
            let made = try await Failure.storing { () async throws(StorageError) in
                let store = try IdentityStore.standard()
                let identity = try await store.make(name: self.name, days: self.days)
                if let scope { try await store.activate(identity, at: scope) }
                return identity
            }
            Terminal.result("\(made.fingerprint)")
        }
    }
}

/// `canaveral identity add`
struct AddIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add an identity from another program's files, in PEM or DER."
    )

    @Argument(help: ArgumentHelp("The certificate, and perhaps its key.", valueName: "certificate"))
    var certificate: String

    @Argument(help: ArgumentHelp("The key, where it is in a file of its own.", valueName: "key"))
    var key: String?

    func run() async throws {
        try await Failure.reporting {
            let added = try await Failure.storing { () async throws(StorageError) in
                try await IdentityStore.standard().add(certificatePath: self.certificate, keyPath: self.key)
            }
            Terminal.result("\(added.fingerprint)")
        }
    }
}

/// `canaveral identity use`
struct UseIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use",
        abstract: "Show an identity at an address from now on, and below."
    )

    @Argument(help: ArgumentHelp("Its name, or the beginning of its fingerprint.", valueName: "name"))
    var name: String

    @Argument(help: ArgumentHelp("Where to show it.", valueName: "url"))
    var address: String

    func run() async throws {
        try await Failure.reporting {
            let scope = try IdentityScope.named(self.address)
            try await Failure.storing { () async throws(StorageError) in
                let store = try IdentityStore.standard()
                try await store.activate(store.stored(named: self.name).identity, at: scope)
            }
        }
    }
}

/// `canaveral identity leave`
struct LeaveIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leave",
        abstract: "Show no identity at an address any longer."
    )

    @Argument(help: ArgumentHelp("Where one is shown, as the list has it.", valueName: "url"))
    var address: String

    func run() async throws {
        try await Failure.reporting {
            let scope = try IdentityScope.named(self.address)
            let wasActive = try await Failure.storing { () async throws(StorageError) in
                try await IdentityStore.standard().deactivate(scope)
            }
            guard wasActive else { throw Failure.work("No identity is shown at \(scope).") }
        }
    }
}

/// `canaveral identity remove`
struct RemoveIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove an identity and its key. Accounts that know you by it are lost."
    )

    @Argument(help: ArgumentHelp("Its name, or the beginning of its fingerprint.", valueName: "name"))
    var name: String

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    func run() async throws {
        try await Failure.reporting {
            let store = try IdentityStore.ofUser()
            let stored = try await Failure.storing { () async throws(StorageError) in
                try await store.stored(named: self.name)
            }
            let name = Terminal.harmless(stored.identity.commonName ?? stored.identity.fingerprint.description)
            if !self.yes {
                guard Terminal.isInteractive, Terminal.confirm("Remove \(name) and its key for good?") else {
                    throw Failure.work("\(name) was not removed: answer yes on a terminal, or say --yes.")
                }
            }
            try await Failure.storing { () async throws(StorageError) in try await store.remove(stored.identity) }
        }
    }
}

extension IdentityScope {
    /// The scope that a person types.
    static func named(_ text: String) throws(Failure) -> IdentityScope {
        let url = try ClientOptions.url(text)
        guard let scope = IdentityScope(url) else { throw .work("“\(text)” is no gemini address.") }
        return scope
    }
}
