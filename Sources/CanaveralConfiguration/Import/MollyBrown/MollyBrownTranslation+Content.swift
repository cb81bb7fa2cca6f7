/// Limits, listings and media types.
extension MollyBrownTranslation {
    mutating func translateLimits() throws(ImportError) {
        if let timeout = try self.settings.integer("ReadTimeout") {
            var limits = ConfigurationDocument.Table()
            // Clients that are slow to ask are to have this long.
            limits.set("request-timeout", to: "\(max(timeout.value, 6))s", from: Self.origin("ReadTimeout", timeout))
            self.result.document.top.add("limits", limits)
        }
        if let rate = try self.settings.integer("WriteTimeoutMinRate") {
            self.result.leave(
                "WriteTimeoutMinRate",
                at: rate.place,
                "a response has to move rather than to keep a pace: set 'stall-timeout' of [limits]"
            )
        }
        guard let isLimited = try self.settings.boolean("RateLimitEnable"), isLimited.value else { return }
        let average = max(try self.settings.integer("RateLimitAverage")?.value ?? 1, 1)
        let burst = max(try self.settings.integer("RateLimitSoft")?.value ?? 10, 1)
        let seconds = max((burst + average - 1) / average, 1)
        self.host.set(
            "rate-limit",
            to: .strings(["\(burst)/\(seconds)s"]),
            from: "RateLimitSoft at once, and RateLimitAverage a second"
        )
        if let hard = try self.settings.integer("RateLimitHard") {
            self.result.remark(
                "RateLimitHard (\(hard.place.short)) is not needed: who goes on after 44 is refused for a growing while."
            )
        }
    }

    mutating func translateListings() throws(ImportError) {
        let listing = try self.settings.boolean("DirectoryListing")
        self.host.set(
            "listing",
            to: .boolean(listing?.value ?? true),
            from: Self.origin("DirectoryListing", listing)
        )
        let sort = try self.settings.string("DirectorySort")
        guard let order = ["Name": "name", "Size": "size", "Time": "time"][sort?.value ?? "Name"] else {
            throw .syntax(
                sort?.place ?? SourcePlace(file: "", line: 1),
                "DirectorySort takes \"Name\", \"Size\" or \"Time\""
            )
        }
        let isReversed = try self.settings.boolean("DirectoryReverse")
        self.host.set(
            "listing-order",
            to: "\(isReversed?.value == true ? "-" : "")\(order)",
            from: Self.origin("DirectorySort", sort ?? isReversed.map { Located(value: "", place: $0.place) })
        )
        if let titles = try self.settings.boolean("DirectoryTitles") {
            self.host.set(
                "listing-titles",
                to: .boolean(titles.value),
                from: Self.origin("DirectoryTitles", titles)
            )
        }
        self.host.set("listing-header", to: ".mollyhead", from: "as molly-brown always does")
        if let first = try self.settings.boolean("DirectorySubdirsFirst"), first.value {
            self.result.leave(
                "DirectorySubdirsFirst",
                at: first.place,
                "folders stand among the files of a listing: write an index where the order matters"
            )
        }
    }

    mutating func translateTypes() throws(ImportError) {
        var members: [ConfigurationDocument.Member] = []
        var index = "index.gmi"
        if let ending = try self.settings.string("GeminiExt") {
            let name = ending.value.drop { $0 == "." }.lowercased()
            index = "index.\(ending.value)"
            if name != "gmi" { members.append(ConfigurationDocument.Member(name, .string("text/gemini"))) }
            self.host.set("index", to: .strings([index]), from: Self.origin("GeminiExt", ending))
        } else {
            self.host.set("index", to: .strings([index]), from: "molly-brown's default")
        }
        // What is about an extension alone needs no location.
        for (key, type) in try self.settings.map("MimeOverrides") {
            guard let name = MollyBrownPattern(key)?.ending?.suffix, name.first == ".",
                !name.dropFirst().contains(where: { $0 == "." || $0 == "/" })
            else { continue }
            members.append(ConfigurationDocument.Member(name.dropFirst().lowercased(), .string(type.value)))
        }
        if !members.isEmpty { self.host.set("media-types", to: .table(members), from: "GeminiExt, MimeOverrides") }
        if let language = try self.settings.string("DefaultLang"), !language.value.isEmpty {
            self.host.set("language", to: language.value, from: Self.origin("DefaultLang", language))
        }
        if let charset = try self.settings.string("DefaultEncoding"), !charset.value.isEmpty {
            self.host.set("charset", to: charset.value, from: Self.origin("DefaultEncoding", charset))
        }
    }
}
