import Canaveral
import GeminiGateway
import GeminiProtocol
import GeminiServer
import TOML

extension ValueForm where Value == AddressRange {
    static var addressRange: ValueForm {
        ValueForm("an address or a range of them such as \"192.0.2.0/24\"", text: { try AddressRange(parsing: $0) })
    }
}

extension ValueForm where Value == RateLimitRule {
    static var rateLimit: ValueForm {
        ValueForm("a rate limit such as \"60/5m\"", text: { try RateLimitRule(parsing: $0) })
    }
}

extension ValueForm where Value == Fingerprint {
    static var fingerprint: ValueForm {
        ValueForm("the fingerprint of a certificate or of its public key, in any spelling") { node in
            if case .string(let text) = node { Fingerprint(parsing: text) } else { nil }
        }
    }
}

extension ValueForm where Value == MediaType {
    static var mediaType: ValueForm {
        ValueForm("a media type such as \"text/gemini\"") { node in
            if case .string(let text) = node { try? MediaType(text) } else { nil }
        }
    }
}

extension ValueForm where Value == BackendAddress {
    static var backendAddress: ValueForm {
        ValueForm("an address such as \"127.0.0.1:4000\" or \"unix:/run/app.sock\"", text: { try BackendAddress($0) })
    }
}

extension ValueForm where Value == GatewayStyle {
    static var gatewayStyle: ValueForm {
        .choice([
            "canaveral": .canaveral, "jetforce": .jetforce, "gmid": .gmid, "molly-brown": .mollyBrown,
            "gmcapsule": .gmcapsule,
        ])
    }
}

extension ValueForm where Value == GeminiURL {
    static var origin: ValueForm {
        ValueForm("a gemini:// address without a query") { node in
            guard case .string(let text) = node, let url = try? GeminiURL(text), url.scheme == "gemini",
                url.query == nil, url.fragment == nil
            else { return nil }
            return url
        }
    }
}

extension ValueForm where Value == ProxyHeader.Version {
    static var proxyHeader: ValueForm { .choice(["v1": .v1, "v2": .v2]) }
}

extension ValueForm where Value == String {
    /// One or more BCP 47 tags, as far as their form goes.
    static var language: ValueForm {
        ValueForm("a language such as \"en\" or \"de-AT\", or several with commas between") { node in
            guard case .string(let text) = node, LanguageTags.isList(text) else { return nil }
            return text
        }
    }

    static var charset: ValueForm {
        ValueForm("a character set such as \"utf-8\"") { node in
            guard case .string(let text) = node, !text.isEmpty, text.utf8.allSatisfy(LanguageTags.isTagByte) else {
                return nil
            }
            return text
        }
    }

    /// The name of a file in its folder.
    static var fileName: ValueForm {
        ValueForm("the name of a file, without a folder or a leading dot") { node in
            guard case .string(let text) = node, FileName.isVisible(text) else { return nil }
            return text
        }
    }

    /// The path of a URL, as people write it.
    static var urlPath: ValueForm {
        ValueForm("a path that begins with a slash, without '.' and '..', such as \"/members/\"") { node in
            guard case .string(let text) = node, text.hasPrefix("/"), !text.contains("?"), !text.contains("#"),
                !text.split(separator: "/").contains(where: { $0 == "." || $0 == ".." })
            else { return nil }
            return text
        }
    }
}

/// What a flag and a setting accept alike.
package enum LanguageTags {
    /// BCP 47 as far as its form goes: parts of one to eight letters and digits.
    package static func isList(_ text: String) -> Bool {
        text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { tag in
            tag.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
                (1...8).contains(part.utf8.count)
                    && part.utf8.allSatisfy { Self.isTagByte($0) && $0 != UInt8(ascii: "_") }
            }
        }
    }

    package static func isTagByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default:
            false
        }
    }
}

/// What a flag and a setting accept alike.
package enum FileName {
    /// By its bytes: a dot or a slash with a combining mark is another character, and the same byte in a path.
    package static func isVisible(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.first != UInt8(ascii: ".") && !name.utf8.contains(UInt8(ascii: "/"))
    }
}
