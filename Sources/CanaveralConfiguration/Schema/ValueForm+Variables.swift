import GeminiGateway
import TOML

extension ValueForm where Value == [String: String] {
    /// Variables of a program: their names are such as every shell and language can ask for.
    static var variables: ValueForm {
        let value = ValueForm<String>("a text without a zero byte") { node in
            if case .string(let text) = node, !text.utf8.contains(0) { text } else { nil }
        }
        let table = ValueForm.dictionary(of: value, "a table of names and values")
        return ValueForm(table.expectation) { node, place in
            guard let variables = table.read(node, place) else { return nil }
            for name in variables.keys.sorted() where !Self.isName(name) {
                place.report(
                    "'\(name)' is no name of a variable: those are of letters, digits and '_', and begin with no digit."
                )
            }
            return variables
        }
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
                true
            default:
                false
            }
        }
    }
}

extension TableReader {
    /// Reports variables that requests bring themselves, which go before those of the configuration.
    func reportOwnVariables(in environment: [String: String], at name: String, style: GatewayStyle) {
        for variable in environment.keys.sorted() where style.names.contains(variable) {
            self.report(
                "\(variable) is a variable that the server sets for each request, which goes before this: leave it out, or give it another name.",
                at: name
            )
        }
    }
}
