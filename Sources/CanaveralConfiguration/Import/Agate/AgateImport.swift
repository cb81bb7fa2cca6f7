import GeminiProtocol
import GeminiServer

/// agate's command line in this program's words (`canaveral import agate`).
package enum AgateImport {
    private static let options: [PeerArguments.Option] = [
        .flag("help", short: "h"), .flag("version", short: "V"),
        .value("content"), .value("certs"), .value("addr", repeats: true), .value("socket", repeats: true),
        .value("hostname", repeats: true), .value("lang"),
        .flag("only-tls13", short: "3"), .flag("serve-secret"), .flag("log-ip"),
        .flag("central-conf", short: "C"), .flag("ed25519", short: "e"), .flag("skip-port-check"),
        // Until version 2.
        .value("cert"), .value("key"), .flag("silent", short: "s"),
    ]

    /// - Parameter arguments: agate's own, with or without its name in front.
    /// - Throws: ``ImportError`` for what agate would refuse.
    package static func configuration(
        _ arguments: [String],
        at site: ImportSite
    ) throws(ImportError) -> ImportedConfiguration {
        let arguments = try PeerArguments(arguments, of: "agate", options: self.options, style: .getopts)
        if arguments.has("help") || arguments.has("version") {
            throw .commandLine(
                "With --help or --version agate serves nothing: give the options that it is started with"
            )
        }
        var result = ImportedConfiguration(of: "agate's command line")
        self.addListeners(arguments, site, to: &result)
        self.addLog(arguments, to: &result.document.top)
        self.leave(arguments, &result)

        let certificates = AgateCertificates(in: site.absolute(arguments["certs"] ?? ".certificates"), at: site)
        var names = arguments.all("hostname")
        if names.isEmpty {
            names = certificates.names
            result.leave(
                "--hostname",
                names.isEmpty
                    ? "agate answers for any name where none is given, and hosts have names here: put the capsule's for localhost"
                    : "agate answers for any name where none is given: see whether the hosts, named after its certificates, are all"
            )
        }
        let root = site.absolute(arguments["content"] ?? "content")
        // With several names each has a folder.
        let foldered = arguments.all("hostname").count > 1
        for name in names.isEmpty ? ["localhost"] : names {
            var host = ConfigurationDocument.Table()
            host.set("name", to: name, from: arguments.has("hostname") ? "--hostname" : nil)
            self.addCertificate(of: name, arguments, certificates, site, to: &host, &result)
            let folder = foldered ? ImportSite.path(name, in: root) : root
            for location in AgateListings(in: folder, at: site).locations() { host.append("location", location) }
            result.document.top.append("host", host)
        }
        self.addContent(root: foldered ? "\(root)/{host}" : root, arguments, to: &result.document.top)
        return result
    }

    private static func addListeners(
        _ arguments: PeerArguments,
        _ site: ImportSite,
        to result: inout ImportedConfiguration
    ) {
        var plan = ListenerPlan()
        let sockets = arguments.all("socket")
        let addresses = arguments.all("addr")
        for address in addresses {
            if Self.isSocketAddress(address) {
                plan.add(.init(address: address, origin: "--addr"))
            } else {
                result.leave(
                    "--addr \(address)",
                    "agate takes one address and port with each --addr, such as [::]:1965: give each its own"
                )
            }
        }
        for socket in sockets { plan.add(.init(address: "unix:\(site.absolute(socket))", origin: "--socket")) }
        if plan.listeners.isEmpty {
            for host in ListenerPlan.everywhere {
                plan.add(.init(address: ListenerPlan.address(host, port: 1965), origin: "agate's default"))
            }
        }
        result.listen(plan) { "--addr \($0)" }
    }

    /// Whether it is an IP address with a port.
    private static func isSocketAddress(_ text: String) -> Bool {
        guard case .network(let address)? = try? ListenerSettings.Address(text), let host = address.host else {
            return false
        }
        return (try? Host(host))?.isIPAddress ?? false
    }

    private static func addLog(_ arguments: PeerArguments, to table: inout ConfigurationDocument.Table) {
        var log = ConfigurationDocument.Table()
        if arguments.has("silent") {
            log.set("access", to: "off", from: "--silent")
        } else {
            log.set("access", to: "stdout")
            log.set(
                "addresses",
                to: arguments.has("log-ip") ? "full" : "off",
                from: arguments.has("log-ip") ? "--log-ip" : "agate's default"
            )
        }
        table.add("log", log)
    }

    private static func addContent(
        root: String,
        _ arguments: PeerArguments,
        to table: inout ConfigurationDocument.Table
    ) {
        table.set("root", to: root, from: arguments.has("content") ? "--content" : "agate's default")
        table.set("index", to: .strings(["index.gmi", "index.gemini"]))
        table.set("listing", to: .boolean(false), from: "but where there is a .directory-listing-ok")
        table.set("meta-files", to: .boolean(true), from: "as agate always does")
        if let language = arguments["lang"] { table.set("language", to: language, from: "--lang") }
    }

    private static func addCertificate(
        of name: String,
        _ arguments: PeerArguments,
        _ certificates: AgateCertificates,
        _ site: ImportSite,
        to host: inout ConfigurationDocument.Table,
        _ result: inout ImportedConfiguration
    ) {
        if let certificate = arguments["cert"] ?? arguments["key"].map({ _ in "cert.pem" }) {
            host.set("certificate", to: site.absolute(certificate), from: "--cert")
            host.set("key", to: site.absolute(arguments["key"] ?? "key.rsa"), from: "--key")
        } else if let pair = certificates.pair(for: name) {
            host.set("certificate", to: pair.certificate, from: "--certs")
            host.set("key", to: pair.key)
        } else {
            result.leave(
                "--certs",
                "there is no certificate for \(name) in \(certificates.folder), and a new one will be made, of which visitors' clients warn: name agate's"
            )
        }
    }

    private static func leave(_ arguments: PeerArguments, _ result: inout ImportedConfiguration) {
        if arguments.has("only-tls13") {
            result.leave("--only-tls13", "TLS 1.2 stays, which Gemini asks of servers: leave it out")
        }
        if arguments.has("serve-secret") {
            result.leave(
                "--serve-secret",
                "what has a name with a dot in front is never served: rename what is for visitors"
            )
        }
        if arguments.has("central-conf") {
            result.leave(
                "--central-conf",
                "a .meta file is read in each folder for the files beside it: move lines about other folders there"
            )
        }
        if arguments.has("ed25519") {
            result.leave(
                "--ed25519",
                "a certificate that is made has an ECDSA P-256 key: name agate's, or one of your own, in 'certificate' and 'key'"
            )
        }
        if arguments.has("skip-port-check") {
            result.leave(
                "--skip-port-check",
                "the port in a URL is that of a listener, or 53 is the answer: let a proxy in front pass the port on, or use its PROXY header"
            )
        }
    }
}
