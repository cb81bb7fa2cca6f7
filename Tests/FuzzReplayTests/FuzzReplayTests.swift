import Foundation
import FuzzProperties
import Testing

/// Every seed of the fuzzers, and every input that one of them ever broke a property with, on every run of the tests.
///
/// A property that does not hold stops the process; the case that was started last names the input. `scripts/fuzz` finds
/// new ones.
@Suite("Fuzz replay")
struct FuzzReplayTests {
    /// The properties by the names of the targets.
    static let properties: [String: @Sendable ([UInt8]) -> Void] = [
        "atom": checkAtomProperties,
        "client-hello": checkClientHelloProperties,
        "fastcgi": checkFastCGIProperties,
        "gateway-response": checkGatewayResponseProperties,
        "gemtext": checkGemtextProperties,
        "gemtext-literal": checkGemtextLiteralProperties,
        "known-hosts": checkKnownHostsProperties,
        "media-type": checkMediaTypeProperties,
        "meta": checkMetaFileProperties,
        "proxy-header": checkProxyHeaderProperties,
        "redirect": checkRedirectProperties,
        "request-line": checkRequestLineProperties,
        "response-header": checkResponseHeaderProperties,
        "robots": checkRobotsProperties,
        "subscription": checkSubscriptionProperties,
        "toml": checkTOMLProperties,
        "url": checkURLProperties,
    ]

    @Test("Every fuzz target has a property that is replayed, and every property a target")
    func targets() throws {
        let sources = try FileManager.default.contentsOfDirectory(
            atPath: FuzzInput.folder.appending(path: "Targets").path
        )
        #expect(Set(sources) == Set(Self.properties.keys.map { "\($0).swift" }))
    }

    @Test("Every fuzz target has seeds", arguments: Self.properties.keys.sorted())
    func seeds(target: String) {
        #expect(FuzzInput.all.contains { $0.target == target })
    }

    @Test("No input breaks a property", arguments: FuzzInput.all)
    func replay(input: FuzzInput) throws {
        let property = try #require(Self.properties[input.target], "a folder without a target")
        property(try input.bytes)
    }
}
