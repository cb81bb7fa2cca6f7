import Canaveral

/// Why something cannot be done: a page that says so.
struct Refusal: ResponseError, Hashable {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }

    var response: Response {
        .gemtext(
            """
            # Not so fast

            \(self.reason)

            => /site/ Back to the site
            """
        )
    }
}
