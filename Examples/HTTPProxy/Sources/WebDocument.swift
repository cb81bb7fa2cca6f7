import Canaveral
import NIOCore

/// What was fetched.
struct WebDocument: Sendable {
    /// Where it was in the end.
    let url: GeminiURL
    let type: MediaType
    let body: ByteBuffer

    var isHTML: Bool {
        ["text/html", "application/xhtml+xml"].contains(self.type.essence)
    }

    var text: String {
        switch self.type.charset?.lowercased() {
        case "iso-8859-1", "windows-1252":
            String(String.UnicodeScalarView(self.body.readableBytesView.map { Unicode.Scalar($0) }))
        default:
            String(buffer: self.body)
        }
    }
}
