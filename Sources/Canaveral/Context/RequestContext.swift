/// What a handler knows: the request and everything that was found out about it on the way.
///
/// A context is a value whose type the application chooses. ``BasicContext`` is enough to begin with. A group of routes
/// can have a context of its own, made of its parent's, in which what the group demands is a property rather than a
/// check (``ChildContext``).
public protocol RequestContext: Sendable {
    /// The request, the route's parameters and the application's surroundings. Extensions of this protocol offer what is
    /// in it under short names.
    var core: CoreContext { get set }
}

/// A context that needs nothing but the request, for routes outside of all groups. One that has more of the application in
/// it is made by a closure: ``Capsule/init(hostname:identity:options:context:routes:)-(_,_,_,(CoreContext)->Context,_)``.
public protocol RootContext: RequestContext {
    init(_ core: CoreContext)
}

/// A context made of another when a request reaches a group.
///
/// What cannot be had ends the request: `init` throws the answer, such as `ResponseError` with status 60.
///
/// ```swift
/// struct MemberContext: ChildContext {
///     var core: CoreContext
///     let member: Member
///
///     init(_ parent: AppContext) async throws {
///         self.core = parent.core
///         self.member = try await parent.members.find(try parent.certificate)
///     }
/// }
///
/// routes.group("/members", context: MemberContext.self) { members in
///     members.page("/") { context in .gemtext("# Welcome, \(context.member.name)") }
/// }
/// ```
public protocol ChildContext<Parent>: RequestContext {
    associatedtype Parent: RequestContext

    init(_ parent: Parent) async throws
}

/// The context of an application that needs none of its own.
public struct BasicContext: RootContext {
    public var core: CoreContext

    public init(_ core: CoreContext) {
        self.core = core
    }
}
