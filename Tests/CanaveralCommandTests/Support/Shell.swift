import Foundation
import TestSupport

/// A shell that completes command lines.
enum Shell: String, CaseIterable {
    case bash, zsh, fish

    /// Those that are on this machine.
    static var installed: [Shell] {
        Self.allCases.filter { $0.path != nil }
    }

    private var path: String? {
        ["/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { "\($0)/\(self.rawValue)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// What the last word of a line could become.
    func completions(of line: String, by script: String, in site: Site) throws -> [String] {
        try site.folder.write(script, to: self == .zsh ? "_canaveral" : "canaveral.\(self.rawValue)")
        let words = line.split(separator: " ").map(String.init)
        let (options, program) =
            switch self {
            case .bash:
                (
                    ["--norc"],
                    """
                    source ./canaveral.bash
                    COMP_WORDS=(\(line)) COMP_CWORD=\(words.count - 1)
                    COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
                    function=$(complete -p canaveral | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
                    "$function" canaveral "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
                    printf '%s\\n' "${COMPREPLY[@]}"
                    """
                )
            case .fish:
                (["--no-config"], "source ./canaveral.fish; complete -C '\(line)' | cut -f 1")
            // It completes at a terminal only. What it completes to is run, by a function that prints its last word.
            case .zsh:
                (
                    ["-f"],
                    """
                    zmodload zsh/zpty zsh/zselect
                    zpty -b terminal zsh -f -i
                    until_it_says() {
                        said= chunk=
                        repeat 2000; do
                            zpty -r -t terminal chunk && said+=$chunk || zselect -t 1
                            [[ $said == ${~1} ]] && return
                        done
                    }
                    zpty -w terminal 'unset zle_bracketed_paste; fpath=($PWD $fpath); autoload -Uz compinit
                        compinit -u -D; bindkey "^I" complete-word
                        canaveral() { print -r -- "CO""MPLETED $@[-1] E""ND" }; PROMPT=RE""ADY'
                    until_it_says '*READY*'
                    zpty -w terminal '\(line)'$'\\t'
                    until_it_says '*COMPLETED*END*'
                    print -r -- "${${said#*COMPLETED }% END*}"
                    zpty -d terminal
                    """
                )
            }
        let process = Process()
        process.executableURL = self.path.map { URL(fileURLWithPath: $0) }
        process.currentDirectoryURL = URL(fileURLWithPath: site.folder.path)
        process.environment = site.environment.merging(["TERM": "dumb"]) { _, new in new }
        process.arguments = options + ["-c", program]
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        let completions = text.split(separator: "\n").map { completion in
            var completion = completion.trimmingCharacters(in: .whitespaces)
            if completion.hasSuffix("/") { completion.removeLast() }
            return completion
        }
        // bash sorts out by itself what is there twice.
        return Set(completions).sorted()
    }
}
