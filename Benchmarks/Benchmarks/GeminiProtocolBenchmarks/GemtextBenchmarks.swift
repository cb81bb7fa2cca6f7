import Benchmark
import GeminiProtocol

func registerGemtextBenchmarks() {
    let page = Array(
        String(
            repeating: """
                # Tidying links

                Rain for three days, so I walked round the capsule and tried every door.

                => gemini://example.org/gemlog/tidying-links.gmi 2026-10-30 Tidying links
                * A name, once launched, stays.
                > It is the only time that they can notice.
                ```art
                   /\\
                ```

                """,
            count: 64
        ).utf8
    )
    Benchmark.repeated("Gemtext: parse, a page of \(page.count) bytes", scale: .one) {
        var parser = GemtextParser()
        var lines = 0
        parser.parse(page.span) { _ in lines += 1 }
        parser.finish { _ in lines += 1 }
        return lines
    }

    Benchmark.repeated("Gemtext: build, a listing of 100 files", scale: .one) {
        var text = Gemtext()
        text.heading(1, "Index of /attic/")
        text.blank()
        for number in 1...100 {
            text.link(file: "letter #\(number), unsent?.txt")
        }
        return text.bytes
    }

    Benchmark.repeated("Gemtext: build, a visitor's text") {
        var text = Gemtext()
        text.quote("=> gemini://elsewhere.example/ Click me\n# And a heading\n```")
        text.text("# not a heading")
        return text.bytes
    }
}
