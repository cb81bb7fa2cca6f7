import GeminiProtocol
import TOML

extension ValueForm where Value == ResponseHeader {
    /// A status and what goes with it: `52 Gone`.
    static var answer: ValueForm {
        let expectation = "a status and its text such as \"52 Gone\""
        return ValueForm(expectation) { node, place in
            guard case .string(let text) = node.value else {
                place.report("It takes \(expectation), and is \(node.value.shown).")
                return nil
            }
            do throws(AnswerProblem) {
                return try Self.header(text)
            } catch {
                place.report(error.sentence ?? "It takes \(expectation), and is \(node.value.shown).")
                return nil
            }
        }
    }

    /// Why a text is no answer.
    struct AnswerProblem: Error {
        /// `nil` where it does not begin with a status.
        var sentence: String?
    }

    /// Reads a status and what goes with it.
    static func header(_ text: String) throws(AnswerProblem) -> ResponseHeader {
        let code = text.prefix { $0 != " " }
        let meta = text.dropFirst(3)
        guard code.utf8.count == 2, let number = Int(code), let status = Status(code: number), status.isDefined else {
            throw AnswerProblem()
        }
        if let sentence = Self.objection(to: meta, after: status) { throw AnswerProblem(sentence: sentence) }
        do {
            return meta.isEmpty ? try ResponseHeader(status) : try ResponseHeader(status, text: meta)
        } catch {
            throw AnswerProblem(sentence: "What is behind \(code) cannot be sent: write another text.")
        }
    }

    /// What is wrong with the text of a status, which clients would read as something else than text.
    private static func objection(to meta: Substring, after status: Status) -> String? {
        switch status.group {
        case .redirect where (try? URIReference(String(meta))) == nil || meta.isEmpty:
            "\(status.code) is a redirect, and its text an address: write one, or use 'redirect'."
        case .success where !meta.isEmpty && (try? MediaType(String(meta))) == nil:
            "\(status.code) is a success, and its text a media type: write one such as \"text/gemini\", or a status from 40 for a message."
        case .temporaryFailure where status == .slowDown && !meta.isEmpty && !Self.isDelay(meta):
            "44 tells the seconds to wait, a number from 1 and nothing else: write \"44 60\", or another status for a message."
        default:
            nil
        }
    }

    private static func isDelay(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && (Int32(text) ?? 0) > 0
    }
}
