import CanaveralConfiguration
import GeminiGateway
import GeminiProtocol
import TestSupport
import Testing

import struct Canaveral.PathExpression

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// gmid's way to choose each option by itself, and ours of one location that answers, side by side.
@Suite("gmid's locations and ours")
struct GmidOverlapTests {
    /// What somebody who asks for a path comes to.
    private struct Outcome: Equatable {
        var needsCertificate = false
        /// `files`, a socket, or the text of a fixed answer.
        var answer = "files"
    }

    private struct Location {
        var pattern: String
        var option: String
    }

    private static let patterns = [
        "*", "/a/*", "/a/b/*", "/b/*", "*.gmi", "/a*", "/*/c", "/a/x.gmi", "/b/c", "/[ab]/*", "/a/b/x*", "/a/b/c/*",
        "*b*", "/?/x.gmi", "/",
    ]
    private static let paths = [
        "/", "/a/", "/a/c", "/a/x.gmi", "/a/b/c", "/a/b/x.gmi", "/ab.gmi", "/b/c", "/b/x.gmi", "/c.gmi", "/z",
        "/a/b/c/d.gmi", "/a/b/c/", "/b/b/c/b",
    ]
    private static let options = [
        "block return 51 \"one\"", "block return 52 \"two\"", "block return 30 \"/three%p\"",
        "fastcgi { socket \"/run/one\" }",
        "fastcgi { socket \"/run/two\" }", "fastcgi off", "require client ca \"/etc/ca.pem\"", "lang \"en\"",
    ]

    private static func gmid(_ locations: [Location], _ path: String) -> Outcome {
        func first(_ keyword: String) -> String? {
            locations.first { $0.option.hasPrefix(keyword) && fnmatch($0.pattern, path, 0) == 0 }?.option
        }
        var outcome = Outcome(needsCertificate: first("require") != nil)
        if let block = first("block") {
            outcome.answer = block.contains("51") ? "51 one" : block.contains("52") ? "52 two" : "30 /three\(path)"
        } else if let daemon = first("fastcgi"), daemon != "fastcgi off" {
            outcome.answer = daemon.contains("one") ? "unix:/run/one" : "unix:/run/two"
        }
        return outcome
    }

    private static func ours(_ locations: [LocationSettings], _ path: String) throws -> Outcome {
        var exact: LocationSettings?
        var matching: LocationSettings?
        var longest: (location: LocationSettings, length: Int)?
        for location in locations {
            switch location.place {
            case .exact(let own) where own == path: exact = location
            case .regex(let pattern):
                if matching == nil, try PathExpression(pattern).matches(path) { matching = location }
            case .prefix(let own) where path.hasPrefix(own) && own.count > longest?.length ?? 0:
                longest = (location, own.count)
            default: break
            }
        }
        guard let location = exact ?? matching ?? longest?.location else { return Outcome() }
        var outcome = Outcome(needsCertificate: location.policy.certificates != nil)
        switch location.answer {
        case .files: break
        case .header(let header): outcome.answer = "\(header.status.code) \(header.meta.map { "\($0)" } ?? "")"
        case .fastCGI(let settings): outcome.answer = "\(settings.address)"
        case .redirect(let target, _):
            let pattern = if case .regex(let pattern) = location.place { pattern } else { "" }
            let found = try PathExpression(pattern).groups(in: path)?[1] ?? "?"
            outcome.answer = "30 \(target.replacing("$1", with: found))"
        default: outcome.answer = "something else"
        }
        return outcome
    }

    @Test(
        "What is closed stays closed, files are not shown for what a daemon answers, and without a leftover all is the same",
        arguments: 0..<600
    )
    func sameOutcome(seed: Int) throws {
        var generator = SeededGenerator(state: UInt64(seed))
        let locations = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
            Location(
                pattern: Self.patterns.randomElement(using: &generator) ?? "*",
                option: Self.options.randomElement(using: &generator) ?? "fastcgi off"
            )
        }
        let lines = locations.map { "location \"\($0.pattern)\" { \($0.option) }" }.joined(separator: "\n")
        let text = "server \"example.com\" { cert \"/c\"\nkey \"/k\"\nroot \"/r\"\n\(lines)\n}"
        let site = MemorySite(["/gmid.conf": text]).site(startedIn: "/")
        let imported = try GmidImport.configuration(ofFile: "/gmid.conf", at: site)
        let host = try #require(Configuration.parse(imported.document.description).configuration.hosts.first)
        for path in Self.paths {
            let (theirs, own) = (Self.gmid(locations, path), try Self.ours(host.locations, path))
            let situation = "\(path) of\n\(lines)\nin\n\(imported.document)"
            if theirs.answer == "files" || theirs.answer.hasPrefix("unix:") {
                #expect(
                    own.needsCertificate || !theirs.needsCertificate || own.answer.first == "5"
                        || own.answer.first == "3",
                    "\(situation)"
                )
            }
            if theirs.answer != "files" { #expect(own.answer != "files", "\(situation)") }
            if imported.leftovers.isEmpty { #expect(own.answer == theirs.answer, "\(situation)") }
        }
    }
}
