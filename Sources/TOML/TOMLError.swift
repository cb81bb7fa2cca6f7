/// A place where a document is no TOML.
package struct TOMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    package var line: Int
    /// Characters of the line, from 1.
    package var column: Int
    /// What is wrong, and what to do.
    package var sentence: String

    package var description: String { self.sentence }
}
