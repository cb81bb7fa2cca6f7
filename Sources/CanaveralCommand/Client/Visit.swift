import GeminiClient
import GeminiProtocol

/// Makes a request until there is an answer, with a person at the terminal for what only a person can decide.
struct Visit {
    let client: GeminiClient
    let options: ClientOptions
    /// The answer to the first question of the server.
    var input: String?
    /// Whether the command has an option for it.
    var takesInput = false

    /// How a request ends that nobody has to be asked about any more.
    enum Ending<Content: Sendable>: Sendable {
        case content(Content)
        case redirect(RedirectDecision)
    }

    /// Questions in a row after which a server is only making fun of us.
    private static let maximumSteps = 32

    /// - Throws: ``Failure`` with the server's own words where it answered with neither a page nor a redirect.
    func ending<Content>(
        at url: GeminiURL,
        of request: (GeminiURL) async throws(ClientError) -> Outcome<Content>
    ) async throws(Failure) -> Ending<Content> {
        var url = url
        var input = self.input
        for _ in 0..<Self.maximumSteps {
            let outcome: Outcome<Content>
            do throws(ClientError) {
                outcome = try await request(url)
            } catch {
                if case .unsupportedScheme = error { throw .usage("\(error)") }
                throw .work(self.sentence(for: error, at: url))
            }
            switch outcome {
            case .page(let content):
                return .content(content)
            case .redirect(let decision):
                return .redirect(decision)
            case .input(let request):
                url = try await self.answer(request, with: input)
                input = nil
            case .certificate(let request):
                try await IdentityDesk(options: self.options).choose(for: request)
            case .failure(let failure):
                throw .answer(failure.status.group, "\(self.subject(of: failure.exchange, at: url)): \(failure)")
            case .untrusted(let server):
                try await TrustDesk(options: self.options).decide(about: server)
            }
        }
        throw .work("\(url) asks one question after another.")
    }

    private func answer(_ request: InputRequest, with input: String?) async throws(Failure) -> GeminiURL {
        let question = request.prompt.isEmpty ? "Input:" : request.prompt
        let asks = request.prompt.isEmpty ? "asks for input" : "asks “\(request.prompt)”"
        var remark: String?
        var answer = input
        while true {
            if answer == nil, Terminal.isInteractive {
                if let remark { Terminal.notice(remark) }
                answer = request.isSensitive ? await Terminal.askHidden(question) : await Terminal.ask(question)
            }
            guard let answered = answer else {
                let remedy = self.takesInput ? "answer with --input TEXT" : "ask it on a terminal"
                throw .answer(.input, "\(request.url) \(asks): \(remedy).")
            }
            do throws(InputError) {
                return try request.answered(with: answered)
            } catch {
                guard Terminal.isInteractive else { throw .work("\(error)") }
                remark = "\(error)"
                answer = nil
            }
        }
    }
}
