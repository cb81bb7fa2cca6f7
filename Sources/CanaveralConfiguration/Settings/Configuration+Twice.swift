/// What there can be once only.
extension Configuration {
    /// Reports names that two hosts have, and locations that two of one host are for.
    func checkHosts(_ table: TableReader) {
        if !table.has(Keys.hosts) {
            table.report("There is no [[host]]: name at least one, with its 'name' and 'root'.")
        }
        var owners: [HostName: HostSettings] = [:]
        for host in self.hosts {
            for name in host.names {
                if let owner = owners[name] {
                    table.place.reader.report(
                        ConfigurationProblem(
                            owner.path == host.path
                                ? "\(name) is named twice: name it once."
                                : "\(name) is a name of the host\(owner.line.map { " in line \($0)" } ?? "") too: name it once.",
                            at: host.path,
                            line: host.line
                        )
                    )
                }
                owners[name] = host
            }
            var places: Set<LocationSettings.Place.Identity> = []
            for location in host.locations where !places.insert(location.place.identity).inserted {
                table.place.reader.report(
                    ConfigurationProblem(
                        "\(host.title) has two locations for \(location.place): write it once.",
                        at: location.path,
                        line: location.line
                    )
                )
            }
        }
        let defaults = self.hosts.filter(\.isDefault)
        guard defaults.count > 1, let last = defaults.last else { return }
        let titles = defaults.map { host in
            host.title + (host.lines[HostSettings.Keys.isDefault.name].map { " (line \($0))" } ?? "")
        }
        table.place.reader.report(
            ConfigurationProblem(
                "\(titles.dropLast().joined(separator: ", ")) and \(titles[titles.count - 1]) are \(defaults.count == 2 ? "both" : "all") the default host: one can be.",
                at: "\(last.path).\(HostSettings.Keys.isDefault.name)",
                line: last.lines[HostSettings.Keys.isDefault.name]
            )
        )
    }

    func checkListeners(_ table: TableReader) {
        var addresses: Set<ListenerSettings.Address> = []
        for listener in self.listeners where !addresses.insert(listener.address).inserted {
            table.place.reader.report(
                ConfigurationProblem(
                    "\(listener.address) is listened on twice: name it once.",
                    at: listener.key,
                    line: listener.line
                )
            )
        }
    }
}

extension LocationSettings.Place {
    /// A place in a form that is the same for all spellings of it.
    enum Identity: Hashable {
        case prefix(LocationPath)
        case exact(LocationPath)
        case regex(String)
    }

    var identity: Identity {
        switch self {
        case .prefix(let path): .prefix(LocationPath(prefix: path))
        case .exact(let path): .exact(LocationPath(path))
        case .regex(let pattern): .regex(pattern)
        }
    }
}
