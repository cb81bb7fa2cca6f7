/// Media types by extension.
extension GmidParser {
    /// `types { text/gemini gmi gemini; include "/etc/mime.types" }`
    mutating func types() throws(ImportError) {
        try self.reader.expect(symbol: "{", after: "types")
        let depth = self.reader.depth
        while true {
            try self.reader.skipSeparators()
            if try self.reader.takes(symbol: "}") { return }
            if try self.reader.takes("include") {
                try self.reader.include(try self.reader.string(after: "include"))
                continue
            }
            let type = try self.reader.part(after: "types")
            guard type.value.contains("/") else {
                throw .syntax(type.place, "'\(type.value)' is no media type such as text/gemini")
            }
            let isIncluded = self.reader.depth > depth
            var names: [String] = []
            while let token = try self.reader.peek(), case .word(let name) = token.kind {
                try self.reader.take()
                names.append(name)
            }
            if names.isEmpty, let name = try self.reader.stringIfAny() { names = [name.value] }
            // A file such as the system's lists types that have no extension.
            guard !names.isEmpty || isIncluded else {
                throw .syntax(type.place, "'\(type.value)' needs the extensions of its files behind it")
            }
            self.add(type, names, isIncluded: isIncluded)
        }
    }

    /// Before version 2: `map "text/gemini" to-ext "gmi"`, and `mime "text/gemini" "gmi"`.
    mutating func mapping(_ word: String, _ place: SourcePlace) throws(ImportError) {
        let type = try self.reader.part(after: word)
        if word == "map" { try self.reader.expect("to-ext", after: word) }
        let name = try self.reader.part(after: word)
        self.add(Located(value: type.value, place: place), [name.value], isIncluded: false)
    }

    private mutating func add(_ type: Located<String>, _ names: [String], isIncluded: Bool) {
        self.configuration.types.append(
            GmidConfiguration.MediaType(type: type.value, extensions: names, place: type.place, isIncluded: isIncluded)
        )
    }
}
