import GeminiProtocol
import GeminiTLS
import NIOConcurrencyHelpers

/// Known hosts on disk. All methods wait for the disk.
final class KnownHostsFile: Sendable {
    let file: LockedFile
    /// What was read last, which is not read again while the file is the same. Without a stamp it only helps to read.
    private let cache = NIOLockedValueBox<(stamp: FileStamp?, table: KnownHostsTable)?>(nil)

    init(_ file: LockedFile) {
        self.file = file
    }

    func table() throws(StorageError) -> KnownHostsTable {
        let stamp = try self.file.stamp()
        if let stamp, let cached = self.cache.withLockedValue({ $0 }), cached.stamp == stamp {
            return cached.table
        }
        guard let (bytes, stamp) = try self.file.read() else { return KnownHostsTable() }
        let table = try self.parse(bytes)
        self.cache.withLockedValue { $0 = (stamp.isSettled(at: .now) ? stamp : nil, table) }
        return table
    }

    func update<Result>(_ body: (inout KnownHostsTable) -> Result) throws(StorageError) -> Result {
        try self.file.change { bytes throws(StorageError) in
            let before = bytes ?? []
            var table = try self.parse(before)
            let result = body(&table)
            let after = table.isEmpty ? [] : table.text
            self.cache.withLockedValue { $0 = (nil, table) }
            return LockedFile.Change(bytes: after == before ? nil : after, result: result)
        }
    }

    private func parse(_ bytes: [UInt8]) throws(StorageError) -> KnownHostsTable {
        do throws(KnownHostsTable.TextError) {
            return try KnownHostsTable(parsing: bytes, knowing: self.cache.withLockedValue { $0?.table })
        } catch {
            switch error {
            case .notKnownHosts: throw .foreign(path: self.file.path, expected: "known hosts")
            case .laterVersion(let version): throw .laterVersion(path: self.file.path, version: version)
            }
        }
    }
}
