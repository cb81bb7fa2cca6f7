/// What reading a file has found so far. One for each file, and not for several threads.
final class ConfigurationReader {
    /// The folder that relative paths begin at.
    let folder: String
    private(set) var problems: [ConfigurationProblem] = []
    /// The keys that somebody asked for, by table: the tests compare them with what is documented.
    private(set) var asked: [String: Set<String>] = [:]

    init(folder: String) {
        self.folder = folder
    }

    /// How many of the problems are errors.
    private(set) var errorCount = 0

    func report(_ problem: ConfigurationProblem) {
        self.problems.append(problem)
        if problem.severity == .error { self.errorCount += 1 }
    }

    func note(_ name: String, of schema: TableSchema) {
        self.asked[schema.name, default: []].insert(name)
    }
}
