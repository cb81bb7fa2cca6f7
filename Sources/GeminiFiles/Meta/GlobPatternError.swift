/// Why a text is no ``GlobPattern``, as the end of a sentence that begins with the pattern.
package enum GlobPatternError: Error, Hashable, CustomStringConvertible {
    case empty
    /// It begins with a slash.
    case absolute
    /// It ends with a slash.
    case folder
    /// A name is `..`.
    case leadsOut
    /// `**` is only a part of a name.
    case misplacedAsterisks
    /// There is a `[` without its `]`.
    case openBracket
    /// A range of characters has its greater end first.
    case emptyRange

    package var description: String {
        switch self {
        case .empty: "names no file"
        case .absolute: "begins with a slash, but paths are relative to the folder of the file"
        case .folder:
            "is a folder's, but only files have settings: a pattern that ends in /** is for all files in a folder"
        case .leadsOut: "leads out of the folder"
        case .misplacedAsterisks:
            "has asterisks side by side, but '**' stands for whole folders and can only be alone between slashes"
        case .openBracket: "has a bracket that is not closed: '[[]' is a bracket"
        case .emptyRange: "has a range of characters whose end is before its beginning"
        }
    }
}
