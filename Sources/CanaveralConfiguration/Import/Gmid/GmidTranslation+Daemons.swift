import GeminiGateway

/// FastCGI, and the programs of version 1.
extension GmidTranslation {
    mutating func addFastCGI(
        _ fastCGI: Located<GmidOptions.FastCGI>,
        _ place: GmidPlace,
        to location: inout ConfigurationDocument.Table
    ) {
        guard case .daemon(let address, let parameters, let strip) = fastCGI.value else {
            self.result.leave(
                "fastcgi spawn",
                at: fastCGI.place,
                "daemons are not started here: start it as a service, and name its socket in 'fastcgi' in the place of the answer 40"
            )
            self.close(&location)
            return
        }
        var table = ConfigurationDocument.Table()
        let socket = address.hasPrefix("unix:") ? "unix:\(self.path(String(address.dropFirst(5))))" : address
        table.set("address", to: socket, from: "fastcgi, \(fastCGI.place.short)")
        table.set("style", to: GatewayStyle.gmid.rawValue)
        if let root = place.root {
            table.set("document-root", to: self.path(root.value), from: "root, \(root.place.short)")
        }
        self.addVariables(
            place.server.parameters + parameters.map { Located(value: $0, place: fastCGI.place) },
            of: "param",
            to: &table
        )
        if strip > 0 {
            self.result.leave(
                "fastcgi strip \(strip)",
                at: fastCGI.place,
                "SCRIPT_NAME is where the location is, and PATH_INFO what follows: see whether the daemon wants another, and say so in 'script-name'"
            )
        }
        location.add("fastcgi", table)
    }

    mutating func addPrograms(
        _ cgi: Located<String>,
        _ place: GmidPlace,
        to location: inout ConfigurationDocument.Table
    ) {
        guard case .beneath(let path) = place.pattern.location, let root = place.root, place.strip == 0 else {
            self.result.leave(
                "cgi \"\(cgi.value)\"",
                at: cgi.place,
                "programs are in a folder of their own here: move them to one, and name it in 'cgi' of a location in the place of the answer 40"
            )
            self.close(&location)
            return
        }
        var table = ConfigurationDocument.Table()
        table.remarks.append("Programs reach their own folder alone: name what else they need in 'grant'.")
        table.set("directory", to: ImportSite.path(path, in: self.path(root.value)), from: "cgi, \(cgi.place.short)")
        table.set("style", to: GatewayStyle.gmid.rawValue)
        self.addVariables(place.server.environment, of: "env", to: &table)
        location.add("cgi", table)
    }

    /// The last value of each variable.
    private mutating func addVariables(
        _ variables: [Located<ConfigurationDocument.Member>],
        of option: String,
        to table: inout ConfigurationDocument.Table
    ) {
        var members: [ConfigurationDocument.Member] = []
        for variable in variables {
            members.removeAll { $0.key == variable.value.key }
            if variable.value.value == .string("") {
                self.result.leave(
                    "\(option) \(variable.value.key)",
                    at: variable.place,
                    "variables have values here: leave it out, or give it one"
                )
            } else {
                members.append(variable.value)
            }
        }
        if !members.isEmpty { table.set("environment", to: .table(members), from: option) }
    }

    /// A location for all of a host that one program answers for, before version 2.
    mutating func entrypointLocation(of server: GmidServer) -> ConfigurationDocument.Table? {
        guard let entrypoint = server.entrypoint else { return nil }
        self.result.leave(
            "entrypoint \"\(entrypoint.value)\"",
            at: entrypoint.place,
            "no single program answers for a whole host: run it as a FastCGI or SCGI daemon, and name that in the place of the answer 40"
        )
        var location = ConfigurationDocument.Table()
        location.set("path", to: "/", from: "entrypoint, \(entrypoint.place.short)")
        self.close(&location)
        return location
    }
}
