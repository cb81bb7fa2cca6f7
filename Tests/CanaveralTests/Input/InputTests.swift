import Canaveral
import GeminiProtocol
import Testing

@Suite("Input")
struct InputTests {
    private let visitor: Visitor

    private enum Colour: String, CaseIterable { case red, green, grey }

    init() throws {
        let router = try TestSurroundings().router { routes in
            routes.page("/name") { context in .text("Hello, \(try context.input("What is your name?"))") }
            routes.page("/note") { context in .text("[\(try context.input("A note?", allowsEmpty: true))]") }
            routes.page("/secret") { context in .text(try context.input("The word?", sensitive: true)) }
            routes.page("/odd") { context in
                .text(try context.input("What?\r\n20 text/gemini\r\n\u{1B}[31m" + String(repeating: "é", count: 600)))
            }
            routes.page("/nothing") { context in .text(try context.input("\r\n")) }
            routes.page("/age") { context in
                let age = try context.input("How old are you?") { text in
                    guard let age = Int(text), age >= 0 else { throw Invalid("\(text) is no age.") }
                    return age
                }
                return .text("\(age + 1)")
            }
            routes.page("/count") { context in .text("\(try context.input("How many?", as: Int.self) * 2)") }
            routes.page("/colour") { context in .text("\(try context.choice("Colour?", of: Colour.self))") }
            routes.page("/delete") { context in .text(try context.confirm("Delete it?") ? "deleted" : "kept") }
            routes.page("/ja") { context in .text(try context.confirm("Sicher?", yes: "ja", no: "nein") ? "ja" : "nein")
            }
            routes.page("/same") { context in .text("\(try context.confirm("Sure?", yes: "so", no: "stop"))") }
            routes.page("/account") { context in
                .text(try context.input("Name?") { name -> String in throw AccountError.nameTaken(name) })
            }
            routes.page("/stray") { _ in throw Invalid("Not like this.") }
            routes.page("/late") { context in
                let name = try context.input("Name?")
                throw InputRequired("Name?", because: "\(name) is taken.")
            }
        }
        self.visitor = try Visitor(router)
    }

    @Test(
        "GP-061, GP-103, GP-107: a question is asked until it has an answer, which is text with LF",
        arguments: [
            ("/name", "10 What is your name?"),
            ("/name?", "10 What is your name?"),
            ("/name?%20%0A", "10 What is your name?"),
            ("/name?Ada", "20 Hello, Ada"),
            ("/account?Ada", "10 The name Ada is taken; choose another. Name?"),
            ("/name?a+b%2Bc%20d", "20 Hello, a+b+c d"),
            ("/name?a%0D%0Ab%0Dc%0Ad", "20 Hello, a\nb\nc\nd"),
            ("/name?%FF", "59 "),
            ("/note", "10 A note?"),
            ("/note?", "20 []"),
            ("/note?%20", "20 [ ]"),
            ("/secret", "11 The word?"),
            ("/secret?", "11 The word?"),
            ("/secret?xyzzy", "20 xyzzy"),
            ("/nothing", "10 Your answer?"),
        ]
    )
    func question(path: String, expected: String) async throws {
        let answer = try await self.visitor.get(path)
        #expect(answer.status == 59 ? "\(answer)".hasPrefix(expected) : "\(answer)" == expected)
    }

    @Test("GP-075, GP-076: a prompt stays one line of at most 1,024 bytes, whatever is in it")
    func prompts() async throws {
        let meta = try await self.visitor.get("/odd").meta
        #expect(meta.hasPrefix("What? 20 text/gemini \u{FFFD}[31mé"))
        #expect(meta.utf8.count <= 1024 && meta.utf8.count > 1020)
    }

    @Test(
        "A wrong answer is asked for again, beginning with the reason",
        arguments: [
            ("/age", "10 How old are you?"),
            ("/age?", "10 How old are you?"),
            ("/age?old", "10 old is no age. How old are you?"),
            ("/age?a%0Ab", "10 a b is no age. How old are you?"),
            ("/age?41", "20 42"),
            ("/count", "10 How many?"),
            ("/count?two", "10 That is no number. How many?"),
            ("/count?%2021%0A", "20 42"),
            ("/late?Ada", "10 Ada is taken. Name?"),
            ("/stray", "59 Not like this."),
        ]
    )
    func reading(path: String, expected: String) async throws {
        #expect("\(try await self.visitor.get(path))" == expected)
    }

    @Test("The reason is shortened before the question is")
    func longReason() {
        let long =
            InputRequired("Question?", because: String(repeating: "è", count: 2000)).response.header.meta?.text ?? ""
        #expect(long.hasSuffix("è Question?") && long.utf8.count <= 1024 && long.utf8.count > 1020)
        let full = InputRequired(String(repeating: "q", count: 2000), because: "No.").response.header.meta?.text ?? ""
        #expect(full == String(repeating: "q", count: 1024))
    }

    @Test(
        "A confirmation takes the words and their first letters, and nothing for a no",
        arguments: [
            ("/delete", "10 Delete it? (yes/no)"),
            ("/delete?yes", "20 deleted"),
            ("/delete?%20YES%20", "20 deleted"),
            ("/delete?y", "20 deleted"),
            ("/delete?no", "20 kept"),
            ("/delete?N", "20 kept"),
            ("/delete?", "20 kept"),
            ("/delete?yeah", "10 Please type yes or no. Delete it? (yes/no)"),
            ("/ja?j", "20 ja"),
            ("/ja?y", "10 Please type ja or nein. Sicher? (ja/nein)"),
            ("/same?s", "10 Please type so or stop. Sure? (so/stop)"),
            ("/same?so", "20 true"),
        ]
    )
    func confirmation(path: String, expected: String) async throws {
        #expect("\(try await self.visitor.get(path))" == expected)
    }

    @Test(
        "A choice takes a word, or as much of it as no other begins with",
        arguments: [
            ("/colour", "10 Colour? (red, green, grey)"),
            ("/colour?green", "20 green"),
            ("/colour?R", "20 red"),
            ("/colour?gre", "10 Please type one of the words. Colour? (red, green, grey)"),
            ("/colour?gree", "20 green"),
            ("/colour?blue", "10 Please type one of the words. Colour? (red, green, grey)"),
        ]
    )
    func choice(path: String, expected: String) async throws {
        #expect("\(try await self.visitor.get(path))" == expected)
    }
}
