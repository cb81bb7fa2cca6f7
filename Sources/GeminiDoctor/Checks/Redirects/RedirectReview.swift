import GeminiProtocol

/// What there is to say of the target of a redirect.
struct RedirectReview {
    /// As it stands in the header.
    var target: String
    /// The request line, with its CRLF.
    var request: [UInt8]

    var faults: [ResponseFault] {
        let reference: URIReference
        do throws(URIError) {
            reference = try URIReference(self.target)
        } catch {
            return [
                ResponseFault(
                    level: .violation,
                    rows: ["GP-130"],
                    title: "The target of a redirect is no URI reference.",
                    remedy: "Percent-encode the target of redirects."
                )
            ]
        }
        var faults: [ResponseFault] = []
        if !self.target.utf8.allSatisfy({ $0 < 0x80 }) {
            faults.append(
                ResponseFault(
                    level: .warning,
                    rows: ["GP-130", "DA-16"],
                    title: "The target of a redirect is not ASCII.",
                    remedy: "Percent-encode the target of redirects."
                )
            )
        }
        if reference.fragment != nil {
            faults.append(
                ResponseFault(
                    level: .warning,
                    rows: ["GP-134"],
                    title: "The target of a redirect has a fragment.",
                    remedy: "Leave the fragment out."
                )
            )
        }
        if let scheme = reference.scheme?.lowercased(), scheme != "gemini" {
            faults.append(
                ResponseFault(
                    level: .warning,
                    rows: ["GP-139"],
                    title: "A redirect leads to another scheme, \(scheme):.",
                    remedy: "Link there instead: clients do not follow by themselves."
                )
            )
        }
        if reference.scheme == nil, reference.authority == nil, reference.path.isEmpty {
            faults.append(
                ResponseFault(
                    level: .warning,
                    rows: ["GP-143"],
                    title: "The target of a redirect has no path.",
                    remedy: "Write the whole path: older clients resolve a mere query badly."
                )
            )
        }
        return faults + self.loop(reference)
    }

    private func loop(_ reference: URIReference) -> [ResponseFault] {
        let line = String(decoding: self.request.prefix { $0 != 0x0D }, as: UTF8.self)
        guard let url = try? GeminiURL(line), let target = try? url.resolving(reference),
            target.withoutFragment.description == line
        else { return [] }
        return [
            ResponseFault(
                level: .violation,
                rows: ["GP-130"],
                title: "A redirect leads to where it comes from.",
                remedy: "Answer with the page, or redirect to another URL."
            )
        ]
    }
}
