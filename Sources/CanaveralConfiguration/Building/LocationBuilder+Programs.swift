import Canaveral
import GeminiGateway
import GeminiServer

/// Programs, and everything that keeps them from being run: one thing does not hide another.
extension LocationBuilder {
    func programs(_ settings: CGISettings, _ problems: inout [ConfigurationProblem]) -> any Responder {
        var settings = settings
        func report(_ sentence: String, at key: String) {
            problems.append(
                ConfigurationProblem(
                    sentence,
                    at: key == CGISettings.Keys.directory.name ? "\(self.title), cgi" : "\(self.title), cgi.\(key)",
                    line: settings.lines[key] ?? self.location.answerLine
                )
            )
        }
        let process = self.server.configuration.process
        if let server = process.user ?? process.group, let other = settings.user ?? settings.group {
            report(
                "Programs cannot run as \(other), for the server has become \(server) by then, and only root can start them as somebody else: leave it out here, or 'user' and 'group' at the top of the file.",
                at: settings.userKey
            )
            (settings.user, settings.group) = (nil, nil)
        }
        while true {
            do {
                return try CGI(in: settings.directory, options: self.options(settings))
            } catch {
                switch error {
                case .folder:
                    report("\(error)", at: CGISettings.Keys.directory.name)
                    guard settings.directory != "/" else { return LocationTable.nobody }
                    // For what else there is to find.
                    settings.directory = "/"
                case .unknownUser:
                    report("\(error)", at: CGISettings.Keys.user.name)
                    settings.user = nil
                case .unknownGroup:
                    report("\(error)", at: CGISettings.Keys.group.name)
                    settings.group = nil
                case .notRoot:
                    report("\(error)", at: settings.userKey)
                    (settings.user, settings.group) = (nil, nil)
                case .grant(let file):
                    report("\(error)", at: CGISettings.Keys.grant.name)
                    let others = settings.grants.filter { $0 != file.path }
                    guard others.count < settings.grants.count else { return LocationTable.nobody }
                    settings.grants = others
                }
            }
        }
    }

    private func options(_ settings: CGISettings) -> CGI.Options {
        var options = CGI.Options()
        options.style = settings.style
        options.server = self.host.gateway
        options.documentRoot = self.hostContent.root
        options.confinement = settings.isConfined ? CGI.Confinement(writable: settings.grants) : nil
        options.user = settings.user
        options.group = settings.group
        options.environment = settings.environment
        options.headerTimeout = settings.headerTimeout
        options.runTimeout = settings.timeout
        options.maximumProcesses = settings.processes
        options.memoryLimit = settings.memory
        options.outputLimit = settings.output
        options.logger = self.server.logger
        return options
    }
}

extension CGISettings {
    /// The setting that names somebody else for programs.
    fileprivate var userKey: String { self.user == nil ? Keys.group.name : Keys.user.name }
}
