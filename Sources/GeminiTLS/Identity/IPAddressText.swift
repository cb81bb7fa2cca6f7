#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// IP addresses between their text and the bytes that certificates hold.
enum IPAddressText {
    /// The 4 or 16 bytes of an address; an IPv6 address may stand in brackets.
    static func bytes(of text: String) -> [UInt8]? {
        var bare = Substring(text)
        if bare.hasPrefix("["), bare.hasSuffix("]") {
            bare = bare.dropFirst().dropLast()
        }
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, String(bare), &bytes) == 1, bare.count == text.count {
            return Array(bytes.prefix(4))
        }
        return inet_pton(AF_INET6, String(bare), &bytes) == 1 ? bytes : nil
    }

    /// The canonical text (RFC 5952) of 4 or 16 bytes.
    static func text(of bytes: some Collection<UInt8>) -> String? {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        let address = Array(bytes)
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, address, &text, socklen_t(text.count)) != nil else {
            return nil
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
