/// The manual page canaveral.toml(5), in the mdoc language.
package enum ManualPage {
    package static var text: String {
        var page = """
            .\\" Made of the settings in Sources/CanaveralConfiguration by scripts/generate-docs.
            .Dd November 21, 2026
            .Dt CANAVERAL.TOML 5
            .Os
            .Sh NAME
            .Nm canaveral.toml
            .Nd configuration of the Gemini server canaveral
            .Sh DESCRIPTION
            .Nm
            holds, as TOML, what
            .Ql canaveral serve
            is to serve and how.
            It is named with
            .Fl -config ,
            or found in the folder where the server is started, or in
            .Pa /etc/canaveral .
            .Ql canaveral check
            says what is wrong with it, and
            .Ql canaveral check --print-defaults
            prints one with every setting.
            .Pp
            A key that does not exist is an error.
            Relative paths begin at the folder of the file.
            Durations are texts such as
            .Ql \\(dq10s\\(dq ,
            .Ql \\(dq5m\\(dq ,
            .Ql \\(dq2h\\(dq
            or
            .Ql \\(dq1d\\(dq ,
            or numbers of seconds.
            Sizes are texts such as
            .Ql \\(dq10 MiB\\(dq ,
            or numbers of bytes.
            .Pp
            Which settings may stand where is said below, section by section:
            .Sx CONTENT
            and
            .Sx POLICY
            are of the top of the file, of hosts and of locations alike.
            A flag on the command line takes the place of the setting at the top of the file.
            .Pp
            At SIGHUP the file is read again.
            Connections that are open go on under what they began with.
            Where the file has an error, the server goes on as it was, and says so.
            Who the server runs as, its
            .Ic chroot
            and its
            .Ic sandbox
            are those of its start; a change of them, and of roots that the sandbox does not have, takes a restart.

            """
        self.append(Configuration.schema, to: &page)
        page += """
            .Sh FILES
            .Bl -tag -width Ds
            .It Pa ./canaveral.toml , Pa /etc/canaveral/canaveral.toml
            Read where no file is named, the first that exists.
            .El
            .Sh EXAMPLES
            Two capsules, one of them with a zone for members:
            .Bd -literal -offset indent
            \(Self.escaped(Self.example))
            .Ed
            .Sh SEE ALSO
            .Xr canaveral 1
            .Pp
            The Gemini protocol: https://geminiprotocol.net/docs/protocol\\-specification.gmi

            """
        return page
    }

    private static let example = """
        [[host]]
        name = "example.org"
        aliases = ["www.example.org"]
        root = "/srv/gemini/example.org"
        rate-limit = "600/10m"

        [[host]]
        name = "club.example.org"
        root = "/srv/gemini/club"

        [[host.location]]
        path = "/members/"
        allow-certificates = ["SHA256:86341FB4D0C79FE2D5DBC8F9E67FB0BE0B4E0A2F83EBEB8F5B4F1A2C3D4E5F60"]
        """

    private static func append(_ schema: TableSchema, header: String? = nil, to page: inout String) {
        self.append(
            schema.settings.filter { $0.group == nil },
            title: header ?? "TOP OF THE FILE",
            summary: schema.summary,
            to: &page
        )
        let groups = SettingGroup.allCases.filter { group in schema.settings.contains { $0.group == group } }
        if schema.name.isEmpty {
            for group in groups {
                self.append(group.settings, title: group.title.uppercased(), summary: group.summary, to: &page)
            }
        } else if !groups.isEmpty {
            let names = groups.map { ".Sx \($0.title.uppercased())" }
            page += ".Pp\nBesides these, it takes the settings of\n\(names.joined(separator: "\nand\n")) .\n"
        }
        for setting in schema.settings {
            guard let table = setting.tables else { continue }
            self.append(table, header: setting.header, to: &page)
        }
    }

    private static func append(
        _ settings: [SettingDescription],
        title: String,
        summary: String,
        to page: inout String
    ) {
        page += ".Sh \(title)\n\(self.sentences(summary))\n.Bl -tag -width Ds\n"
        for setting in settings {
            page += ".It Ic \(self.escaped(setting.name))\n\(self.sentences(setting.summary))\n"
            page += self.sentences("It takes \(setting.expectation).") + "\n"
            if let standard = setting.standard {
                page += self.sentences("Default: \(standard).") + "\n"
            }
        }
        page += ".El\n"
    }

    /// A sentence a line, as mdoc wants it, with nothing that is a request.
    private static func sentences(_ text: String) -> String {
        var lines: [String] = [""]
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
        for word in words {
            lines[lines.count - 1] += lines[lines.count - 1].isEmpty ? String(word) : " \(word)"
            if word.hasSuffix(".") { lines.append("") }
        }
        return lines.flatMap { WrappedText.lines(of: self.escaped($0), width: 76) }.map(self.asText)
            .joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("\"", with: "\\(dq").replacing("-", with: "\\-")
    }

    /// A line that is no request, whatever it begins with.
    private static func asText(_ line: String) -> String {
        line.hasPrefix(".") || line.hasPrefix("'") ? "\\&\(line)" : line
    }
}
