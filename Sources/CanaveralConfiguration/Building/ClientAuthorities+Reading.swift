import Canaveral

extension ClientAuthorities {
    /// Reads the authorities of files and folders. Each of these that cannot be used is a problem of its own, and then nobody
    /// is vouched for.
    ///
    /// - Parameters:
    ///   - setting: how the setting that names them is spoken of.
    ///   - line: where it stands.
    init(
        reading paths: [String],
        for setting: String,
        line: Int?,
        _ problems: inout [ConfigurationProblem]
    ) {
        var errors = 0
        for path in paths {
            do {
                _ = try ClientAuthorities(paths: [path])
            } catch {
                errors += 1
                problems.append(ConfigurationProblem("\(error)", at: setting, line: line))
            }
        }
        if errors == 0, let authorities = try? ClientAuthorities(paths: paths) {
            self = authorities
        } else {
            self.init(der: [])
        }
    }
}

extension PolicySettings {
    /// The authorities that let visitors in; `nil` where there are none to ask.
    ///
    /// - Parameters:
    ///   - title: how who has the policy is spoken of; empty for the server as a whole.
    ///   - lines: where the settings of that stand.
    func authorities(
        of title: String,
        _ lines: SettingLines,
        _ problems: inout [ConfigurationProblem]
    ) -> ClientAuthorities? {
        guard let paths = self.certificates?.authorities, !paths.isEmpty else { return nil }
        let key = Keys.authorities.name
        return ClientAuthorities(
            reading: paths,
            for: title.isEmpty ? key : "\(title), \(key)",
            line: lines[key],
            &problems
        )
    }
}
