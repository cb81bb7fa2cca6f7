import CLinux
import Foundation

/// What the machine of the tests has.
#if os(Linux)
let isLinux = true
#else
let isLinux = false
#endif

let hasLandlock = clinux_landlock_version() > 0
let hasSetsid = FileManager.default.isExecutableFile(atPath: "/usr/bin/setsid")

/// Where a program of the machine is, if it is.
func installed(_ name: String) -> String? {
    ["/usr/bin/", "/bin/", "/usr/local/bin/"].map { $0 + name }.first(
        where: FileManager.default.isExecutableFile(atPath:)
    )
}
