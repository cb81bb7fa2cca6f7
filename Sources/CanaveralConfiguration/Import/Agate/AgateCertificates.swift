/// agate's folder of certificates: `HOST/cert.der` and `key.der` for a name and those below it, and a pair for all others.
struct AgateCertificates {
    let folder: String
    /// The hosts that have a pair.
    let names: [String]
    private let hasPairForAll: Bool

    init(in folder: String, at site: ImportSite) {
        self.folder = folder
        func isPair(_ folder: String) -> Bool {
            site.hasFile("cert.der", in: folder) && site.hasFile("key.der", in: folder)
        }
        self.names = (site.entries(folder) ?? []).filter { $0.isFolder && isPair("\(folder)/\($0.name)") }.map(\.name)
        self.hasPairForAll = isPair(folder)
    }

    /// The files that agate takes for a name: those of the longest name that it ends with.
    func pair(for host: String) -> (certificate: String, key: String)? {
        let name = self.names.filter { host.hasSuffix($0) }.max { $0.utf8.count < $1.utf8.count }
        guard name != nil || self.hasPairForAll else { return nil }
        let folder = name.map { ImportSite.path($0, in: self.folder) } ?? self.folder
        return ("\(folder)/cert.der", "\(folder)/key.der")
    }
}
