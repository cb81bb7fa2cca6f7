import GeminiGateway

/// jetforce's command line in this program's words (`canaveral import jetforce`).
package enum JetforceImport {
    private static let options: [PeerArguments.Option] = [
        .flag("help", short: "h"), .flag("version", short: "V"),
        .value("host"), .value("port"), .value("hostname"),
        .value("tls-certfile"), .value("tls-keyfile"), .value("tls-cafile"), .value("tls-capath"),
        .flag("no-tls"), .flag("proxy-protocol"),
        .value("dir"), .value("cgi-dir"), .value("index-file"), .value("default-lang"), .value("rate-limit"),
    ]

    /// - Parameter arguments: jetforce's own, with or without its name in front.
    /// - Throws: ``ImportError`` for what jetforce would refuse.
    package static func configuration(
        _ arguments: [String],
        at site: ImportSite
    ) throws(ImportError) -> ImportedConfiguration {
        let arguments = try PeerArguments(arguments, of: "jetforce", options: self.options, style: .argparse)
        if arguments.has("help") || arguments.has("version") {
            throw .commandLine(
                "With --help or --version jetforce serves nothing: give the options that it is started with"
            )
        }
        var result = ImportedConfiguration(of: "jetforce's command line")
        try self.listeners(arguments).write(to: &result.document.top)

        var log = ConfigurationDocument.Table()
        log.set("access", to: "stdout")
        log.set("format", to: "jetforce")
        log.set("addresses", to: "full")
        result.document.top.add("log", log)

        var host = ConfigurationDocument.Table()
        host.set("name", to: arguments["hostname"] ?? "localhost", from: self.origin("hostname", arguments))
        self.addCertificates(arguments, site, to: &host, &result)
        try self.addContent(arguments, site, to: &host, &result)
        result.document.top.append("host", host)
        return result
    }

    private static func listeners(_ arguments: PeerArguments) throws(ImportError) -> ListenerPlan {
        let text = arguments["port"] ?? "1965"
        guard let port = UInt16(text) else {
            throw .commandLine("'\(text)' in --port is no port: it takes a number from 0 to 65535")
        }
        let host = arguments["host"] ?? "127.0.0.1"
        var plan = ListenerPlan()
        for address in host.isEmpty ? ListenerPlan.everywhere : [host] {
            plan.add(
                ListenerPlan.Listener(
                    address: ListenerPlan.address(address, port: Int(port)),
                    tls: !arguments.has("no-tls"),
                    proxyProtocol: arguments.has("proxy-protocol") ? .required : .off,
                    origin: self.origin("host", arguments)
                )
            )
        }
        return plan
    }

    private static func addCertificates(
        _ arguments: PeerArguments,
        _ site: ImportSite,
        to host: inout ConfigurationDocument.Table,
        _ result: inout ImportedConfiguration
    ) {
        if let certificate = arguments["tls-certfile"] {
            host.set("certificate", to: site.absolute(certificate), from: "--tls-certfile")
            let key = arguments["tls-keyfile"].map { (path: $0, origin: "--tls-keyfile") }
            host.set(
                "key",
                to: site.absolute(key?.path ?? certificate),
                from: key?.origin ?? "--tls-certfile, which has the key too"
            )
        } else {
            if !arguments.has("no-tls") {
                host.remarks.append(
                    "No certificate: a new one is made and kept, not jetforce's of its temporary folder."
                )
            }
            if arguments.has("tls-keyfile") {
                result.leave(
                    "--tls-keyfile",
                    "jetforce does not use it without --tls-certfile: name both, or neither"
                )
            }
        }
        let authorities = ["tls-cafile", "tls-capath"].filter(arguments.has)
        if !authorities.isEmpty {
            result.document.top.set(
                "client-authorities",
                to: .strings(authorities.compactMap { arguments[$0].map(site.absolute) }),
                from: authorities.map { "--\($0)" }.joined(separator: ", ")
            )
        }
    }

    private static func addContent(
        _ arguments: PeerArguments,
        _ site: ImportSite,
        to host: inout ConfigurationDocument.Table,
        _ result: inout ImportedConfiguration
    ) throws(ImportError) {
        let root = site.absolute(arguments["dir"] ?? ".")
        host.set("root", to: root, from: self.origin("dir", arguments))
        host.set(
            "index",
            to: .strings([arguments["index-file"] ?? "index.gmi"]),
            from: self.origin("index-file", arguments)
        )
        host.set("listing", to: .boolean(true), from: "as jetforce always does")
        if let language = arguments["default-lang"] { host.set("language", to: language, from: "--default-lang") }
        if let limit = arguments["rate-limit"] {
            guard limit.wholeMatch(of: /[0-9]+\/[0-9]*[smhd]/) != nil else {
                throw .commandLine("'\(limit)' in --rate-limit is no limit: it takes one such as 60/5m")
            }
            host.set("rate-limit", to: .strings([limit]), from: "--rate-limit")
        }
        self.addPrograms(arguments, site, root: root, to: &host, &result)
    }

    /// jetforce runs what is executable in a folder of its root, and never needs the folder to be there.
    private static func addPrograms(
        _ arguments: PeerArguments,
        _ site: ImportSite,
        root: String,
        to host: inout ConfigurationDocument.Table,
        _ result: inout ImportedConfiguration
    ) {
        let names = (arguments["cgi-dir"] ?? "cgi-bin").split(separator: "/").filter { $0 != "." }
        let folder = ImportSite.path(names.joined(separator: "/"), in: root)
        guard arguments.has("cgi-dir") || site.hasFolder(folder) else {
            host.remarks.append("No programs: there is no \(folder).")
            return
        }
        guard !names.isEmpty, !names.contains("..") else {
            result.leave(
                "--cgi-dir",
                "programs run in a folder of their own here: move them to one beneath the root and name it in a location, or they are shown as files"
            )
            return
        }
        var location = ConfigurationDocument.Table()
        location.set("path", to: "/\(names.joined(separator: "/"))/")
        var cgi = ConfigurationDocument.Table()
        cgi.remarks.append("Programs reach their own folder alone: name what else they need in 'grant'.")
        cgi.set("directory", to: folder, from: self.origin("cgi-dir", arguments))
        cgi.set("style", to: GatewayStyle.jetforce.rawValue)
        location.add("cgi", cgi)
        host.append("location", location)
    }

    private static func origin(_ name: String, _ arguments: PeerArguments) -> String {
        arguments.has(name) ? "--\(name)" : "jetforce's default"
    }
}
