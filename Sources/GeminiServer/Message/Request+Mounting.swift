import GeminiProtocol

extension Request {
    /// The path beneath ``basePath``, encoded, in normal form; it begins with a slash.
    public var localPath: String {
        guard !self.basePath.isEmpty else { return self.url.path }
        let path = self.url.path.utf8.dropFirst(self.basePath.utf8.count)
        return path.isEmpty ? "/" : String(Substring(path))
    }
}
