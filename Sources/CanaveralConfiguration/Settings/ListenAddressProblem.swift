/// Why a text is no address to listen on.
package enum ListenAddressProblem: Error, Hashable {
    /// A number alone, with a colon or without: of what, nobody can say, and a name server would be asked.
    case onlyPort(String)
    case noPort(String)
    /// A number where an address is to be.
    case numberForHost(String)
    /// A star with a port, or without.
    case star(port: Int)
    /// An IPv6 address with a port and without what tells them apart.
    case withoutBrackets(address: String, port: String)
    /// Addresses with commas between.
    case several
    /// A network interface.
    case interface(String)
    /// Neither an IP address nor a name.
    case noHost(String)
    /// A path that begins with what shells expand.
    case tilde
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
        case .star(let port):
            "* is no address: write \"0.0.0.0:\(port)\" and \"[::]:\(port)\" for every address."
        case .withoutBrackets(let address, let port):
            "An IPv6 address with a port needs brackets: write \"[\(address)]:\(port)\"."
        case .several:
            "Several addresses do not go into one text: write a list, as in [\"0.0.0.0:1965\", \"[::]:1965\"], or repeat the flag."
        case .interface(let name):
            "\(name) is a network interface: write an IP address that it has."
        case .noHost(let text):
            "\(text) is neither an IP address nor a name: write one, or 0.0.0.0 and [::] for every address."
        case .tilde:
            "~ is not expanded: write the whole path."
        case .malformed:
            nil
        }
    }
}
