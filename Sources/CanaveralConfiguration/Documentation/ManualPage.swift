/// The manual page canaveral.toml(5), in the mdoc language.
package enum ManualPage {
    package static func text(version: String, date: String) -> String {
        var page = """
            .\\" Made of the settings in Sources/CanaveralConfiguration by scripts/generate-docs.
            .Dd \(date)
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
            Settings of content, such as
            .Ic root
            and
            .Ic language ,
            are taken from the host where a location does not set them,
            and from the top of the file where the host does not.
            Settings of policy, such as
            .Ic rate-limit
            and
            .Ic allow-from ,
            add up: a request keeps to those of the server, of its host and of its location.
            A flag on the command line takes the place of the setting at the top of
            the file.
            .Pp
            At SIGHUP the file is read again.
            Where it has an error, the server goes on as it was, and says so.

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

    private static func append(_ schema: TableSchema, to page: inout String) {
        let title = schema.name.isEmpty ? "THE TOP OF THE FILE" : schema.name.uppercased()
        page += ".Sh \(title)\n\(self.sentences(schema.summary))\n.Bl -tag -width Ds\n"
        for setting in schema.settings {
            page += ".It Ic \(setting.name)\n\(self.sentences(setting.summary))\n"
            page += self.sentences("It takes \(setting.expectation).") + "\n"
            if let standard = setting.standard {
                page += self.sentences("Default: \(standard).") + "\n"
            }
        }
        page += ".El\n"
        for table in schema.settings.compactMap(\.tables) { self.append(table, to: &page) }
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
