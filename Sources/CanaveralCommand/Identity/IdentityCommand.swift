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
