/// Why the certificates of authorities cannot be had, as one sentence. Nobody can have them made, and no key belongs to them.
package struct AuthoritiesError: Error, Hashable, Sendable, CustomStringConvertible {
    package let error: IdentityError

    package init(_ error: IdentityError) {
        self.error = error
    }

    package var description: String {
        switch self.error {
        case .missing(let path): "There is no file \(path): check the path."
        case .empty(let path): "\(path) is empty: put the certificates of authorities into it, or name another file."
        default: self.error.description
        }
    }
}
