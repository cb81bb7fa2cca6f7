import Foundation
import GeminiProtocol
import Testing

@testable import GeminiFiles

@Suite("Listings as they are asked for")
struct ListingOptionsTests {
    /// A folder whose files differ in everything that there is to order by.
    private static func capsule(
        _ content: [String: String] = [:],
        _ change: (inout ListingOptions) -> Void
    ) throws -> Capsule {
        var options = Files.Options()
        change(&options.listing)
        let capsule = try Capsule(
            ["b.gmi": "12345", "a.txt": "1", "c.gmi": "", "zoo/x": "", "ark/x": ""].merging(content) { $1 },
            options: options
        )
        for (name, day) in [("a.txt", 3.0), ("b.gmi", 1), ("c.gmi", 2)] {
            let date = Date(timeIntervalSince1970: 1_767_225_600 + day * 86_400 - 1)
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: capsule.path(name))
        }
        return capsule
    }

    @Test(
        "Files in each order and its reverse, behind the folders; where it is the same, by name",
        arguments: [
            ("name", ["ark/", "zoo/", "a.txt", "b.gmi", "c.gmi", "same"]),
            ("-name", ["zoo/", "ark/", "same", "c.gmi", "b.gmi", "a.txt"]),
            ("time", ["ark/", "zoo/", "b.gmi", "c.gmi", "a.txt", "same"]),
            ("-time", ["ark/", "zoo/", "a.txt", "same", "c.gmi", "b.gmi"]),
            ("size", ["ark/", "zoo/", "c.gmi", "a.txt", "same", "b.gmi"]),
            ("-size", ["ark/", "zoo/", "b.gmi", "a.txt", "same", "c.gmi"]),
        ]
    )
    func orders(_ vector: (order: String, names: [String])) async throws {
        let order = try #require(ListingOrder(vector.order))
        #expect(order.description == vector.order)
        let capsule = try Self.capsule { $0.order = order }
        // A link is as old and as long as what it leads to.
        try capsule.link("same", to: "a.txt")
        #expect(GemtextDocument(parsing: try await capsule.get("/").text).links.map(\.target) == vector.names)
    }

    @Test("What is no order", arguments: ["", "-", "date", "--time", "Name", "time ", "+time"])
    func noOrder(_ text: String) {
        #expect(ListingOrder(text) == nil)
    }

    @Test("SB-04: by time, the newest first, a listing is a page to subscribe to")
    func byTime() async throws {
        let capsule = try Self.capsule(["b.gmi": "# The first post\n"]) {
            $0.order = ListingOrder(.time, reversed: true)
            $0.showsTitles = true
        }
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_767_225_600)],
            ofItemAtPath: capsule.path("b.gmi")
        )
        #expect(
            try await capsule.get("/").text == """
                # /

                => ark/ ark/
                => zoo/ zoo/
                => a.txt 2026-01-03 a.txt
                => c.gmi 2026-01-02 c.gmi
                => b.gmi 2026-01-01 The first post

                """
        )
    }

    @Test("By size, the sizes are shown")
    func bySize() async throws {
        let capsule = try Self.capsule(["large.bin": String(repeating: "x", count: 1536)]) {
            $0.order = ListingOrder(.size)
        }
        #expect(
            try await capsule.get("/").text == """
                # /

                => ark/ ark/
                => zoo/ zoo/
                => c.gmi c.gmi (0 B)
                => a.txt a.txt (1 B)
                => b.gmi b.gmi (5 B)
                => large.bin large.bin (1.5 KiB)

                """
        )
    }

    @Test(
        "Lengths for a reader's eye",
        arguments: [
            (0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (10_240, "10 KiB"), (1_023_999, "999 KiB"),
            (1_024_000, "0.9 MiB"), (1 << 20, "1 MiB"), (1 << 30, "1 GiB"), (.max, "7.9 EiB"),
        ] as [(Int64, String)]
    )
    func sizes(_ vector: (bytes: Int64, text: String)) {
        #expect(Listing.size(vector.bytes) == vector.text)
    }

    @Test("GT-43: pages are called by their titles, as far as the first 4 KiB tell; other files by their names")
    func titles() async throws {
        let long = String(repeating: "x", count: 4090) + "\n"
        var options = Files.Options()
        options.listing.showsTitles = true
        options.mediaTypes = try MediaTypeTable(overrides: ["gmni": .gemtext])
        let capsule = try Capsule(
            [
                "level1.gmi": "text\n## Below\n# A title  \n", "level2.gemini": "## Only below\n", "none.gmi": "text\n",
                "empty.gmi": "#\n", "block.gmi": "```\n# Code\n```\n", "note.txt": "# No page\n",
                "late.gmi": long + "# Too late\n", "cut.gmi": long + "# Title\n", "exact.gmi": long + "# Ti\n",
                "other.gmni": "# Another\u{1B}[31m ending",
                "folder.gmi/x": "",
            ],
            options: options
        )
        try capsule.link("linked.gmi", to: "level1.gmi")
        #expect(
            try await capsule.get("/").text == """
                # /

                => folder.gmi/ folder.gmi/
                => block.gmi block.gmi
                => cut.gmi cut.gmi
                => empty.gmi empty.gmi
                => exact.gmi Ti
                => late.gmi late.gmi
                => level1.gmi A title
                => level2.gemini Only below
                => linked.gmi A title
                => none.gmi none.gmi
                => note.txt note.txt
                => other.gmni Another\u{FFFD}[31m ending

                """
        )
    }

    @Test("A header takes the heading's place, a footer ends the page, and neither can be asked for")
    func headerAndFooter() async throws {
        let capsule = try Capsule([
            "docs/a.gmi": "", "docs/.header.gmi": "\u{FEFF}# Documents\r\n\r\nFor everybody.\r\n```\r\n=> not a link",
            "docs/.footer.gmi": "=> / Home", "none/a.gmi": "",
        ])
        #expect(
            try await capsule.get("/docs/").text == """
                # Documents

                For everybody.
                ```
                => not a link
                ```
                => ../ ..
                => a.gmi a.gmi
                => / Home

                """
        )
        #expect(try await capsule.get("/docs/.header.gmi").status == 51)
        #expect(try await capsule.get("/none/").text == "# /none/\n\n=> ../ ..\n=> a.gmi a.gmi\n")
    }

    @Test(
        "Header and footer may have other names, or be off; a named one is not listed, and one that is no file is none"
    )
    func otherNames() async throws {
        let capsule = try Self.capsule(["top.gmi": "Top\n", ".footer.gmi": "Hidden\n"]) {
            $0.headerName = "top.gmi"
            $0.footerName = nil
        }
        #expect(
            try await capsule.get("/").text
                == "Top\n=> ark/ ark/\n=> zoo/ zoo/\n=> a.txt a.txt\n=> b.gmi b.gmi\n=> c.gmi c.gmi\n"
        )
        let folder = try Capsule(["a.gmi": "", ".header.gmi/x": ""], outside: ["secret.gmi": "secret"])
        try folder.link(".footer.gmi", to: "../secret.gmi")
        #expect(try await folder.get("/").text == "# /\n\n=> a.gmi a.gmi\n")
    }

    @Test("Of a header 64 KiB are shown")
    func longHeader() async throws {
        let capsule = try Capsule([".header.gmi": String(repeating: "x", count: 70_000), "a.gmi": ""])
        #expect(try await capsule.get("/").text == String(repeating: "x", count: 65_536) + "\n=> a.gmi a.gmi\n")
    }
}
