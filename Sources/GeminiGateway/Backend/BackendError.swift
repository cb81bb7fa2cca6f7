import GeminiProtocol
import GeminiServer

/// What went wrong with a daemon, for the log. The client gets 42, or 41 where it is worth trying again; behind a header, a
/// connection that ends without close_notify (GP-011).
enum BackendError: ResponseError, Equatable {
    case unreachable(String)
    case connectTimeout
    case headerTimeout
    case stalled
    case uploadStalled
    case runTimeout
    case outputLimit(Int)
    /// The connection broke.
    case broken(String)
    /// It ended where the protocol has more to come.
    case endedEarly
    case response(GatewayResponseError)
    case records(FastCGIError)
    case overloaded
    case refused(protocolStatus: UInt8)
    case failed(applicationStatus: UInt32)

    /// The cases without what is different in each failure.
    enum Kind: Hashable, Sendable {
        case unreachable, connectTimeout, headerTimeout, stalled, uploadStalled, runTimeout, outputLimit, broken
        case endedEarly, response, records, overloaded, refused, failed
    }

    var kind: Kind {
        switch self {
        case .unreachable: .unreachable
        case .connectTimeout: .connectTimeout
        case .headerTimeout: .headerTimeout
        case .stalled: .stalled
        case .uploadStalled: .uploadStalled
        case .runTimeout: .runTimeout
        case .outputLimit: .outputLimit
        case .broken: .broken
        case .endedEarly: .endedEarly
        case .response: .response
        case .records: .records
        case .overloaded: .overloaded
        case .refused: .refused
        case .failed: .failed
        }
    }

    var response: Response {
        switch self {
        case .overloaded: .failure(.serverUnavailable)
        default: .failure(.cgiError)
        }
    }
}

extension BackendError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unreachable(let reason): "It cannot be connected to: \(reason)."
        case .connectTimeout: "It took too long to be connected to."
        case .headerTimeout: "It took too long for its first line."
        case .stalled: "It stopped in its body."
        case .uploadStalled: "It stopped reading the upload."
        case .runTimeout: "It took too long."
        case .outputLimit(let limit): "It sent more than \(limit) bytes."
        case .broken(let reason): "The connection broke: \(reason)."
        case .endedEarly: "It closed the connection before the end of its response."
        case .response(let error): "It sent no response. \(error)"
        case .records(let error): "It does not speak FastCGI. \(error)"
        case .overloaded: "It is overloaded."
        case .refused(let status): "It refused the request with the protocol status \(status)."
        case .failed(let status): "It ended the request with the application status \(status)."
        }
    }
}
