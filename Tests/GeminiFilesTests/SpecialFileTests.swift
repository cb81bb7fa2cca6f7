import Foundation
import GeminiProtocol
import Testing

@testable import GeminiFiles

@Suite("What is neither file nor folder, and what may not be read")
struct SpecialFileTests {
    @Test(
        "FIFOs, sockets and devices are 51 at once, also as an index and with a slash behind them",
        .timeLimit(.minutes(10)),
        arguments: RootDirectory.Resolution.both
    )
    func refused(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Capsule(["pipes/note.gmi": "note"], resolution: resolution)
        try makeFIFO(capsule.path("fifo"))
        try makeFIFO(capsule.path("pipes/index.gmi"))
        try makeSocket(capsule.path("socket"))
        try capsule.link("link", to: "fifo")
        var names = ["fifo", "socket", "link", "pipes/index.gmi"]
        if geteuid() == 0, (try? makeZeroDevice(capsule.path("zero"))) != nil { names.append("zero") }
        for name in names {
            for path in ["/\(name)", "/\(name)/", "/\(name)/x"] {
                #expect(try await capsule.get(path).status == 51, "\(path)")
            }
        }
        let listing = try await capsule.get("/pipes/")
        #expect(listing.status == 20)
        #expect(listing.text == "# /pipes/\n\n=> ../ ..\n=> note.gmi note.gmi\n")
    }

    @Test("What takes the place of a file is seen for what it is", arguments: RootDirectory.Resolution.both)
    func takenPlaces(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Capsule(outside: ["secret.gmi": "secret"], resolution: resolution)
        let path = capsule.path("place.gmi")
        let steps: [(take: () throws -> Void, status: Int)] = [
            ({ try makeFIFO(path) }, 51),
            ({ try capsule.link("place.gmi", to: "../secret.gmi") }, 51),
            ({ try capsule.makeFolder("place.gmi") }, 31),
            ({}, 51),
        ]
        for (take, status) in steps {
            try capsule.write("page", to: "place.gmi")
            #expect(try await capsule.get("/place.gmi").text == "page")
            #expect(try await capsule.get("/place.gmi").text == "page")
            try FileManager.default.removeItem(atPath: path)
            try take()
            #expect(try await capsule.get("/place.gmi").status == status)
            #expect(try await capsule.get("/place.gmi").status == status)
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    #if os(Linux)
    @Test(
        "Who waits to write into a FIFO is not let in by a request",
        .timeLimit(.minutes(10)),
        arguments: RootDirectory.Resolution.both
    )
    func writerUndisturbed(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Capsule(resolution: resolution)
        let path = capsule.path("fifo")
        try makeFIFO(path)
        let writer = FIFOWriter(path)
        try await writer.untilBlocked()
        #expect(try await capsule.get("/fifo").status == 51)
        #expect(try writer.isBlocked)
        #expect(try await writer.letIn() == "written")
    }
    #endif

    @Test(
        "A file, an index and a folder that may not be read are 51, and nothing is told of why",
        .enabled(
            if: geteuid() != 0,
            "The superuser may read everything; UnprivilegedTests ask a server without that right."
        ),
        arguments: RootDirectory.Resolution.both
    )
    func unreadable(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Capsule(
            ["closed.gmi": "secret", "folder/index.gmi": "secret", "locked/page.gmi": "secret"],
            resolution: resolution
        )
        chmod(capsule.path("closed.gmi"), 0)
        chmod(capsule.path("folder/index.gmi"), 0)
        chmod(capsule.path("locked"), 0)
        defer { chmod(capsule.path("locked"), 0o755) }
        for path in ["/closed.gmi", "/folder/", "/locked/", "/locked/page.gmi"] {
            #expect(try await capsule.get(path) == Capsule.Reply(status: 51, meta: "Not found", body: []), "\(path)")
        }
    }
}
