package import CanaveralService

/// A path that is out of reach once a server is shut into a folder.
package struct OutsideRoot: Error, CustomStringConvertible {
    package let path: String
    package let root: String

    package var description: String {
        "\(self.path) lies outside of \(self.root), which is to be the root of the file system: move it there, or leave chroot out."
    }
}

extension Configuration {
    /// The configuration with its paths as they are called inside another root.
    ///
    /// Certificates are not looked at: the ones that are outside are read before, and stay as they are.
    ///
    /// - Throws: ``OutsideRoot``.
    package func inside(_ root: ChangedRoot) throws -> Configuration {
        var configuration = self
        try configuration.forEachPath { path, use in
            if use == .told { return }
            if let inside = root.path(of: path) {
                path = inside
            } else if use != .file {
                throw OutsideRoot(path: path, root: root.folder)
            }
        }
        return configuration
    }
}
