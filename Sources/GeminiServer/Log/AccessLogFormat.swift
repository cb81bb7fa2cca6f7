/// How an access log is written: one line an exchange, whatever bytes the client sent.
///
/// Addresses and certificates stand in all of them as ``AddressDisplay`` has it. What is not known is a hyphen, in JSON
/// `null`.
///
/// ```swift
/// configuration.accessLog = try AccessLogFile(path: "access.json", format: .json, logger: logger)
/// ```
public enum AccessLogFormat: String, CaseIterable, Hashable, Sendable {
    /// jetforce's, in local time:
    ///
    ///     127.0.0.1 [20/Nov/2026:20:51:09 +0000] "gemini://localhost/" 20 "text/gemini" 34
    ///
    /// What stands between quotes holds no bare quote: a backslash stands before it, and before a backslash. Control
    /// characters and bytes that are no UTF-8 are `\xNN`. The next two formats have it likewise.
    case jetforce

    /// The Common Log Format that HTTP servers share, for programs that evaluate it: address, a hyphen, the user, local
    /// time, request, status, bytes. The user is the client certificate.
    ///
    ///     192.0.2.7 - - [20/Nov/2026:20:51:09 +0000] "gemini://localhost/" 20 34
    case common

    /// ``common`` with the two more columns that nginx and Apache write by default, referrer and user agent; Gemini has
    /// neither.
    ///
    ///     192.0.2.7 - - [20/Nov/2026:20:51:09 +0000] "gemini://localhost/" 20 34 "-" "-"
    case combined

    /// One JSON object a line, always with all of these members in this order:
    ///
    /// | member | type | what |
    /// | --- | --- | --- |
    /// | `time` | string | when the connection was accepted, in ISO 8601: `2026-11-20T20:51:09.123Z` |
    /// | `remote` | string | the client's address as ``AddressDisplay`` has it |
    /// | `host` | string | the host that the request asks for, served here or not |
    /// | `port` | number | the port that the request names, else the one that the client connected to |
    /// | `request` | string | the request line; bytes in it that are no UTF-8 are `\xNN` |
    /// | `status` | number | the status that was sent |
    /// | `meta` | string | the text behind the status |
    /// | `bytes` | number | bytes of header and body that were handed to the system |
    /// | `complete` | boolean | whether the response was sent to its end |
    /// | `first_byte_ms` | number | milliseconds from the end of the request line to the response's header |
    /// | `duration_ms` | number | milliseconds from the end of the request line to the end of the response |
    /// | `tls` | string | `TLSv1.2` or `TLSv1.3` |
    /// | `cipher` | string | the cipher suite by OpenSSL's name |
    /// | `server_name` | string | the name in the client's hello (SNI) |
    /// | `certificate` | string | the client certificate's SHA-256, or a token of the day where addresses are not ``AddressDisplay/full`` |
    case json

    /// Columns between tabs, for `cut` and spreadsheets: time, address, status and request as molly-brown writes them, then
    /// meta, bytes, complete (`true` or `false`), milliseconds to the first byte, milliseconds in all, host, port, version of
    /// TLS, cipher suite, name in the hello, certificate. They are what ``json`` has under their names.
    ///
    /// A tab within a column is `\t`, a line feed `\n`, a carriage return `\r`, a backslash `\\`; other control characters
    /// and bytes that are no UTF-8 are `\xNN`.
    case tsv
}
