import Canaveral

extension ConfigurationCheck {
    /// Locations whose regular expression matches no path, or not all that it names.
    func expressionRemarks() -> [ConfigurationProblem] {
        self.configuration.hosts.flatMap { host in
            host.locations.compactMap { location in
                guard case .regex(let pattern) = location.place,
                    let remark = (try? PathExpression(pattern))?.remark
                else { return nil }
                return ConfigurationProblem(
                    remark,
                    at: "\(host.title), \(location.place)",
                    line: location.line,
                    severity: .warning
                )
            }
        }
    }
}
