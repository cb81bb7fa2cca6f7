/// How a folder is shown that has no index file.
///
/// ```swift
/// var options = Files.Options()
/// options.listing.order = ListingOrder(.time, reversed: true)
/// options.listing.showsTitles = true
/// let files = try Files(in: "gemlog", options: options)
/// ```
public struct ListingOptions: Sendable, Hashable {
    /// The order of the files.
    public var order = ListingOrder()

    /// Whether pages of gemtext are shown by their titles rather than their names: the first heading of level 1, else
    /// the first of any level, in the first 4 KiB of the page. Each page is opened for that, by the thread that makes
    /// listings.
    public var showsTitles = false

    /// The file of the folder that is shown above its listing, in place of the heading with the folder's path; `nil`
    /// for none. It is not listed, and where its name begins with a dot it cannot be asked for either.
    ///
    /// It is gemtext in UTF-8, of which 64 KiB are shown: as it is, but that its lines end with LF as the listing's do
    /// (GP-116), and that a preformatted block which it leaves open is closed.
    public var headerName: String? = ".header.gmi"

    /// The file of the folder that is shown below its listing, by the rules of ``headerName``.
    public var footerName: String? = ".footer.gmi"

    public init() {}
}
