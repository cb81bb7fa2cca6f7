/// How a program is reached.
public enum GatewayCarrier: Hashable, Sendable {
    /// A process for each request, with variables in its environment.
    case cgi
    /// A daemon that is sent the variables as a netstring.
    case scgi
    /// A daemon that is sent the variables in records.
    case fastCGI
}
