import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A reason why a server cannot listen, as one sentence that says what to do.
public enum ListenError: Error, Hashable, CustomStringConvertible {
    /// Another program, or another instance of this one, has the address.
    case addressInUse(ListenAddress)
    /// The address belongs to no network interface of this machine.
    case addressNotAvailable(ListenAddress)
    /// The port is one that only the superuser may use.
    case permissionDenied(ListenAddress)
    /// The port is none: it is below 0 or above 65535.
    case badPort(ListenAddress)
    /// The path is none that a Unix socket can have: it is empty, or too long.
    case badPath(ListenAddress)
    /// What is there is no socket, or none that listens for streams.
    case noSocket(ListenAddress)
    /// The address is one of several listeners that treat connections differently.
    case listedTwice(ListenAddress)
    /// The first address is every address of its family, and so holds the second, which is to be listened on as well.
    case listedWithin(ListenAddress, ListenAddress)
    /// The address overlaps one that the server listens on and is to leave, which it cannot do before it has the new one, and
    /// the system does not let it have both: one of them was opened by somebody else, say.
    case overlapsOpen(ListenAddress)
    /// The name stands for no address.
    case unknownHost(ListenAddress)
    /// Anything else that the system refused.
    case failed(ListenAddress, reason: String)

    init(_ error: any Error, address: ListenAddress) {
        guard let error = error as? IOError else {
            self = .failed(address, reason: String(describing: error))
            return
        }
        self =
            switch error.errnoCode {
            case EADDRINUSE: .addressInUse(address)
            case EADDRNOTAVAIL, EAFNOSUPPORT: .addressNotAvailable(address)
            case ENOTSOCK, EBADF: .noSocket(address)
            case ENAMETOOLONG: .badPath(address)
            case EACCES, EPERM: .permissionDenied(address)
            default: .failed(address, reason: FileError.reason(error.errnoCode))
            }
    }

    public var description: String {
        switch self {
        case .addressInUse(let address) where address.host == nil:
            "Another program listens on \(address): stop that one, or choose another path."
        case .addressInUse(let address):
            "\(address) is in use by another program: stop that one, or choose another port."
        case .addressNotAvailable(let address):
            "\(address) is no address of this machine: name one that it has, or 0.0.0.0 or :: for all of them."
        case .permissionDenied(let address) where address.host == nil:
            "\(address) cannot be had with this process's rights: choose a folder that it may write to."
        case .permissionDenied(let address):
            "\(address) needs the rights of the superuser: choose a port of 1024 or above."
        case .badPort(let address):
            "\(address.port ?? -1) is no port: choose one from 1 to 65535, or 0 for any that is free."
        case .badPath(let address):
            "\(address) is no path that a Unix socket can have: choose one of 1 to about 100 bytes."
        case .noSocket(let address):
            if case .inherited = address.place {
                "\(address) is no stream socket that listens: hand over one that does."
            } else {
                "\(address) is a file that is no socket: remove it, or choose another path."
            }
        case .listedTwice(let address):
            "\(address) is an address of two listeners with different settings: let each have its own."
        case .listedWithin(let all, let one):
            "\(all) holds \(one), and a server cannot listen on both: leave one of them out."
        case .overlapsOpen(let address):
            "\(address) overlaps an address that this server is to leave for it, and the system does not let it have both meanwhile: restart the server to exchange them."
        case .unknownHost(let address):
            "\(address.host ?? "\(address)") is neither an IP address nor a name that this machine can resolve."
        case .failed(let address, let reason):
            "Cannot listen on \(address): \(reason)."
        }
    }
}
