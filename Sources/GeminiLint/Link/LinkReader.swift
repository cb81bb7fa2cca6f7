import GeminiProtocol

/// Reads the address of a link as clients do, and says what is wrong with how it is written.
struct LinkReader {
    /// The page that the link stands on.
    let base: GeminiURL

    func read(_ text: String) -> (target: LinkTarget, remarks: [Remark]) {
        let reference: URIReference
        do {
            reference = try URIReference(lenient: text)
        } catch {
            return (.none, [Remark(.invalidURL, "The address cannot be read: \(error)")])
        }
        var remarks: [Remark] = []
        if !text.utf8.allSatisfy({ $0 < 0x80 }) || (try? URIReference(text)) == nil {
            remarks.append(
                Remark(.unencodedURL, "Some characters of the address have to be percent-encoded: write \(reference).")
            )
        }
        let resolved = reference.resolved(against: self.base.reference).normalized()
        let scheme = resolved.scheme ?? ""
        guard scheme == "gemini" else {
            if scheme == "titan" { remarks += self.checkRequest(resolved) }
            if !KnownSchemes.contains(scheme) {
                remarks.append(Remark(.unknownScheme, "The scheme '\(scheme)' is not a common one."))
            }
            return (.other(scheme: scheme), remarks)
        }
        var faults = self.checkRequest(resolved)
        if Self.climbs(reference, from: self.base) {
            faults.append(Remark(.outsideRoot, "The address climbs above the root of the capsule."))
        }
        guard faults.isEmpty, let url = try? GeminiURL(resolved) else { return (.none, remarks + faults) }
        return (.gemini(url.withoutFragment), remarks)
    }

    /// What the protocol asks of the address of a request.
    private func checkRequest(_ reference: URIReference) -> [Remark] {
        guard let authority = reference.authority, authority.host != nil else {
            return [Remark(.invalidURL, "The address has no host.")]
        }
        guard authority.userinfo == nil else {
            return [Remark(.userinfo, "The address holds a user name, which Gemini forbids.")]
        }
        guard let url = try? GeminiURL(reference) else {
            return [Remark(.invalidURL, "No request can be made of the address.")]
        }
        let length = url.withoutFragment.description.utf8.count
        guard length <= RequestLine.maximumLength else {
            return [
                Remark(.longURL, "The address has \(length) bytes, and a request at most \(RequestLine.maximumLength).")
            ]
        }
        return []
    }

    /// Whether a path has more `..` than there are folders to leave. Clients stop at the root, and show another page than
    /// was meant.
    private static func climbs(_ reference: URIReference, from base: GeminiURL) -> Bool {
        guard reference.authority == nil, !reference.path.isEmpty else { return false }
        var depth = reference.path.hasPrefix("/") ? 0 : base.path.utf8.count { $0 == UInt8(ascii: "/") } - 1
        for segment in PathSegments(reference.path) {
            switch (try? segment.decoded()) ?? "" {
            case ".": continue
            case "..":
                depth -= 1
                if depth < 0 { return true }
            default: depth += 1
            }
        }
        return false
    }
}
