/// Where a value stands that is being read.
struct ValuePlace {
    var path: SettingPath
    /// The line of the file, from 1; the file as a whole has none.
    var line: Int?
    var reader: ConfigurationReader

    /// The file as a whole.
    init(_ reader: ConfigurationReader) {
        self.init(path: SettingPath(), line: nil, reader: reader)
    }

    private init(path: SettingPath, line: Int?, reader: ConfigurationReader) {
        self.path = path
        self.line = line
        self.reader = reader
    }

    func report(_ sentence: String, severity: ConfigurationProblem.Severity = .error) {
        self.reader.report(ConfigurationProblem(sentence, at: "\(self.path)", line: self.line, severity: severity))
    }

    func at(_ index: Int, line: Int?) -> ValuePlace {
        ValuePlace(path: self.path.appending(index), line: line, reader: self.reader)
    }

    func at(_ key: String, line: Int?) -> ValuePlace {
        ValuePlace(path: self.path.appending(key), line: line, reader: self.reader)
    }

    /// A path of the file system, from the folder of the file where it is relative.
    func resolved(_ path: String) -> String {
        CleanPath.absolute(path, in: self.reader.folder)
    }
}
