import NIOCore

/// How a server gets from what it listens on to what it is to listen on.
struct ListeningPlan {
    private enum Step {
        /// It is open already.
        case keep(ListeningPoint, ListenerConfiguration)
        case open(ListenerConfiguration)
    }

    private var steps: [Step] = []
    /// What is open for the listeners, in their order; complete when all is open.
    private(set) var points: [ListeningPoint] = []
    /// What is open, and for none of the listeners.
    let others: [ListeningPoint]
    /// What is open, wanted or not.
    private let open: [ListeningPoint]
    /// The port that what was opened shares with what is not wanted any more, until ``endSharing()``.
    private var sharedPort: Int?

    /// - Parameter points: what is open.
    init(_ listeners: [ListenerConfiguration], open points: [ListeningPoint]) {
        self.open = points
        var kept: [ListeningPoint] = []
        for listener in listeners {
            let place = listener.address.place
            // Of two listeners at one place the second is opened, which it takes for itself to say whether that may be. An
            // optional address that was not there may be there now.
            if let point = points.first(where: { $0.configuration.address.place == place && !$0.bound.isEmpty }),
                !kept.contains(where: { $0 === point })
            {
                kept.append(point)
                self.steps.append(.keep(point, listener))
            } else {
                self.steps.append(.open(listener))
            }
        }
        self.others = points.filter { point in
            !kept.contains { $0 === point }
                && (!point.bound.isEmpty
                    || !listeners.contains { $0.address.place == point.configuration.address.place })
        }
    }

    /// Opens what is not open yet, or nothing of it. What is open stays as it is.
    ///
    /// One address in the place of all, and all in the place of one, can both be had for as long as they share their port:
    /// connections that come meanwhile go to the one. So nobody is refused when the other is closed. Then
    /// ``endSharing()`` is to be called, or the system lets other sockets of this user have the address too.
    ///
    /// - Parameter leavesOthers: whether what else is open is to be closed then.
    mutating func open(with listener: Listener, leavesOthers: Bool) async throws(ListenError) {
        do {
            try await self.open(with: listener)
        } catch .addressInUse(let address) where leavesOthers && !self.others(at: address.port).isEmpty {
            let others = self.others(at: address.port)
            for point in others { point.share(true) }
            var sharing = listener
            sharing.sharedPort = address.port
            do {
                try await self.open(with: sharing)
                if !listener.reusesPort { self.sharedPort = address.port }
            } catch {
                if !listener.reusesPort, let port = address.port { Self.endSharing(of: port, among: self.open) }
                if case .addressInUse(address) = error { throw .overlapsOpen(address) }
                throw error
            }
        }
    }

    private mutating func open(with listener: Listener) async throws(ListenError) {
        let kept = self.steps.compactMap { step in
            if case .keep(let point, let listener) = step { point.with(listener) } else { nil }
        }
        let new = self.steps.compactMap { step in
            if case .open(let listener) = step { listener } else { nil }
        }
        var opened = try await listener.listen(on: new, besides: kept)[...]
        self.points = self.steps.compactMap { step in
            if case .keep(let point, _) = step { point } else { opened.popFirst() }
        }
    }

    /// What is open and not wanted, at a port.
    private func others(at port: Int?) -> [ListeningPoint] {
        self.others.filter { point in point.addresses.contains { $0.port == port } }
    }

    /// Whether what was opened has the port of what is not wanted any more.
    func isShared(_ point: ListeningPoint) -> Bool {
        self.sharedPort.map { port in point.addresses.contains { $0.port == port } } ?? false
    }

    /// Has what was opened listen alone, when what it shared its port with is closed.
    ///
    /// - Returns: the port that the system goes on letting other sockets of this user have.
    func endSharing() -> Int? {
        guard let port = self.sharedPort else { return nil }
        return Self.endSharing(of: port, among: self.points) ? nil : port
    }

    /// - Returns: whether nobody else can have the port any more.
    @discardableResult
    private static func endSharing(of port: Int, among points: [ListeningPoint]) -> Bool {
        let points = points.filter { point in point.addresses.contains { $0.port == port } }
        #if os(Linux)
        for point in points { point.share(true) }
        ListeningSocket.bindAside(port, sharesPort: true)
        #endif
        for point in points { point.share(false) }
        #if os(Linux)
        ListeningSocket.bindAside(port, sharesPort: false)
        #endif
        return !points.flatMap(\.addresses).contains(where: ListeningSocket.isShared)
    }

    /// Has what was open before treat connections to come as its listener says now.
    func takeOver() {
        for case .keep(let point, let listener) in self.steps { point.take(over: listener) }
    }
}
