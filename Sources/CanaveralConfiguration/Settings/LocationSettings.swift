import Canaveral
package import GeminiProtocol
import TOML

/// What one `[[host.location]]` says: some paths of a host, and who answers for them.
package struct LocationSettings: Hashable, Sendable {
    /// Which paths.
    package enum Place: Hashable, Sendable {
        /// A path and all that is beneath it, by whole names.
        case prefix(String)
        case exact(String)
        /// Whole paths that match a regular expression.
        case regex(String)
    }

    /// Who answers.
    package enum Answer: Hashable, Sendable {
        /// The files of the content settings' root.
        case files
        case redirect(to: String, permanent: Bool)
        case header(ResponseHeader)
        case cgi(CGISettings)
        case scgi(DaemonSettings)
        case fastCGI(DaemonSettings)
        case proxy(ProxySettings)
        case titan(TitanSettings)
    }

    package var place: Place
    package var answer = Answer.files
    package var content = ContentSettings()
    package var policy = PolicySettings()
    package var isLogged = true
    /// Whether the location names its own root, rather than show the host's.
    package var hasOwnRoot: Bool { self.content.root != nil }
    /// For problems: where it stands in the file.
    package var path = ""
    package var line: Int?
    package var lines = SettingLines()

    package init(_ place: Place) {
        self.place = place
    }
}

extension LocationSettings.Place: CustomStringConvertible {
    package var description: String {
        switch self {
        case .prefix(let path): "path \(path)"
        case .exact(let path): "exact \(path)"
        case .regex(let pattern): "regex \(pattern)"
        }
    }
}

extension LocationSettings {
    enum Keys {
        static let path = Setting(
            "path",
            .urlPath,
            """
            A path and everything beneath it, by whole names: "/members" is not "/membership". Of several that fit, the longest \
            counts.
            """,
            example: "\"/members/\""
        )
        static let exact = Setting(
            "exact",
            .urlPath,
            "One path and nothing else; it goes before every other location.",
            example: "\"/old.gmi\""
        )
        static let regex = Setting(
            "regex",
            .regex,
            """
            Paths that match a regular expression as a whole, in their plainest form: encoded, with single slashes and \
            no needless escapes, however the URL spells them. They are looked at in the order in which they are written, before those with 'path'. \
            The syntax is Perl's, without back-references, look-behind, and look-ahead but at the start, so that the time of a \
            match is linear in the path; a character that paths have encoded, such as a space, stands for its escape.
            """,
            example: "\"/~(\\\\w+)/(.*)\""
        )
        static let redirect = Setting(
            "redirect",
            .text,
            """
            Redirect to this address (30). With 'path', "**" at its end stands for what is beneath; with 'regex', $1 to $9 for \
            what its groups found. A query goes along.
            """,
            example: "\"/users/$1/$2\""
        )
        static let permanent = Setting(
            "permanent",
            .flag,
            "Whether the redirect is for good (31).",
            standard: "false",
            example: "true"
        )
        static let answer = Setting(
            "answer",
            .answer,
            "Answer with a status and its text.",
            example: "\"52 Gone\""
        )
        static let cgi = Setting(
            "cgi",
            CGISettings.form,
            "Answer with what programs print.",
            example: "\"/srv/gemini/cgi-bin\""
        )
        static let scgi = Setting(
            "scgi",
            DaemonSettings.scgiForm,
            "Have a daemon answer by SCGI.",
            example: "\"127.0.0.1:4000\""
        )
        static let fastCGI = Setting(
            "fastcgi",
            DaemonSettings.fastCGIForm,
            "Have a daemon answer by FastCGI.",
            example: "\"unix:/run/fastcgi.sock\""
        )
        static let proxy = Setting(
            "proxy",
            ProxySettings.form,
            "Have another Gemini server answer.",
            example: "\"gemini://localhost:1966/\""
        )
        static let titan = Setting(
            "titan",
            TitanSettings.form,
            "Take uploads to the folder that is shown.",
            example: "{ token = \"swordfish\" }"
        )
        static let accessLog = Setting(
            "access-log",
            .flag,
            "Whether requests are written to the access log.",
            standard: "true",
            example: "false"
        )
    }

    static let schema = TableSchema(
        "host.location",
        """
        Some paths of a host. It has one of 'path', 'exact' and 'regex', and at most one of 'redirect', 'answer', 'cgi', \
        'scgi', 'fastcgi', 'proxy' and 'titan'; without any of them it shows files. A request is answered by one location: \
        the exact one, else the first regular expression that matches, else the longest path, else the host itself.
        """,
        [
            Keys.path.description, Keys.exact.description, Keys.regex.description, Keys.redirect.description,
            Keys.permanent.description, Keys.answer.description, Keys.cgi.description, Keys.scgi.description,
            Keys.fastCGI.description, Keys.proxy.description, Keys.titan.description, Keys.accessLog.description,
        ] + ContentSettings.settings + PolicySettings.settings
    )

    init?(_ table: TableReader) {
        let place = Self.place(table)
        let answer = Self.answer(table)
        let content = ContentSettings(table)
        let policy = PolicySettings(table)
        let isLogged = table[Keys.accessLog] ?? true
        guard let place else { return nil }
        self.init(place)
        self.answer = answer
        self.content = content
        self.policy = policy
        self.isLogged = isLogged
        self.path = "\(table.place.path)"
        self.line = table.place.line
        self.lines = table.lines
        self.reportLiterals(table)
    }

    private static func place(_ table: TableReader) -> Place? {
        let places = [
            table[Keys.path].map(Place.prefix), table[Keys.exact].map(Place.exact), table[Keys.regex].map(Place.regex),
        ]
        let count = [table.has(Keys.path), table.has(Keys.exact), table.has(Keys.regex)].count { $0 }
        guard count == 1 else {
            table.report(
                count == 0
                    ? "A location needs one of 'path', 'exact' and 'regex'."
                    : "A location has one of 'path', 'exact' and 'regex': write a location for each."
            )
            return nil
        }
        return places.compactMap { $0 }.first
    }

    private static func answer(_ table: TableReader) -> Answer {
        let permanent = table[Keys.permanent]
        let redirect = table[Keys.redirect].map { Answer.redirect(to: $0, permanent: permanent ?? false) }
        if permanent != nil, !table.has(Keys.redirect) {
            table.report("It goes with 'redirect'.", at: Keys.permanent.name)
        }
        let answers: [(name: String, isThere: Bool, answer: Answer?)] = [
            (Keys.redirect.name, table.has(Keys.redirect), redirect),
            (Keys.answer.name, table.has(Keys.answer), table[Keys.answer].map(Answer.header)),
            (Keys.cgi.name, table.has(Keys.cgi), table[Keys.cgi].map(Answer.cgi)),
            (Keys.scgi.name, table.has(Keys.scgi), table[Keys.scgi].map(Answer.scgi)),
            (Keys.fastCGI.name, table.has(Keys.fastCGI), table[Keys.fastCGI].map(Answer.fastCGI)),
            (Keys.proxy.name, table.has(Keys.proxy), table[Keys.proxy].map(Answer.proxy)),
            (Keys.titan.name, table.has(Keys.titan), table[Keys.titan].map(Answer.titan)),
        ]
        let names = answers.filter(\.isThere).map { "'\($0.name)'" }
        if names.count > 1 {
            table.report("One location is answered in one way, and this has \(names.joined(separator: " and ")).")
        }
        return answers.compactMap(\.answer).first ?? .files
    }
}

extension ValueForm where Value == String {
    static var regex: ValueForm {
        ValueForm("a regular expression for whole paths") { node, place in
            guard let text = node.value.text else {
                place.report("It takes a regular expression for whole paths, and is \(node.value.shown).")
                return nil
            }
            do {
                let expression = try PathExpression(text)
                if !expression.maySucceed {
                    place.report("It matches nothing, for every path begins with a slash: write one in front.")
                    return nil
                }
                return expression.pattern
            } catch {
                place.report("\(error)")
                return nil
            }
        }
    }
}
