#if !SQLite
/// The package trait `SQLite` is off, and nothing of this module is there without it.
@available(*, unavailable, message: "Enable the package trait SQLite: .package(..., traits: [\"SQLite\"])")
public struct SQLiteStore {
    public init(path: String) throws {}
}
#endif
