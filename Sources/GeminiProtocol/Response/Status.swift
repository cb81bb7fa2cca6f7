/// The two-digit code that opens every response.
///
/// The set is open: every code from 10 to 69 is a status, because a client has to act on codes that it does not know
/// (GP-080). The eighteen codes that the protocol defines are static members, and only those can be sent (GP-077).
///
/// ```swift
/// switch status.group {
/// case .success: read(body)
/// case .redirect: follow(meta)
/// default: show(status.defaultMessage)
/// }
/// ```
///
/// There is deliberately no integer literal: a wrong number in a literal could only be found at run time, while every
/// code that may be sent has a name.
public struct Status: Sendable, Hashable {
    private let storage: UInt8

    /// The code, from 10 to 69.
    public var code: Int {
        Int(self.storage)
    }

    /// Makes a status of any code that the protocol has room for; `nil` below 10 and above 69 (GP-079).
    public init?(code: Int) {
        guard (10...69).contains(code) else { return nil }
        self.storage = UInt8(code)
    }

    private init(defined code: UInt8) {
        self.storage = code
    }
}

extension Status {
    /// 10: the client is to ask its user for a line of text and to repeat the request with it as the query.
    public static let input = Status(defined: 10)
    /// 11: as ``input``, for what should not be shown while it is typed, nor kept.
    public static let sensitiveInput = Status(defined: 11)
    /// 20: a body of the media type that the meta names follows.
    public static let success = Status(defined: 20)
    /// 30: the resource is at another address for now.
    public static let temporaryRedirect = Status(defined: 30)
    /// 31: the resource is at another address for good.
    public static let permanentRedirect = Status(defined: 31)
    /// 40: the request failed, and the same request may work later.
    public static let temporaryFailure = Status(defined: 40)
    /// 41: the server is overloaded or under maintenance.
    public static let serverUnavailable = Status(defined: 41)
    /// 42: a process that makes dynamic content died, timed out or answered nonsense.
    public static let cgiError = Status(defined: 42)
    /// 43: a proxy could not complete the transaction with the remote host.
    public static let proxyError = Status(defined: 43)
    /// 44: the client is to wait, and longer each time that it meets this status again.
    public static let slowDown = Status(defined: 44)
    /// 50: the request failed, and will fail again.
    public static let permanentFailure = Status(defined: 50)
    /// 51: there is nothing at this address.
    public static let notFound = Status(defined: 51)
    /// 52: what was at this address will not come back.
    public static let gone = Status(defined: 52)
    /// 53: the address belongs to a host, port or scheme that is not served here.
    public static let proxyRequestRefused = Status(defined: 53)
    /// 59: the request could not be parsed, or breaks the protocol's rules.
    public static let badRequest = Status(defined: 59)
    /// 60: the resource needs a client certificate.
    public static let certificateRequired = Status(defined: 60)
    /// 61: the client certificate is good, but not allowed here.
    public static let certificateNotAuthorized = Status(defined: 61)
    /// 62: the client certificate itself is bad, whatever the resource.
    public static let certificateNotValid = Status(defined: 62)

    /// The eighteen codes that the protocol defines, in ascending order.
    public static let defined: [Status] = [
        .input, .sensitiveInput,
        .success,
        .temporaryRedirect, .permanentRedirect,
        .temporaryFailure, .serverUnavailable, .cgiError, .proxyError, .slowDown,
        .permanentFailure, .notFound, .gone, .proxyRequestRefused, .badRequest,
        .certificateRequired, .certificateNotAuthorized, .certificateNotValid,
    ]
}
