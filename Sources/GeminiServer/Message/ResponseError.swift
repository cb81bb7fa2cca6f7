/// An error that is an answer: thrown by a responder, it reaches the client as its ``response``.
///
/// ```swift
/// struct NotAMember: ResponseError {
///     var response: Response { .failure(.certificateNotAuthorized, "Members only.") }
/// }
/// ```
public protocol ResponseError: Error {
    /// What the client is told.
    var response: Response { get }
}
