/// molly-brown's configuration in this program's words (`canaveral import molly-brown`).
package enum MollyBrownImport {
    /// - Parameter file: the path of its configuration file.
    /// - Throws: ``ImportError`` for what molly-brown would refuse.
    package static func configuration(
        ofFile file: String,
        at site: ImportSite
    ) throws(ImportError) -> ImportedConfiguration {
        let text = try site.text(ofFile: file)
        try PeerFile.check(text, isOf: .mollyBrown, file: file)
        let settings = try MollyBrownSettings(text, file: file)
        var translation = MollyBrownTranslation(settings, file: file, site: site)
        try translation.translate()
        return translation.result
    }
}

/// What is known while settings are translated one by one.
struct MollyBrownTranslation {
    static let names = [
        "Port", "Hostname", "CertPath", "KeyPath", "DocBase", "HomeDocBase", "GeminiExt", "DefaultLang",
        "DefaultEncoding",
        "AccessLog", "ErrorLog", "ReadMollyFiles", "TempRedirects", "PermRedirects", "MimeOverrides", "CGIPaths",
        "SCGIPaths", "CertificateZones", "DirectoryListing", "DirectorySort", "DirectorySubdirsFirst",
        "DirectoryReverse",
        "DirectoryTitles", "ChrootDir", "UnprivUsername", "AllowTLS12", "ReadTimeout", "WriteTimeoutMinRate",
        "CGITimeLimit", "RateLimitEnable", "RateLimitAverage", "RateLimitSoft", "RateLimitHard",
    ]

    let settings: MollyBrownSettings
    let site: ImportSite
    var result: ImportedConfiguration
    var host = ConfigurationDocument.Table()
    var chroot: String?
    /// `DocBase`, and within it `HomeDocBase`, as paths outside of the chroot.
    var root = ""
    var homes = ""

    init(_ settings: MollyBrownSettings, file: String, site: ImportSite) {
        self.settings = settings
        self.site = site
        self.result = ImportedConfiguration(of: "molly-brown's \(file)")
    }

    mutating func translate() throws(ImportError) {
        try self.translateServer()
        try self.translateLimits()
        try self.translateLog()
        try self.translateHost()
        try self.translateListings()
        try self.translateTypes()
        for location in try self.locations() { self.host.append("location", location) }
        self.result.document.top.append("host", self.host)
        for name in self.settings.others(than: Self.names) {
            self.result.leave(name.value, at: name.place, "molly-brown has no such setting: correct it, or take it out")
        }
        self.result.sortLeftovers()
    }

    /// A path as it is outside of the chroot.
    func path(_ path: String) -> String {
        guard let chroot else { return self.site.absolute(path) }
        return ImportSite.path(path, in: chroot)
    }

    static func origin<Value>(_ name: String, _ setting: Located<Value>?) -> String {
        setting.map { "\(name), \($0.place.short)" } ?? "molly-brown's default"
    }

    private mutating func translateServer() throws(ImportError) {
        if let chroot = try self.settings.string("ChrootDir") {
            self.chroot = self.site.absolute(chroot.value)
            self.result.document.top.set(
                "chroot",
                to: self.site.absolute(chroot.value),
                from: "ChrootDir, \(chroot.place.short); the paths in this file are those outside of it"
            )
        }
        if let user = try self.settings.string("UnprivUsername") {
            self.result.document.top.set("user", to: user.value, from: Self.origin("UnprivUsername", user))
        }
        let port = try self.settings.integer("Port")
        if let port, !(0...65_535 ~= port.value) {
            throw .syntax(port.place, "Port takes a number from 0 to 65535")
        }
        var plan = ListenerPlan()
        for host in ListenerPlan.everywhere {
            plan.add(
                .init(
                    address: ListenerPlan.address(host, port: port?.value ?? 1965),
                    origin: Self.origin("Port", port)
                )
            )
        }
        plan.write(to: &self.result.document.top)
        if let allows = try self.settings.boolean("AllowTLS12"), !allows.value {
            self.result.leave(
                "AllowTLS12",
                at: allows.place,
                "TLS 1.2 stays beside 1.3, which Gemini asks of servers: leave it out"
            )
        }
    }

    private mutating func translateLog() throws(ImportError) {
        var log = ConfigurationDocument.Table()
        let access = try self.settings.string("AccessLog")
        let target: String
        switch access?.value {
        case "-": target = "stdout"
        case "": target = "off"
        case let file: target = self.path(file ?? "access.log")
        }
        log.set("access", to: target, from: Self.origin("AccessLog", access))
        log.set("format", to: "tsv")
        log.set("addresses", to: "full", from: "as molly-brown always does")
        self.result.document.top.add("log", log)
        if let errors = try self.settings.string("ErrorLog"), !["", "-"].contains(errors.value) {
            self.result.leave(
                "ErrorLog",
                at: errors.place,
                "errors go to standard error: send it to \(self.path(errors.value)), or to systemd's journal"
            )
        }
    }

    private mutating func translateHost() throws(ImportError) {
        let name = try self.settings.string("Hostname")
        self.host.set("name", to: name?.value.lowercased() ?? "localhost", from: Self.origin("Hostname", name))
        let certificate = try self.settings.string("CertPath")
        let key = try self.settings.string("KeyPath")
        self.host.set(
            "certificate",
            to: self.path(certificate?.value ?? "cert.pem"),
            from: Self.origin("CertPath", certificate)
        )
        self.host.set("key", to: self.path(key?.value ?? "key.pem"), from: Self.origin("KeyPath", key))

        let root = try self.settings.string("DocBase")
        self.root = self.path(root?.value ?? "/var/gemini/")
        self.host.set("root", to: self.root, from: Self.origin("DocBase", root))
        let homes = try self.settings.string("HomeDocBase")
        self.homes = ImportSite.path(homes?.value ?? "users", in: self.root)
        self.host.set("users", to: "\(self.homes)/{user}", from: Self.origin("HomeDocBase", homes))
        if let reads = try self.settings.boolean("ReadMollyFiles"), reads.value {
            self.result.leave(
                "ReadMollyFiles",
                at: reads.place,
                ".molly files are not read here: put what they say into locations, or with meta-files = true into .meta files"
            )
        }
        self.result.remark("molly-brown shows what all may read; here it is what canaveral's user may read.")
    }
}
