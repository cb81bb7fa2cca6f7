import GeminiProtocol

/// The media types that every ``MediaTypeTable`` begins with, kept once for all of them.
enum BuiltInMediaTypes {
    static let types: [MediaType] = Self.table.map { type, _ in
        do throws(MediaTypeError) {
            return try MediaType(type)
        } catch {
            preconditionFailure("A built-in media type is none: \(error)")
        }
    }

    static let headers: [ResponseHeader] = Self.types.map { .success($0) }

    /// What a file is served as of which nothing is known (GP-121).
    static let unknown = ResponseHeader.success(.octetStream)

    /// Where the type of an extension stands among ``types``.
    static let indices: [String: Int] = {
        var indices: [String: Int] = [:]
        for (index, (_, extensions)) in Self.table.enumerated() {
            for name in extensions.split(separator: " ") { indices[String(name)] = index }
        }
        return indices
    }()

    /// Media types, each with the extensions that mean it: what capsules hold, as IANA registers it where it does.
    static let table: [(String, String)] = [
        ("text/gemini", "gmi gemini"),
        (
            "text/plain",
            "txt text log asc conf ini cfg toml nfo diff patch c h cc cpp hpp rs go py swift sh pl rb lua lisp el vim mk"
        ),
        ("text/markdown", "md markdown"),
        ("text/html", "html htm"),
        ("text/css", "css"),
        ("text/csv", "csv"),
        ("text/tab-separated-values", "tsv"),
        ("text/javascript", "js mjs"),
        ("text/calendar", "ics"),
        ("text/vcard", "vcf"),
        ("text/x-tex", "tex"),
        ("text/org", "org"),
        ("text/x-rst", "rst"),
        ("text/x-ansi", "ans"),
        ("application/atom+xml", "atom"),
        ("application/rss+xml", "rss"),
        ("application/xml", "xml xsl"),
        ("application/json", "json"),
        ("application/feed+json", "jsonfeed"),
        ("application/yaml", "yaml yml"),
        ("application/pdf", "pdf"),
        ("application/postscript", "ps eps"),
        ("application/rtf", "rtf"),
        ("application/epub+zip", "epub"),
        ("application/gpub+zip", "gpub"),
        ("application/x-mobipocket-ebook", "mobi prc"),
        ("application/vnd.amazon.ebook", "azw azw3"),
        ("application/vnd.oasis.opendocument.text", "odt"),
        ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
        ("application/vnd.oasis.opendocument.presentation", "odp"),
        ("application/msword", "doc"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        ("application/gzip", "gz tgz"),
        ("application/x-bzip2", "bz2"),
        ("application/x-xz", "xz"),
        ("application/zstd", "zst"),
        ("application/zip", "zip"),
        ("application/x-tar", "tar"),
        ("application/x-7z-compressed", "7z"),
        ("application/vnd.rar", "rar"),
        ("application/vnd.debian.binary-package", "deb"),
        ("application/x-rpm", "rpm"),
        ("application/x-iso9660-image", "iso"),
        ("application/wasm", "wasm"),
        ("application/java-archive", "jar"),
        ("application/vnd.sqlite3", "sqlite sqlite3"),
        ("application/pgp-signature", "sig"),
        ("application/pgp-keys", "key"),
        ("application/x-pem-file", "pem"),
        ("application/x-bittorrent", "torrent"),
        ("application/gpx+xml", "gpx"),
        ("application/geo+json", "geojson"),
        ("image/png", "png apng"),
        ("image/jpeg", "jpg jpeg jpe"),
        ("image/gif", "gif"),
        ("image/webp", "webp"),
        ("image/avif", "avif"),
        ("image/jxl", "jxl"),
        ("image/heic", "heic"),
        ("image/svg+xml", "svg"),
        ("image/bmp", "bmp"),
        ("image/tiff", "tif tiff"),
        ("image/vnd.microsoft.icon", "ico"),
        ("image/x-portable-pixmap", "ppm"),
        ("image/qoi", "qoi"),
        ("audio/mpeg", "mp3"),
        ("audio/ogg", "ogg oga opus spx"),
        ("audio/flac", "flac"),
        ("audio/mp4", "m4a"),
        ("audio/aac", "aac"),
        ("audio/x-wav", "wav"),
        ("audio/midi", "mid midi"),
        ("audio/x-mod", "mod xm s3m it"),
        ("audio/x-mpegurl", "m3u m3u8"),
        ("video/mp4", "mp4 m4v"),
        ("video/webm", "webm"),
        ("video/ogg", "ogv"),
        ("video/x-matroska", "mkv"),
        ("video/quicktime", "mov"),
        ("video/x-msvideo", "avi"),
        ("video/mpeg", "mpg mpeg"),
        ("font/ttf", "ttf"),
        ("font/otf", "otf"),
        ("font/woff", "woff"),
        ("font/woff2", "woff2"),
        ("message/rfc822", "eml"),
        ("application/mbox", "mbox"),
    ]
}
