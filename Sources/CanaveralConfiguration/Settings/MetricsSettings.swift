import GeminiServer
import TOML

/// What `[metrics]` says.
enum MetricsSettings {
    enum Keys {
        static let listen = Setting(
            "listen",
            .metricsAddress,
            "The address and port at which metrics can be read over HTTP, at /metrics. Who may connect may read them.",
            example: "\"127.0.0.1:9965\""
        )
    }

    static let schema = TableSchema(
        "metrics",
        "Figures about the server, as OpenMetrics text. 'metrics = \"ADDRESS\"' is short for the address.",
        [Keys.listen.description]
    )

    static let form = ValueForm<ListenAddress>.table(Self.schema, shorthand: "listen") { table in
        if !table.has(Keys.listen) { table.report("Metrics need the address to 'listen' on.") }
        return table[Keys.listen]
    }
}

extension ValueForm where Value == ListenAddress {
    static var metricsAddress: ValueForm {
        ValueForm("an address and port such as \"127.0.0.1:9965\"") { node, place in
            var sentence: String?
            do throws(ListenAddressProblem) {
                if case .network(let address) = try ListenerSettings.Address(node.value) { return address }
            } catch {
                sentence = error.sentence
            }
            place.report(
                sentence ?? "It takes an address and port such as \"127.0.0.1:9965\", and is \(node.value.shown)."
            )
            return nil
        }
    }
}
