import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers

/// Answers the requests of a route's conversations.
struct ConversationResponder<Context: RequestContext>: Sendable {
    typealias Body = @Sendable (Conversation<Context>) async throws -> Response

    /// The template of the route.
    let route: String
    let options: ConversationOptions
    private let room = ConversationRoom()

    init(route: String, options: ConversationOptions) {
        self.route = route
        self.options = options
    }

    /// - Parameter rest: what is behind the route's path.
    func respond(to context: Context, rest: String, _ body: Body) async throws -> Response {
        guard let address = ConversationAddress(context.url, rest: rest) else { return .notFound }
        let certificate = context.clientCertificate?.publicKeyFingerprint
        guard address.token != nil || certificate != nil else {
            guard address.place == .start else { return .redirect(to: address.reference(address.root)) }
            return .redirect(to: address.reference(address.path(1, token: context.environment.makeID())))
        }
        let keeper = ConversationKeeper(
            store: context.store,
            key: address.key(route: self.route, certificate: certificate),
            options: self.options,
            environment: context.environment,
            room: self.room,
            prefix: ConversationAddress.prefix(route: self.route)
        )
        let attempts = 100
        for _ in 0..<attempts {
            if let response = try await self.attempt(context, address, keeper, body) { return response }
            try Task.checkCancellation()
            await Task.yield()
        }
        throw StoreError.contended(attempts: attempts)
    }

    /// - Returns: `nil` when another request has changed the conversation meanwhile.
    private func attempt(
        _ context: Context,
        _ address: ConversationAddress,
        _ keeper: ConversationKeeper,
        _ body: Body
    ) async throws -> Response? {
        let kept = try await keeper.load()
        func redirect(_ step: Int) -> Response {
            .redirect(to: address.reference(address.path(step)))
        }

        let turn: ConversationTurn
        switch address.place {
        case .start:
            if address.token != nil { return redirect(kept?.record.current ?? 1) }
            if let record = kept?.record, record.end == nil { return redirect(record.current) }
            let record = ConversationRecord(id: context.environment.makeID())
            return try await keeper.write(record, over: kept).map { _ in redirect(1) }
        case .step(let step):
            let input = try context.request.input()
            turn = ConversationTurn(step: step, kind: input.map { .answer($0) } ?? .read)
        case .draft(let step, let change, let revision):
            let input = try context.request.input()
            turn = ConversationTurn(step: step, kind: .draft(change, revision: revision, input: input))
        }

        // One that is kept by a token is written when there is something to keep.
        let isNew = address.token != nil && turn.step == 1
        guard let kept = kept ?? (isNew ? .init(record: .init(id: context.environment.makeID())) : nil) else {
            return self.options.lost(address.reference(address.root))
        }
        switch kept.record.visit(turn.step, now: keeper.now) {
        case .redirect(let step): return redirect(step)
        case .show(let page): return page.response
        case .run: break
        }

        let conversation = Conversation(context, at: address, turn: turn, kept: kept, keeper: keeper)
        let result: Result<Response, any Error>
        do {
            result = .success(try await body(conversation))
        } catch let error as any ResponseError {
            result = .success(error.response)
        } catch {
            result = .failure(error)
        }
        let state = conversation.state.withLockedValue { $0 }
        guard let interruption = state.interruption else {
            return try await self.finish(try result.get(), at: turn.step, state.kept, keeper)
        }
        return try await self.act(interruption, at: turn.step, state.kept, keeper, address, redirect)
    }

    private func act(
        _ interruption: ConversationInterruption,
        at step: Int,
        _ kept: ConversationKeeper.Kept,
        _ keeper: ConversationKeeper,
        _ address: ConversationAddress,
        _ redirect: (Int) -> Response
    ) async throws -> Response? {
        var record = kept.record
        switch interruption {
        case .respond(let response):
            return response
        case .redirect(let step):
            return redirect(step)
        case .overtaken:
            return nil
        case .accept(let answer):
            guard step <= self.options.maximumAnswers else { return Self.tooLong }
            record.accept(answer, at: step)
        case .keep(let draft):
            record.keep(draft)
            return try await self.write(record, over: kept, keeper) { _ in redirect(step) }
        case .misfit(let step):
            guard record.mayGoBack(to: step, now: keeper.now) else {
                try await keeper.store.delete(keeper.key)
                return self.options.lost(address.reference(address.root))
            }
            record.goBack(to: step)
        }
        return try await self.write(record, over: kept, keeper) { redirect($0.current) }
    }

    /// The closure has returned.
    private func finish(
        _ response: Response,
        at step: Int,
        _ kept: ConversationKeeper.Kept,
        _ keeper: ConversationKeeper
    ) async throws -> Response? {
        switch response.status.group {
        case .input, .temporaryFailure: return response
        case .success, .redirect, .permanentFailure, .clientCertificate: break
        }
        var record = kept.record
        record.finish(at: step, with: KeptResponse(response))
        if (try? keeper.item(record)) == nil {
            record = kept.record
            record.finish(at: step, with: nil)
        }
        guard record != kept.record else { return response }
        return try await self.write(record, over: kept, keeper) { _ in response }
    }

    private func write(
        _ record: ConversationRecord,
        over kept: ConversationKeeper.Kept,
        _ keeper: ConversationKeeper,
        _ response: (ConversationRecord) -> Response
    ) async throws -> Response? {
        do {
            return try await keeper.write(record, over: kept).map { response($0.record) }
        } catch ConversationError.tooLarge {
            return Self.tooLong
        }
    }

    private static var tooLong: Response {
        .failure(.permanentFailure, "This has become too long to be kept.")
    }
}
