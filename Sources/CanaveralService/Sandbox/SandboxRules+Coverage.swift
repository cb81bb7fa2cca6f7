extension SandboxRules {
    /// A sentence for each thing that these rules allow and others do not: what a configuration that is read anew wants,
    /// and a sandbox that was closed before keeps from it.
    package func uncovered(by closed: SandboxRules) -> [String] {
        var sentences: [String] = []
        for place in self.places where !place.isOptional && !closed.covers(place) {
            let sentence = "The sandbox is closed for \(place.path): restart the server to open it."
            if !sentences.contains(sentence) { sentences.append(sentence) }
        }
        let ports = [
            (self.openPorts.bind, closed.openPorts.bind, "listening on"),
            (self.openPorts.connect, closed.openPorts.connect, "connecting to"),
        ]
        for (wanted, allowed, verb) in ports {
            guard let allowed else { continue }
            if let wanted {
                for port in wanted.subtracting(allowed).sorted() {
                    sentences.append("The sandbox is closed for \(verb) port \(port): restart the server to open it.")
                }
            } else {
                sentences.append("The sandbox is closed for \(verb) any port: restart the server to open it.")
            }
        }
        return sentences
    }

    private func covers(_ place: Place) -> Bool {
        var missing = place.rights
        for allowed in self.places
        where allowed.resolved == place.resolved || allowed.resolved == "/"
            || place.resolved.hasPrefix(allowed.resolved + "/")
        {
            missing.subtract(allowed.rights)
        }
        return missing.isEmpty
    }
}
