#if SQLite
import Canaveral
import GRDB

/// The tables of a ``SQLiteStore``, and how an older file becomes a newer one.
///
/// Not a `DatabaseMigrator`: an application has one for its own tables, and each would find the other's migrations in the
/// table that GRDB keeps of them. Nor do two processes that start at once wait for each other's there.
enum SQLiteSchema {
    /// Each takes the file from the version of its index to the next; to be added to, never changed.
    private static let steps = [
        """
        CREATE TABLE canaveral_entry (
            space TEXT NOT NULL,
            id TEXT NOT NULL,
            value BLOB NOT NULL,
            version INTEGER NOT NULL,
            expires INTEGER,
            PRIMARY KEY (space, id)
        );
        CREATE INDEX canaveral_entry_expires ON canaveral_entry (expires) WHERE expires IS NOT NULL;
        CREATE TABLE canaveral_version (last INTEGER NOT NULL);
        INSERT INTO canaveral_version VALUES (0);
        """
    ]

    /// Brings the tables up to date, once, whatever other processes do at the same time.
    static func prepare(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try database.execute(sql: "CREATE TABLE IF NOT EXISTS canaveral_schema (version INTEGER NOT NULL)")
                let version = try Int.fetchOne(database, sql: "SELECT version FROM canaveral_schema")
                guard version ?? 0 <= self.steps.count else {
                    throw StoreError.unavailable(
                        "The store \(pool.path) was written by a later release; run that, or restore the file from a copy."
                    )
                }
                for step in self.steps[(version ?? 0)...] {
                    try database.execute(sql: step)
                }
                if version == nil {
                    try database.execute(sql: "INSERT INTO canaveral_schema VALUES (?)", arguments: [self.steps.count])
                } else if version != self.steps.count {
                    try database.execute(sql: "UPDATE canaveral_schema SET version = ?", arguments: [self.steps.count])
                }
                return .commit
            }
        }
    }
}
#endif
