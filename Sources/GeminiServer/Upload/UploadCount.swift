/// Holds the bytes of an upload against the size that was announced (TI-15).
struct UploadCount {
    let size: Int
    private(set) var received = 0

    init(size: Int) {
        self.size = size
    }

    var isComplete: Bool {
        self.received == self.size
    }

    mutating func add(_ count: Int) throws(UploadError) {
        guard count <= self.size - self.received else { throw .tooLong }
        self.received += count
    }

    /// No more bytes will come.
    func end() throws(UploadError) {
        guard self.isComplete else { throw .incomplete }
    }
}
