package import GeminiProtocol

/// The redirects of one request, and what to do about the next one.
package struct RedirectChain: Sendable {
    /// What a redirect calls for.
    package enum Step: Sendable, Hashable {
        /// Ask there.
        case follow(GeminiURL)
        /// It leads to another scheme, which is for the caller to decide (GP-139).
        case otherScheme(URIReference)
        /// As many as are allowed were followed already (GP-136).
        case tooMany(URIReference)
    }

    /// Where the request stands, with the fragment to apply.
    package private(set) var url: GeminiURL

    /// The redirects so far.
    package private(set) var redirects: [Redirect] = []

    private let limit: Int

    /// - Parameters:
    ///   - url: what was asked for.
    ///   - limit: the most redirects to follow (GP-136).
    package init(_ url: GeminiURL, limit: Int) {
        self.url = url
        self.limit = limit
    }

    /// Takes the target of a redirect from ``url``.
    ///
    /// Resolved against the URL that was asked for, whose query is not carried over (GP-131, GP-132). The target's
    /// fragment counts, else the one that was there (GP-135). What RFC 3986 does not allow is percent-encoded.
    package mutating func redirect(to text: String, isPermanent: Bool) throws(RedirectError) -> Step {
        let target = try self.resolve(text)
        guard target.scheme == self.url.scheme else {
            return .otherScheme(target)
        }
        let url = try self.url(target, text)
        guard self.redirects.count < self.limit else {
            return .tooMany(url.reference)
        }
        self.redirects.append(Redirect(source: self.url, target: url, isPermanent: isPermanent))
        self.url = url
        return .follow(url)
    }

    /// Where a redirect leads that is not followed.
    package func resolve(_ text: String) throws(RedirectError) -> URIReference {
        let reference: URIReference
        do throws(URIError) {
            reference = try URIReference(lenient: text)
        } catch {
            throw .unreadable(target: text, on: self.url, error)
        }
        let target = reference.resolved(against: self.url.reference).normalized()
        guard target.authority?.userinfo == nil else {
            throw .userinfo(target: text, on: self.url)
        }
        return target
    }

    private func url(_ target: URIReference, _ text: String) throws(RedirectError) -> GeminiURL {
        var url: GeminiURL
        do throws(URIError) {
            url = try GeminiURL(target)
            if url.fragment == nil, let fragment = self.url.fragment {
                url = try GeminiURL("\(url)#\(fragment)")
            }
        } catch .userinfo {
            throw .userinfo(target: text, on: self.url)
        } catch .missingHost {
            throw .missingHost(target: text, on: self.url)
        } catch {
            throw .unreadable(target: text, on: self.url, error)
        }
        url = url.strippingTitanParameters
        do throws(RequestLineError) {
            _ = try RequestLine(url, titan: url.scheme == "titan" ? .edit : nil)
        } catch {
            throw .unusable(target: url, on: self.url, error)
        }
        return url
    }
}
