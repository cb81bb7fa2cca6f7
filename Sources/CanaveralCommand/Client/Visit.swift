import GeminiClient
import GeminiProtocol

/// Asks for a page until there is one, with a person at the terminal for what only a person can decide.
struct Visit {
    let client: GeminiClient
    let options: ClientOptions
    /// The answer to the first question of the server.
    var input: String?

    /// Questions in a row after which a server is only making fun of us.
    private static let maximumSteps = 32

    func page(at url: GeminiURL) async throws(Failure) -> PageStream {
        var url = url
        var input = self.input
        for _ in 0..<Self.maximumSteps {
            let outcome: Outcome<PageStream>
            do throws(ClientError) {
                outcome = try await self.client.stream(url)
            } catch {
                throw .work("\(error)")
            }
            switch outcome {
            case .page(let page):
                return page
            case .input(let request):
                url = try self.answer(request, with: input)
                input = nil
            case .redirect(let decision):
                throw .answer(.redirect, "\(decision)")
            case .certificate(let request):
                try await IdentityDesk(options: self.options).choose(for: request)
            case .failure(let failure):
                throw .answer(failure.status.group, "\(url): \(failure)")
            case .untrusted(let server):
                try await TrustDesk(options: self.options).decide(about: server)
            }
        }
        throw .work("\(url) asks one question after another.")
    }

    private func answer(_ request: InputRequest, with input: String?) throws(Failure) -> GeminiURL {
        var prompt = request.prompt.isEmpty ? "Input" : request.prompt
        var answer = input
        while true {
            if answer == nil, Terminal.isInteractive {
                answer = request.isSensitive ? Terminal.askHidden(prompt) : Terminal.ask(prompt)
            }
            guard let answered = answer else {
                throw .answer(.input, "\(request.url) asks “\(prompt)”: answer with --input TEXT.")
            }
            do throws(InputError) {
                return try request.answered(with: answered)
            } catch {
                guard Terminal.isInteractive else { throw .work("\(error)") }
                prompt = "\(error) \(request.prompt)"
                answer = nil
            }
        }
    }
}
