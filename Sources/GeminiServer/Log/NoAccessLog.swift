/// The access log of a host whose exchanges are recorded nowhere, whatever the server's others do.
public struct NoAccessLog: AccessLogSink {
    public init() {}

    public func record(_ entry: AccessLogEntry) {}
}
