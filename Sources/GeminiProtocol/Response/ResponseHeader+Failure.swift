extension ResponseHeader {
    /// 4x, 5x or 6x: says why there is no document.
    ///
    /// - Parameters:
    ///   - status: a defined status of the groups 4, 5 and 6; any other becomes 40.
    ///   - message: the status's default text where there is none, so that no header without text leaves (GP-074).
    public static func failure(_ status: Status, _ message: Meta? = nil) -> ResponseHeader {
        let status = status.isDefined && !status.requiresMeta ? status : .temporaryFailure
        return ResponseHeader(unchecked: status, message ?? status.defaultMeta)
    }
}
