/// What a server measures, through swift-metrics: each by the label under which the backend gets it, with what it means.
///
/// Labels are in the spelling of OpenMetrics, less the endings that the kind of metric brings with it (`_total` for
/// counters, `_seconds` for times).
public enum ServerMetric: String, CaseIterable, Hashable, Sendable {
    case connectionsAccepted = "gemini_connections_accepted"
    case connectionsOpen = "gemini_connections_open"
    case connectionsRefused = "gemini_connections_refused"
    case connectionsPassedThrough = "gemini_connections_passed_through"
    case handshakes = "gemini_handshakes"
    case handshakesFailed = "gemini_handshakes_failed"
    case requests = "gemini_requests"
    case responses = "gemini_responses"
    case responsesIncomplete = "gemini_responses_incomplete"
    case responseBytes = "gemini_response_bytes"
    case uploadBytes = "gemini_upload_bytes"
    case timeToFirstByte = "gemini_time_to_first_byte"
    case responseTime = "gemini_response_time"
    case certificateExpiry = "gemini_certificate_expiry_timestamp_seconds"
    case reloads = "gemini_reloads"
    case bans = "gemini_bans"

    /// One sentence for whoever reads the numbers.
    public var help: String {
        switch self {
        case .connectionsAccepted: "Connections that were let in."
        case .connectionsOpen: "Connections that are open now."
        case .connectionsRefused: "Connections that were not let in, by reason."
        case .connectionsPassedThrough: "Connections that were handed to another server without ending their TLS here."
        case .handshakes: "TLS handshakes that came to their end, by version of TLS."
        case .handshakesFailed: "TLS handshakes that did not come to their end, by reason."
        case .requests: "Request lines that came to their end, by scheme; those that are no request are malformed."
        case .responses: "Responses whose header was sent, by status; 44 asks a client to slow down."
        case .responsesIncomplete: "Exchanges that ended before the end of their response."
        case .responseBytes: "Bytes of headers and bodies that were handed to the system to be sent."
        case .uploadBytes: "Bytes of Titan uploads that were handed to their responders."
        case .timeToFirstByte: "Time from the end of a request line to the header of its response."
        case .responseTime: "Time from the end of a request line to the end of its response."
        case .certificateExpiry:
            "When the certificate of a host expires, in seconds since 1970, by the host's first name."
        case .reloads: "Configurations that were read while the server ran, by whether they were taken."
        case .bans: "Sources that were refused for a while because they went on after being told to slow down."
        }
    }
}
