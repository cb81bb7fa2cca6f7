package import GeminiProtocol

/// What a `.meta` file says of the files in its folder and in the folders beneath, as agate reads it.
///
/// ```text
/// # Everything behind a number sign is a comment.
/// **/*.de.gmi: ;lang=de
/// LICENSE: text/plain; charset=utf-8
/// old/**: 52 These pages are gone.
/// moved.gmi: 31 /new.gmi
/// index.gmi:
/// ```
///
/// Before the first colon stands the ``GlobPattern`` of the files, and behind it one of:
///
/// - parameters, each behind a semicolon: they go to the file's media type, in place of the language that the folder has;
///   with nothing behind the colon the file has no language,
/// - a media type, which takes the place of the file's, and has the parameters that it names and no others,
/// - a status and its text: the answer, whether there is such a file or not. `20` and a media type is a media type.
///
/// Of the lines for a file the last one counts. A line that says nothing is passed over, and is a ``Problem``.
package struct MetaFile: Sendable {
    package enum Setting: Sendable, Hashable {
        /// These in place of the folder's language.
        case parameters([MediaType.Parameter])
        case mediaType(MediaType)
        /// Any header but a success.
        case response(ResponseHeader)
    }

    struct Rule: Sendable {
        var pattern: GlobPattern
        var setting: Setting
    }

    /// A line that nobody understands, or a file that cannot be read.
    package struct Problem: Sendable, Hashable {
        /// Counted from one; `nil` for the whole file.
        package var line: Int?
        /// One sentence.
        package var reason: String
    }

    /// In the order of their lines.
    let rules: [Rule]

    /// What is wrong with the file, by lines.
    package let problems: [Problem]

    /// How much work it is to match the patterns, counted in their symbols.
    let weight: Int

    /// What the last line for a file says.
    ///
    /// - Parameter path: the file's names, from the folder of the `.meta` file; at least one.
    package func setting(for path: some RandomAccessCollection<[Unicode.Scalar]>) -> Setting? {
        self.rules.last { $0.pattern.matches(path) }?.setting
    }

    init(rules: [Rule], problems: [Problem]) {
        self.rules = rules
        self.problems = problems
        self.weight = rules.reduce(0) { weight, rule in
            rule.pattern.components.reduce(weight + 1) { weight, component in
                if case .name(let symbols) = component { weight + symbols.count } else { weight + 1 }
            }
        }
    }
}
