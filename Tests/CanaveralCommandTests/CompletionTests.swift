import Foundation
import TestSupport
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
        "In bash, they complete what was begun",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash"), "There is no bash here."),
        arguments: [
            (["serve", "--hostn"], "--hostname"), (["serve", "--log-level", "deb"], "debug"),
            (["serve", "caps"], "capsule"),
            (["certificate", "fing"], "fingerprint"), (["certificate", "show", "--state-d"], "--state-dir"),
            (["cert"], "certificate"),
        ] as [([String], String)]
    )
    func bash(_ vector: (words: [String], completion: String)) async throws {
        let site = try Site()
        let script = try await site.run("--generate-completion-script", "bash").output
        try site.folder.write(script, to: "canaveral.bash")
        let words = ["canaveral"] + vector.words
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.currentDirectoryURL = URL(fileURLWithPath: site.folder.path)
        process.environment = site.environment
        process.arguments = [
            "--norc", "-c",
            """
            source ./canaveral.bash
            COMP_WORDS=(\(words.joined(separator: " "))) COMP_CWORD=\(words.count - 1)
            COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
            function=$(complete -p canaveral | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
            "$function" canaveral "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
            printf '%s\\n' "${COMPREPLY[@]}"
            """,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let completions = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(
            completions.split(separator: "\n").contains {
                $0.trimmingCharacters(in: .whitespaces) == vector.completion
            },
            "\(completions)"
        )
    }
}
