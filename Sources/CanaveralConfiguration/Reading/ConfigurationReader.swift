/// What reading a file has found so far. One for each file, and not for several threads.
final class ConfigurationReader {
    private let lines: SettingLines?
    /// The folder that relative paths begin at.
    let folder: String
    private(set) var problems: [ConfigurationProblem] = []
    /// The keys that somebody asked for, by table: the tests compare them with what is documented.
    private(set) var asked: [String: Set<String>] = [:]

    init(lines: SettingLines?, folder: String) {
        self.lines = lines
        self.folder = folder
    }

    func report(_ sentence: String, at path: SettingPath, severity: ConfigurationProblem.Severity = .error) {
        self.problems.append(
            ConfigurationProblem(sentence, at: "\(path)", line: self.line(of: path), severity: severity)
        )
    }

    /// Reports what only the whole of the file shows.
    func report(_ problem: ConfigurationProblem) {
        self.problems.append(problem)
    }

    func line(of path: SettingPath) -> Int? {
        self.lines?[path]
    }

    func note(_ name: String, of schema: TableSchema) {
        self.asked[schema.name, default: []].insert(name)
    }
}
