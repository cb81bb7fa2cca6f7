/// Why a text is no address to listen on.
package enum ListenAddressProblem: Error, Hashable {
    /// A number alone, with a colon or without: of what, nobody can say, and a name server would be asked.
    case onlyPort(String)
    case noPort(String)
    /// A number where an address is to be.
    case numberForHost(String)
    case malformed

    /// What is wrong and what to write instead; `nil` where there is nothing to say but what is valid.
    package var sentence: String? {
        switch self {
        case .onlyPort(let port):
            "\(port) is a port without an address: write \"127.0.0.1:\(port)\" and \"[::1]:\(port)\" for this machine only, or \"0.0.0.0:\(port)\" and \"[::]:\(port)\" for every address."
        case .noPort(let text):
            "\(text) is no port: ports are numbers up to 65535, and 0 for any that is free."
        case .numberForHost(let text):
            "\(text) is no address: write an IP address or a name before the colon."
        case .malformed:
            nil
        }
    }
}
