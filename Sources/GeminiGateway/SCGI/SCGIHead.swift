import NIOCore

/// The beginning of an SCGI request: its variables, as a netstring (SC-01).
///
/// `CONTENT_LENGTH` comes first and `SCGI` second, whatever the other variables say of them.
enum SCGIHead {
    static func bytes(_ variables: GatewayVariables, contentLength: Int) -> [UInt8] {
        var block: [UInt8] = []
        block.reserveCapacity(2048)
        func append(_ name: String, _ value: some Sequence<UInt8>) {
            block += Array(name.utf8)
            block.append(0)
            block += value
            block.append(0)
        }
        append("CONTENT_LENGTH", "\(contentLength)".utf8)
        append("SCGI", "1".utf8)
        for variable in variables.all where variable.name != "CONTENT_LENGTH" && variable.name != "SCGI" {
            append(variable.name, variable.value)
        }
        return Array("\(block.count):".utf8) + block + [UInt8(ascii: ",")]
    }
}
