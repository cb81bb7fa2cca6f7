import ArgumentParser
import CanaveralConfiguration
import GeminiGateway
import GeminiProtocol

/// Which programs answer requests, and what they are given.
struct ProgramOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Answer with what the programs of a folder print (CGI), named relative to the folder that is served, as in --cgi-dir cgi-bin. Nothing of it is served as a file. (default: no programs are run)",
            valueName: "dir"
        ),
        completion: .directory
    )
    var cgiDir: String?

    @Option(
        help: ArgumentHelp(
            "Whose variables programs get: canaveral, jetforce, gmid, molly-brown or gmcapsule. (default: canaveral, which has all of them by jetforce's spellings)",
            valueName: "style"
        ),
        completion: .list(GatewayStyle.allCases.map(\.rawValue)),
        transform: OptionValue(
            expectation: "one of canaveral, jetforce, gmid, molly-brown and gmcapsule",
            read: GatewayStyle.init(rawValue:)
        ).transform
    )
    var cgiStyle: GatewayStyle = .canaveral

    @Option(
        help: ArgumentHelp(
            "A folder or file that programs may read and write, beside their own folder, which they may read. Repeat it.",
            valueName: "path"
        ),
        completion: .directory
    )
    var cgiGrant: [String] = []

    @Flag(help: "Let programs reach every file that their user can, where Landlock would keep them from it.")
    var cgiUnconfined = false

    /// The names that lead from the folder that is served to that of the programs, where there is one.
    var names: [[UInt8]]? {
        self.cgiDir?.utf8.split(separator: UInt8(ascii: "/")).map(Array.init).filter { $0 != [UInt8(ascii: ".")] }
    }

    func validate() throws {
        guard let cgiDir else {
            if !self.cgiGrant.isEmpty || self.cgiUnconfined {
                throw ValidationError(
                    "--cgi-grant and --cgi-unconfined need --cgi-dir: name the folder of the programs."
                )
            }
            return
        }
        let dot = UInt8(ascii: ".")
        guard !cgiDir.hasPrefix("/"), let names, !names.isEmpty, names.allSatisfy({ $0.first != dot }) else {
            throw ValidationError(
                "'\(cgiDir)' in --cgi-dir is no folder beneath the one that is served, such as cgi-bin, and without a leading dot."
            )
        }
        if self.cgiUnconfined && !self.cgiGrant.isEmpty {
            throw ValidationError("--cgi-grant and --cgi-unconfined exclude each other.")
        }
    }

    /// The programs as a location of the host that shows a folder.
    func location(beneath folder: String) -> LocationSettings? {
        guard let names else { return nil }
        let folders = names.map { String(decoding: $0, as: UTF8.self) }
        var settings = CGISettings(directory: ([folder == "/" ? "" : folder] + folders).joined(separator: "/"))
        settings.style = self.cgiStyle
        settings.grants = self.cgiGrant
        settings.isConfined = !self.cgiUnconfined
        var location = LocationSettings(
            .prefix(folders.map { "/" + PercentEncoding.encode(segment: $0) }.joined())
        )
        location.answer = .cgi(settings)
        return location
    }
}
