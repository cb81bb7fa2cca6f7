import Logging

extension ConnectionCensus {
    /// Tells the operator where fewer connections are taken than the limits ask for.
    func explain(_ limits: Limits, descriptors: Int, to logger: Logger) {
        let maximum = self.maximum
        guard let asked = limits.maximumConnections, asked > maximum else { return }
        logger.notice(
            "At most \(maximum) connections are taken at once, not \(asked): each may need two of the \(descriptors) files that may be open, a limit that is raised with 'ulimit -n', or LimitNOFILE= of systemd."
        )
    }
}
