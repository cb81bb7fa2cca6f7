/// What authorities say of a certificate, whatever its names.
package enum ChainVerdict: Sendable, Hashable {
    /// One of them vouches for it.
    case trusted
    /// It is signed by its own key, and by nobody else.
    case selfSigned
    /// It is neither; the library's words for why.
    case untrusted(reason: String)
}
