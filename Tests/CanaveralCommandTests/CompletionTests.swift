import Testing

@Suite("Completions")
struct CompletionTests {
    private static let flags = ["--hostname", "--port", "--generate-cert", "--access-log", "--state-dir", "--grace"]

    @Test("Scripts for bash, zsh and fish know the flags and the subcommands", arguments: ["bash", "zsh", "fish"])
    func scripts(_ shell: String) async throws {
        let result = try await Site().run("--generate-completion-script", shell)
        #expect(result.status == .exit(0))
        #expect(result.errors.isEmpty)
        for flag in Self.flags {
            #expect(result.output.contains(shell == "fish" ? String(flag.dropFirst(2)) : flag), "\(flag)")
        }
        for word in ["canaveral", "certificate", "fingerprint", "renew"] {
            #expect(result.output.contains(word), "\(word)")
        }
    }

    @Test(
        "They complete what was begun, with the name of a command and without one, which means serve",
        arguments: Shell.installed,
        [
            ("--hostn", "--hostname"), ("-p 1965 --state", "--state-dir"), ("--log-level deb", "debug"),
            ("caps", "capsule"), ("-p 1965 caps", "capsule"), ("capsule --no-li", "--no-listing"),
            ("cert", "certificate"), ("certificate fing", "fingerprint"), ("certificate show --state-d", "--state-dir"),
            ("serve --hostn", "--hostname"), ("serve caps", "capsule"),
        ]
    )
    func begun(_ shell: Shell, _ vector: (line: String, completion: String)) async throws {
        let site = try Site()
        let script = try await site.run("--generate-completion-script", shell.rawValue).output
        let completions = try shell.completions(of: "canaveral \(vector.line)", by: script, in: site)
        #expect(completions == [vector.completion])
    }

    @Test("For another shell there are none, which is one sentence that names those that there are")
    func unknownShell() async throws {
        let result = try await Site().run("--generate-completion-script", "tcsh")
        #expect(result.status == .exit(64))
        #expect(result.sentence?.contains("'tcsh': name one of bash, fish, zsh") == true, "\(result.errors)")
    }
}
