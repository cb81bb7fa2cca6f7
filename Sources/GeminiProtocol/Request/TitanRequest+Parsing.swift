extension TitanRequest {
    /// Reads the parameters that follow the first `;` of a path, in any order (TI-03..TI-10, TI-30, TI-33).
    ///
    /// A media type may bring parameters of its own, unencoded and with spaces, as Lagrange sends them: what stands
    /// directly behind `mime=…` and is no Titan parameter belongs to it (TI-10).
    init(parsing bytes: Span<UInt8>, _ range: Range<Int>) throws(TitanError) {
        var size: Int?
        var mediaType: [UInt8]?
        var token: String?
        var isEdit = false
        var follows = Name.unknown

        let text = range.map { bytes[$0] }
        for parameter in text.split(separator: URIByte.semicolon, omittingEmptySubsequences: false) {
            let trimmed = Self.trimmed(parameter)
            let name = trimmed.prefix { $0 != URIByte.equals }
            let value = name.endIndex < trimmed.endIndex ? trimmed[(name.endIndex + 1)...] : nil
            switch (Name(name), value) {
            case (.size, let value?):
                guard size == nil else { throw .duplicateParameter }
                size = try Self.size(value)
                follows = .size
            case (.mediaType, let value?):
                guard mediaType == nil else { throw .duplicateParameter }
                mediaType = Array(value)
                follows = .mediaType
            case (.token, let value?):
                guard token == nil else { throw .duplicateParameter }
                token = try Self.token(value)
                follows = .token
            case (.edit, nil):
                guard !isEdit else { throw .duplicateParameter }
                isEdit = true
                follows = .edit
            case (.unknown, .some) where follows == .mediaType:
                mediaType?.append(URIByte.semicolon)
                mediaType?.append(contentsOf: parameter)
            case (.size, nil):
                throw .invalidSize
            default:
                throw .unknownParameter
            }
        }

        if isEdit {
            guard size == nil, mediaType == nil, token == nil else {
                throw .editWithParameters
            }
            self = .edit
            return
        }
        guard let size else {
            throw .missingSize
        }
        let type = try mediaType.map { value throws(TitanError) in try Self.mediaType(value) }
        self = .upload(
            try TitanParameters(size: size, mediaType: type ?? TitanParameters.defaultMediaType, token: token)
        )
    }

    private enum Name {
        case size
        case mediaType
        case token
        case edit
        case unknown

        init(_ name: ArraySlice<UInt8>) {
            self =
                if name.elementsEqual("size".utf8) {
                    .size
                } else if name.elementsEqual("mime".utf8) {
                    .mediaType
                } else if name.elementsEqual("token".utf8) {
                    .token
                } else if name.elementsEqual("edit".utf8) {
                    .edit
                } else {
                    .unknown
                }
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = bytes.drop { $0 == URIByte.space }
        let end = start.lastIndex { $0 != URIByte.space }.map { $0 + 1 } ?? start.startIndex
        return start[..<end]
    }

    private static func size(_ digits: ArraySlice<UInt8>) throws(TitanError) -> Int {
        guard !digits.isEmpty else {
            throw .invalidSize
        }
        var size = 0
        for byte in digits {
            guard URIByte.isDigit(byte) else {
                throw .invalidSize
            }
            let (tenfold, isTooLarge) = size.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = tenfold.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            guard !isTooLarge, !overflow else {
                throw .invalidSize
            }
            size = sum
        }
        return size
    }

    private static func token(_ value: ArraySlice<UInt8>) throws(TitanError) -> String {
        do {
            return try PercentEncoding.decode(String(decoding: value, as: UTF8.self))
        } catch {
            throw .invalidToken
        }
    }

    private static func mediaType(_ value: [UInt8]) throws(TitanError) -> String {
        do {
            return try PercentEncoding.decode(String(decoding: Self.trimmed(value[...]), as: UTF8.self))
        } catch {
            throw .invalidMediaType
        }
    }
}
