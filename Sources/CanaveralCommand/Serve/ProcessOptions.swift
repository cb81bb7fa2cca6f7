import ArgumentParser

/// As whom the server runs, and what it may reach.
struct ProcessOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Become this user once the server listens and has read its keys; it has to be started as root.",
            valueName: "name"
        )
    )
    var user: String?

    @Option(help: ArgumentHelp("The group to take then. (default: the user's own)", valueName: "name"))
    var group: String?

    @Option(
        help: ArgumentHelp("Make a folder the root of the file system then.", valueName: "dir"),
        completion: .directory
    )
    var chroot: String?

    @Flag(
        name: .customLong("no-sandbox"),
        help:
            "Keep the right to open files that are not the server's business, which Landlock takes from it where the kernel has it."
    )
    var isOpen = false
}
