import CNIOBoringSSL

/// BoringSSL's list of errors of this thread.
enum ErrorQueue {
    /// An alert of the server is reported as this number plus its own.
    private static let alertOffset: UInt32 = 1000

    static func clear() {
        ERR_clear_error()
    }

    /// The oldest error as what it means for a connection.
    static func takeError() -> ProbeError {
        let error = ERR_get_error()
        defer { ERR_clear_error() }
        let reason = error & 0xFFF
        if (Self.alertOffset..<Self.alertOffset + 256).contains(reason) {
            return .alert(TLSAlert(code: UInt8(reason - Self.alertOffset)))
        }
        return .tls(reason: Self.text(of: error))
    }

    /// The oldest error in the library's words.
    static func takeReason() -> String {
        let error = ERR_get_error()
        defer { ERR_clear_error() }
        return Self.text(of: error)
    }

    private static func text(of error: UInt32) -> String {
        guard error != 0, let text = ERR_reason_error_string(error) else { return "unknown reason" }
        let code = String(cString: text)
        if code == "WRONG_VERSION_NUMBER" { return "what answers there speaks no TLS" }
        return code.lowercased().map { $0 == "_" ? " " : String($0) }.joined()
    }
}
