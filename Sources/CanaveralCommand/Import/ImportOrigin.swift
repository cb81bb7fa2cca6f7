import ArgumentParser
import CanaveralConfiguration

/// Where the other server runs, and what becomes of its settings.
struct ImportOrigin: ParsableArguments {
    @Option(
        name: .customLong("in"),
        help: ArgumentHelp(
            "The folder that the other server is started in, which its relative paths begin at. (default: this one)",
            valueName: "dir"
        ),
        completion: .directory
    )
    var folder: String?

    /// Writes the configuration to standard output, and what it lacks to standard error.
    ///
    /// - Throws: an exit code where the other server's settings cannot be read, or some have no equal.
    func write(
        from peer: String,
        _ configuration: (ImportSite) throws(ImportError) -> ImportedConfiguration
    ) throws {
        do throws(Failure) {
            try self.print(try self.reading(configuration), from: peer)
        } catch {
            throw error.report()
        }
    }

    /// The same of a configuration file, or of standard input, where it is `-`.
    func write(
        from peer: String,
        file: String,
        _ configuration: (String, ImportSite) throws(ImportError) -> ImportedConfiguration
    ) throws {
        guard file == "-" else {
            return try self.write(from: peer) { site throws(ImportError) in try configuration(file, site) }
        }
        let text: [UInt8]
        do throws(Failure) {
            text = try Terminal.input()
        } catch {
            throw error.report()
        }
        let name = "standard input"
        try self.write(from: peer) { site throws(ImportError) in
            try configuration(name, site.reading(text, as: name))
        }
    }

    private func reading(
        _ configuration: (ImportSite) throws(ImportError) -> ImportedConfiguration
    ) throws(Failure) -> ImportedConfiguration {
        let site = try ImportSite(startedIn: self.folder)
        do throws(ImportError) {
            return try configuration(site)
        } catch .commandLine(let reason) {
            throw .usage("\(reason).")
        } catch {
            throw .configuration("\(error)")
        }
    }

    private func print(_ imported: ImportedConfiguration, from peer: String) throws(Failure) {
        try Terminal.result(bytes: Array(imported.document.description.utf8))
        guard !imported.leftovers.isEmpty else { return }
        for leftover in imported.leftovers { Terminal.notice(Terminal.harmless("\(leftover)")) }
        let count = imported.leftovers.count
        throw .work(
            "\(count) \(count == 1 ? "setting" : "settings") of \(peer) could not be carried over as \(count == 1 ? "it is" : "they are")."
        )
    }
}
