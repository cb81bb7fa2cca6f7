/// The log, and media types.
extension GmidTranslation {
    mutating func translateLog() {
        let log = self.source.log
        var table = ConfigurationDocument.Table()
        if let access = log.access {
            table.set("access", to: self.path(access.value), from: "log access, \(access.place.short)")
        } else if let syslog = log.syslog, !syslog.value {
            table.set("access", to: "off", from: "log syslog off, \(syslog.place.short)")
        } else {
            table.set("access", to: "stdout", from: "gmid logs to syslog: a service's output goes to the journal")
        }
        switch log.style?.value {
        case nil: table.set("format", to: "common", from: "gmid's default is a format of its own")
        case "common": table.set("format", to: "common", from: log.style.map { "log style, \($0.place.short)" })
        case "combined": table.set("format", to: "combined", from: log.style.map { "log style, \($0.place.short)" })
        case let style?:
            table.set("format", to: "common")
            self.result.leave(
                "log style \(style)",
                at: log.style?.place,
                "it is gmid's own: read 'common', or set another format of [log]"
            )
        }
        table.set("addresses", to: "full", from: "as gmid always does")
        self.result.document.top.add("log", table)
        if let facility = log.facility {
            self.result.leave(
                "log syslog facility \(facility.value)",
                at: facility.place,
                "the log goes to standard output or a file: let systemd's journal, or logger(1), pass it on"
            )
        }
    }

    mutating func translateTypes() {
        var members: [ConfigurationDocument.Member] = []
        var files: Set<String> = []
        for entry in self.source.types {
            // Those of the system are built in.
            guard !entry.isIncluded else {
                files.insert(entry.place.file)
                continue
            }
            for name in entry.extensions {
                let key = name.drop { $0 == "." }.lowercased()
                members.removeAll { $0.key == key }
                members.append(ConfigurationDocument.Member(key, .string(entry.type)))
            }
        }
        for file in files.sorted() {
            self.result.remark("The types of \(file) are not repeated: there is a table of them built in.")
        }
        if let first = self.source.types.first(where: { !$0.isIncluded }) {
            self.result.document.top.set("media-types", to: .table(members), from: "types, \(first.place.short)")
        }
    }
}
