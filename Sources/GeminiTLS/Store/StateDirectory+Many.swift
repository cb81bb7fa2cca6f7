package import GeminiProtocol

extension StateDirectory {
    /// The identities of many hosts: for each what ``identity(for:commonName:days:at:)`` gives, where a thousand of them that
    /// have none yet are a matter of seconds.
    ///
    /// - Parameter hosts: the names of each, the one to call the file by first.
    package func identities(
        for hosts: [[String]],
        days: Int = 3650,
        at now: Timestamp
    ) throws(IdentityError) -> [ProvidedIdentity] {
        var made = try self.addMissing(hosts, days: days, at: now)
        var provided: [ProvidedIdentity] = []
        for names in hosts {
            if let name = names.first, let new = made.removeValue(forKey: Self.fileName(for: name)) {
                provided.append(new)
            } else {
                provided.append(try self.identity(for: names, days: days, at: now))
            }
        }
        return provided
    }

    /// Makes identities for the hosts that have none, and that no certificate is for which is there already.
    ///
    /// - Returns: what was made, by file.
    private func addMissing(
        _ hosts: [[String]],
        days: Int,
        at now: Timestamp
    ) throws(IdentityError) -> [String: ProvidedIdentity] {
        if let folder = try Folder.existing(of: self), Self.missing(of: hosts, in: folder).count < 2 { return [:] }
        let folder = try self.makeFolder()
        let lock = try self.lock(folder)
        defer { lock.release() }
        // Only now: another process may have been faster.
        var missing = Self.missing(of: hosts, in: folder)
        let leaves = try self.leaves(in: folder, at: now)
        missing = missing.filter { _, names in !leaves.contains { _, leaf in leaf.covers(names[0]) } }
        var new: [(fileName: String, identity: Identity)] = []
        for (fileName, names) in missing {
            new.append((fileName, try Identity.generate(names: names, days: days, at: now)))
        }
        try self.add(new, in: folder)
        var made: [String: ProvidedIdentity] = [:]
        for (fileName, identity) in new {
            made[fileName] = ProvidedIdentity(identity: identity, path: folder.path(of: fileName), action: .generated)
        }
        return made
    }

    /// The hosts without a file of their own, by the file that they would have.
    private static func missing(of hosts: [[String]], in folder: borrowing Folder) -> [String: [String]] {
        var missing: [String: [String]] = [:]
        for names in hosts {
            guard let name = names.first else { continue }
            let fileName = Self.fileName(for: name)
            if missing[fileName] == nil, !Self.exists(fileName, in: folder) { missing[fileName] = names }
        }
        return missing
    }
}
