public import Logging

extension Files {
    /// What can be chosen about a folder of files.
    public struct Options: Sendable {
        /// The files that stand for their folder; the first that exists is shown.
        public var indexNames = ["index.gmi", "index.gemini"]

        /// Whether a folder without an index file shows what is in it.
        public var listsFolders = true

        /// How such a folder is shown.
        public var listing = ListingOptions()

        /// Media types by file name, and the parameters that go with them.
        public var mediaTypes = MediaTypeTable()

        /// Whether the `.meta` files of folders are heeded, as those of agate are: lines with a file or a pattern, a
        /// colon, and parameters, a media type, or a whole answer.
        ///
        /// ```text
        /// **/*.de.gmi: ;lang=de
        /// LICENSE: text/plain
        /// gone.gmi: 52 This page will not come back.
        /// ```
        ///
        /// A file's own folder is looked at first, then those above it up to the root: the first that has a line for
        /// the file decides, and in it the last such line. What is said of an index file holds for its folder, and
        /// lines for folders mean nothing. Names that begin with a dot stay hidden whatever is said of them, which
        /// agate would show where they are named. A line that nobody understands is told to the log once, and passed
        /// over.
        public var readsMetaFiles = false

        /// What is never shown, though it may lie in the folder: keys, a configuration, programs.
        public var withheld = WithheldPaths()

        /// Told once of each thing in the folder that may not be read or is wrong, and when another folder takes its
        /// place.
        public var logger = Logger(label: "canaveral.files") { _ in SwiftLogNoOpLogHandler() }

        public init() {}
    }
}
