/// Whose variables a program gets, so that one written for another server runs unchanged.
///
/// The styles differ in names and in spellings: a certificate's hash is `SHA256:86341FB4…` to one program and `86341fb4…`
/// to the next. The raw values are those of `--cgi-style`.
public enum GatewayStyle: String, Hashable, Sendable, CaseIterable {
    /// Everything there is, by jetforce's names and spellings first, and what RFC 3875 demands.
    case canaveral
    /// What jetforce 1.0 sets for CGI, and nothing else.
    case jetforce
    /// What gmid 2 sets for FastCGI, and nothing else.
    case gmid
    /// What molly-brown sets for CGI and SCGI, and nothing else.
    case mollyBrown = "molly-brown"
    /// What GmCapsule sets for CGI, and nothing else of its own.
    case gmcapsule
}
