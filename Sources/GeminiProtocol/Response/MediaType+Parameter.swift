extension MediaType {
    /// A name and its value, such as `lang=en`.
    public struct Parameter: Sendable, Hashable {
        /// The name, in lower case.
        public let name: String

        /// The value without quotes: in lower case for `charset`, whose values compare that way, as it was written for
        /// every other name.
        public let value: String

        /// Makes a parameter.
        ///
        /// - Throws: ``MediaTypeError/invalidParameter`` when the name is no token of RFC 2045 or the value holds a
        ///   control character; any other value can be written in quotes.
        public init(_ name: some StringProtocol, _ value: some StringProtocol) throws(MediaTypeError) {
            guard name.isToken, !value.unicodeScalars.contains(where: \.isControlCharacter) else {
                throw .invalidParameter
            }
            self.init(unchecked: name.lowercased(), String(value))
        }

        /// Takes a name and a value that are known to be good.
        init(unchecked name: String, _ value: String) {
            self.name = name
            self.value = name == "charset" ? value.lowercased() : value
        }
    }

    /// The value of the parameter with this name, in any case of letters.
    public subscript(name: some StringProtocol) -> String? {
        let name = name.lowercased()
        return self.parameters.first { $0.name == name }?.value
    }

    /// The character set in lower case, as it was given; for text without one UTF-8 is meant (GP-113).
    public var charset: String? {
        self["charset"]
    }

    /// The language tags of the body, one or several with commas between them, as they were given (GT-70).
    public var language: String? {
        self["lang"]
    }

    /// The media type with one more parameter at the end, or with another value for one that it has.
    public func adding(_ parameter: Parameter) throws(MediaTypeError) -> MediaType {
        var parameters = self.parameters
        if let index = parameters.firstIndex(where: { $0.name == parameter.name }) {
            parameters[index] = parameter
        } else {
            parameters.append(parameter)
        }
        return try MediaType(self.type, self.subtype, parameters: parameters)
    }

    /// The media type with one more parameter at the end, or with another value for one that it has.
    public func adding(
        _ name: some StringProtocol,
        _ value: some StringProtocol,
    ) throws(MediaTypeError) -> MediaType {
        try self.adding(Parameter(name, value))
    }
}

extension MediaType: CustomStringConvertible {
    /// The form that goes over the wire: a semicolon and a space before each parameter, quotes only around a value that
    /// needs them (GP-110, GT-71).
    public var description: String {
        var text = "\(self.type)/\(self.subtype)"
        for parameter in self.parameters {
            text += "; \(parameter.name)="
            if parameter.value.isToken {
                text += parameter.value
            } else {
                text += "\""
                for scalar in parameter.value.unicodeScalars {
                    if scalar == "\"" || scalar == "\\" {
                        text += "\\"
                    }
                    text.unicodeScalars.append(scalar)
                }
                text += "\""
            }
        }
        return text
    }
}
