import CanaveralTesting
import Testing

// The code of the article "Streaming".

func makeControlRoom() throws -> Capsule {
    let chat = Broadcast<Gemtext>(history: 20, slowReaders: .drop(last: "You were too slow.")) { change in
        switch change {
        case .joined(let reader): "* \(reader.name) has joined"
        case .left(let reader): "* \(reader.name) has left"
        }
    }
    return try Capsule { routes in
        routes.page("/countdown") { context in
            .stream { page in
                try await page.write("# Countdown")
                for second in (1...10).reversed() {
                    try await page.write("\(second)")
                    try await context.environment.sleep(.seconds(1))
                }
                try await page.write("Lift-off!")
            }
        }
        routes.page("/numbers") { _ in
            let numbers = AsyncStream { continuation in
                for number in 1...3 { continuation.yield("* \(number)" as Gemtext) }
                continuation.finish()
            }
            return .stream(from: numbers)
        }
        routes.page("/chat/{name}") { (_, name: String) in
            .live(chat, as: name, opening: "# Chat\n=> /say/\(name) Say something")
        }
        routes.page("/say/{name}") { (context, name: String) in
            let words = try context.input("Your message")
            chat.publish("\(name): \(words)")
            return .gemtext("You said it.")
        }
    }
}

@Suite("The article \"Streaming\"", .timeLimit(.minutes(10)))
struct StreamingArticle {
    @Test("The code is that of this file")
    func code() throws {
        try expectCode(of: "Sources/Canaveral/Canaveral.docc/Streaming.md", toBeIn: #filePath)
    }

    @Test("A countdown goes by the clock")
    func countdown() async throws {
        let environment = TestEnvironment()
        try await makeControlRoom().test(environment: environment) { client in
            try await client.stream("/countdown") { page in
                var lines = page.textLines.makeAsyncIterator()
                for expected in ["# Countdown"] + (1...10).reversed().map(String.init) {
                    let line = try await lines.next()
                    #expect(line == expected)
                    if expected == "# Countdown" { continue }
                    try await environment.clock.untilSleeping()
                    environment.clock.advance(by: .seconds(1))
                }
                let last = try await lines.next()
                #expect(last == "Lift-off!")
            }
        }
    }

    @Test("A sequence is a page")
    func numbers() async throws {
        try await makeControlRoom().test { client in
            let page = try await client.get("/numbers")
            #expect(page.text == "* 1\n* 2\n* 3\n")
        }
    }

    @Test("What one says, the other reads", arguments: Transport.allCases)
    func chat(_ transport: Transport) async throws {
        try await makeControlRoom().test(transport) { client in
            try await client.stream("/chat/Ada") { page in
                var lines = page.textLines.makeAsyncIterator()
                while let line = try await lines.next(), line != "* Ada has joined" {}
                _ = try await client.get("/say/Bob", input: "# Hi")
                let line = try await lines.next()
                #expect(line == "Bob: # Hi")
            }
        }
    }
}
