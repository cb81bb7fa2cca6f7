import NIOCore
import TestSupport

extension TestConnection {
    /// Reads once where reading is stopped, whatever comes of it.
    func readOnce() {
        self.channel.read()
    }
}
