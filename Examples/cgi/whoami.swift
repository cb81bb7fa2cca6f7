// Tells visitors who they are to a server: the hash of their certificate.
//
//     swiftc -O Examples/cgi/whoami.swift -static-stdlib -o Examples/cgi/cgi-bin/whoami

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}

if let hash = variable("TLS_CLIENT_HASH") {
    print("20 text/gemini", terminator: "\r\n")
    print("# You are \(hash)")
    print("Your certificate says \(variable("REMOTE_USER") ?? "nothing"), which anybody's could.")
} else {
    print("60 Show a certificate, and you will be told who you are.", terminator: "\r\n")
}
