import Foundation
import GeminiServer
import TestSupport
import Testing

@Suite("systemd's journal")
struct JournalTests {
    @Test("It is behind a descriptor whose file the environment names, and behind no other")
    func receives() throws {
        let folder = try TemporaryDirectory()
        let descriptors = try ["a", "b"].map { open(try folder.write("", to: $0), O_WRONLY) }
        defer { for descriptor in descriptors { close(descriptor) } }
        let status = try FileManager.default.attributesOfItem(atPath: folder.path("a"))
        let device = try #require(status[.systemNumber] as? Int)
        let inode = try #require(status[.systemFileNumber] as? Int)
        let stream = "\(device):\(inode)"
        #expect(Journal.receives(descriptors[0], stream: stream))
        #expect(!Journal.receives(descriptors[1], stream: stream))
        #expect(!Journal.receives(-1, stream: stream))
        for other in [nil, "", ":", "1", "\(device):", "x:\(inode)", stream + ":1", stream + " "] {
            #expect(!Journal.receives(descriptors[0], stream: other), "\(other ?? "nil")")
        }
    }
}
