import Testing

@testable import GeminiTLS

@Suite("Where state is kept")
struct StateDirectoryLocationTests {
    @Test(
        "The first usable of systemd's, XDG's, the superuser's and the home folder",
        arguments: [
            (["STATE_DIRECTORY": "/var/lib/x", "XDG_STATE_HOME": "/s", "HOME": "/h"], 0, "/var/lib/x"),
            (["STATE_DIRECTORY": "/var/lib/x:/var/lib/y"], 1000, "/var/lib/x"),
            (["STATE_DIRECTORY": "", "XDG_STATE_HOME": "/s", "HOME": "/h"], 1000, "/s/canaveral"),
            (["XDG_STATE_HOME": "/s", "HOME": "/h"], 0, "/s/canaveral"),
            (["XDG_STATE_HOME": "relative", "HOME": "/h"], 1000, "/h/.local/state/canaveral"),
            (["HOME": "/root"], 0, "/var/lib/canaveral"),
            ([:], 0, "/var/lib/canaveral"),
            (["HOME": "h"], 1000, nil),
            ([:], 1000, nil),
        ] as [([String: String], UInt32, String?)]
    )
    func defaultPath(_ environment: [String: String], _ userID: UInt32, _ path: String?) {
        #expect(StateDirectory.defaultPath(environment: environment, userID: userID) == path)
    }

    @Test(
        "A host's file is in the folder, whatever the host is called",
        arguments: [
            ("example.org", "example.org.pem"),
            ("Example.ORG.", "example.org.pem"),
            ("::1", "%3A%3A1.pem"),
            ("[0:0::1]", "%3A%3A1.pem"),
            ("*.example.org", "%2A.example.org.pem"),
            ("..", "%2E..pem"),
            ("../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd.pem"),
            ("a/b", "a%2Fb.pem"),
            ("a%2fb", "a%252fb.pem"),
            ("a\0b", "a%00b.pem"),
            (".lock", "%2Elock.pem"),
            ("é", "%C3%A9.pem"),
        ]
    )
    func fileName(_ name: String, _ fileName: String) {
        #expect(StateDirectory.fileName(for: name) == fileName)
        #expect(StateDirectory(path: "/s").path(for: name) == "/s/\(fileName)")
    }

    @Test("The longest names have a file of their own, short enough for any file system")
    func longNames() {
        let stem = Array(repeating: String(repeating: "a", count: 49), count: 5).joined(separator: ".")
        let first = StateDirectory.fileName(for: stem + ".b")
        let second = StateDirectory.fileName(for: stem + ".c")
        #expect(first != second)
        #expect(first.utf8.count <= 200)
        #expect(first.hasSuffix(".pem"))
    }
}
