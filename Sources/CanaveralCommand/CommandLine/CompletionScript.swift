import ArgumentParser

/// A shell's completions, as the argument parser makes them, and beyond: a command line that names no command means
/// `serve`, which the parser's scripts do not know.
struct CompletionScript {
    let text: String

    /// The script that somebody asks for, if that is what the arguments say.
    ///
    /// - Throws: ``Failure`` for a shell that is not known.
    init?(requestedBy arguments: [String]) throws {
        let option = "--generate-completion-script"
        guard let first = arguments.first, first == option || first.hasPrefix(option + "=") else { return nil }
        let named = first == option ? arguments.dropFirst().first : String(first.dropFirst(option.count + 1))
        guard let shell = named.map(CompletionShell.init(rawValue:)) ?? CompletionShell.autodetected() else {
            let shells = CompletionShell.allCases.map(\.rawValue).sorted().joined(separator: ", ")
            throw Failure.usage("There are no completions for '\(named ?? "this shell")': name one of \(shells).")
        }
        self.init(shell)
    }

    init(_ shell: CompletionShell) {
        let script = Canaveral.completionScript(for: shell)
        let words = Canaveral.commandWords
        self.text =
            switch shell {
            case .bash: Self.bash(script, words)
            case .zsh: Self.zsh(script, words)
            case .fish: Self.fish(script, words)
            default: script
            }
    }

    /// Completes by way of a function that says the `serve` that was left out.
    private static func bash(_ script: String, _ words: [String]) -> String {
        let function = """
            # Without the name of a command, serve is meant.
            _canaveral_or_serve() {
                case "${COMP_WORDS[1]}" in
                \(words.joined(separator: "|")))
                    if [[ "${COMP_CWORD}" -gt 1 ]]; then
                        _canaveral "${@}"
                        return
                    fi
                    ;;
                esac
                if [[ "${COMP_CWORD}" -eq 1 && "${2}" != -* ]]; then
                    COMPREPLY+=($(compgen -W '\(words.joined(separator: " "))' -- "${2}"))
                fi
                local -a words=("${COMP_WORDS[0]}" serve "${COMP_WORDS[@]:1}")
                local -a COMP_WORDS=("${words[@]}")
                local COMP_LINE="${COMP_LINE/ / serve }"
                local -i COMP_CWORD="${COMP_CWORD}+1" COMP_POINT="${COMP_POINT}+6"
                _canaveral "${@}"
            }


            """
        let command = "complete -o filenames -F _canaveral"
        return script.replacing("\(command) canaveral", with: "\(function)\(command)_or_serve canaveral")
    }

    /// Puts the `serve` that was left out among the words, before they are looked at.
    private static func zsh(_ script: String, _ words: [String]) -> String {
        script.replacing(
            "    local -i ret=1\n",
            with: """
                    # Without the name of a command, serve is meant: of the first word, as soon as it is no name.
                    if [[ "${words[2]}" != (\(words.joined(separator: "|"))) ]] && [[ "${CURRENT}" -gt 2 || "${PREFIX}" = -* ]]; then
                        words=("${words[1]}" serve "${(@)words[2,-1]}")
                        ((CURRENT++))
                    fi

                    local -i ret=1

                """,
            maxReplacements: 1
        ).replacing(
            "        _describe -V subcommand subcommands && ret=0\n",
            with: """
                        _describe -V subcommand subcommands && ret=0
                        _files -/ && ret=0

                """,
            maxReplacements: 1
        )
    }

    /// Puts the `serve` that was left out among the tokens, before they are looked at, and offers what goes with it beside
    /// the commands.
    private static func fish(_ script: String, _ words: [String]) -> String {
        script.replacing(
            "    set -l unparsed_tokens (__canaveral_tokens -pc)\n",
            with: """
                    set -l unparsed_tokens (__canaveral_tokens -pc)
                    # Without the name of a command, serve is meant.
                    if set -q unparsed_tokens[2]; and not contains -- $unparsed_tokens[2] \(words.joined(separator: " "))
                        set unparsed_tokens $unparsed_tokens[1] serve $unparsed_tokens[2..]
                    end

                """,
            maxReplacements: 1
        ).replacing(
            "    __canaveral_parse_tokens\n    test",
            with: """
                    __canaveral_parse_tokens
                    # The first word may be a command's, or belong to the serve that was left out.
                    test "$commands" = canaveral -a "$expected_commands" = 'canaveral serve'; and set commands $expected_commands
                    test
                """
        )
    }
}
