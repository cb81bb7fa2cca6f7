import ArgumentParser
import GeminiFiles
import GeminiLint
import GeminiProtocol

/// What is checked, and for what.
struct LinksOptions: ParsableArguments {
    /// Where the capsule is.
    enum Place {
        case folder(String)
        case url(GeminiURL)
    }

    @Argument(
        help: ArgumentHelp("A folder, or where to begin on a server, as in gemini://localhost/.", valueName: "dir|url"),
        completion: .directory
    )
    var target: String

    @Option(
        name: .customLong("hostname"),
        help: ArgumentHelp(
            "A host name that the folder is served by: links to it are links within the capsule. Repeat it. (default: localhost)",
            valueName: "name"
        )
    )
    var names: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file that stands for its folder. Repeat it. (default: index.gmi, index.gemini)",
            valueName: "name"
        )
    )
    var indexFile: [String] = []

    @Flag(name: .customLong("no-listing"), help: "The server answers 51 for a folder without an index file.")
    var hidesListings = false

    @Flag(help: "Also ask other hosts whether links to them lead anywhere.")
    var external = false

    @Option(help: ArgumentHelp("The pause between two requests to one host.", valueName: "seconds"))
    var delay = 1.0

    @Option(help: ArgumentHelp("The most requests that a crawl makes to the host.", valueName: "number"))
    var maxPages = 1000

    @Option(
        name: .customLong("ignore"),
        help: ArgumentHelp("A rule that does not count, or several with commas between. Repeat it.", valueName: "rule"),
        completion: .list(Rule.allCases.map(\.rawValue))
    )
    var ignored: [String] = []

    @Flag(help: "End with 1 for warnings too.")
    var strict = false

    @Flag(help: "Print the findings as JSON.")
    var json = false

    func validate() throws {
        for name in self.ignored.flatMap({ $0.split(separator: ",") }) where Rule(rawValue: String(name)) == nil {
            throw ValidationError(
                "'\(name)' in --ignore is no rule: choose from \(Rule.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        }
        for name in self.names where (try? Host(name)) == nil {
            throw ValidationError("'\(name)' is no host name, such as example.org.")
        }
        guard self.delay >= 0, self.delay <= 3600 else {
            throw ValidationError("--delay takes a number of seconds from 0 to 3600.")
        }
        guard self.maxPages > 0 else { throw ValidationError("--max-pages takes a number above 0.") }
        _ = try self.place()
    }

    func place() throws -> Place {
        guard self.target.contains("://") else { return .folder(self.target) }
        let url: GeminiURL
        do {
            url = try GeminiURL(lenient: self.target)
        } catch {
            throw ValidationError("'\(self.target)' is no URL: \(error)")
        }
        guard url.scheme == "gemini" else {
            throw ValidationError("'\(self.target)' cannot be crawled: give a URL that begins with gemini://.")
        }
        return .url(url)
    }

    func hosts() -> [Host] {
        let hosts = self.names.compactMap { try? Host($0).withoutTrailingDot }
        return hosts.isEmpty ? [ServiceDefaults.localhost] : hosts
    }

    func filesOptions() -> Files.Options {
        var options = Files.Options()
        if !self.indexFile.isEmpty { options.indexNames = self.indexFile }
        options.listsFolders = !self.hidesListings
        return options
    }

    var ignoredRules: Set<Rule> {
        Set(self.ignored.flatMap { $0.split(separator: ",") }.compactMap { Rule(rawValue: String($0)) })
    }
}
