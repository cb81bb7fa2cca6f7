/// Something in a configuration that cannot be, or is not wise, as one sentence.
package struct ConfigurationProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Severity: Hashable, Sendable {
        /// It keeps the server from running so.
        case error
        /// The server runs, but somebody should know.
        case warning
    }

    package var severity: Severity
    /// Where it is: `host[0].location[2].path`, with `example.org` for the number where a host has a name; empty for the
    /// file as a whole.
    package var path: String
    /// The line of the file, from 1, where it is known.
    package var line: Int?
    /// The character of the line, from 1, where the file is no TOML.
    package var column: Int?
    /// What is wrong, and what to do.
    package var sentence: String

    package init(
        _ sentence: String,
        at path: String = "",
        line: Int? = nil,
        column: Int? = nil,
        severity: Severity = .error
    ) {
        self.sentence = sentence
        self.path = path
        self.line = line
        self.column = column
        self.severity = severity
    }

    package var description: String {
        self.path.isEmpty ? self.sentence : "\(self.path): \(self.sentence)"
    }

    /// The sentence with the file in front, as compilers write it.
    package func description(in file: String) -> String {
        "\(self.place(in: file)): \(self.severity == .warning ? "warning: " : "")\(self)"
    }

    /// The same for a log, which says by itself how severe something is.
    ///
    /// - Parameter file: `nil` where there is none.
    package func logDescription(in file: String?) -> String {
        file.map { "\(self.place(in: $0)): \(self)" } ?? self.sentence
    }

    private func place(in file: String) -> String {
        file + [self.line, self.column].compactMap(\.self).map { ":\($0)" }.joined()
    }
}

/// All that is wrong with a configuration.
package struct InvalidConfiguration: Error, Sendable {
    /// The file, where there is one.
    package var file: String?
    /// At least one of them an error.
    package var problems: [ConfigurationProblem]

    package init(file: String?, problems: [ConfigurationProblem]) {
        self.file = file
        self.problems = problems
    }
}
