/// What is withheld beneath one folder.
struct WithheldPlaces: Hashable, Sendable {
    /// Nothing of the folder is shown, nor the folder itself.
    static let everything = WithheldPlaces([[]])

    /// The ways there from the folder, without links; an empty one leads to the folder itself.
    private let places: [[UInt8]]

    init(_ places: [[UInt8]] = []) {
        self.places = places.map(Self.comparable)
    }

    var isEmpty: Bool {
        self.places.isEmpty
    }

    /// Whether something is withheld.
    ///
    /// - Parameter path: the way there, on which no link is.
    func covers(_ path: RelativePath) -> Bool {
        #if canImport(Darwin)
        let bytes = Self.comparable(Array(path.bytes))[...]
        #else
        let bytes = path.bytes
        #endif
        return self.places.contains { place in
            guard bytes.starts(with: place) else { return false }
            guard !place.isEmpty else { return true }
            switch bytes.dropFirst(place.count).first {
            case nil, UInt8(ascii: "/"): return true
            case UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "-"): return Self.hasExtension(place)
            default: return false
            }
        }
    }

    /// Whether the last name has one, so that others which begin with it are of the same file.
    private static func hasExtension(_ place: [UInt8]) -> Bool {
        let name = place.lastIndex(of: UInt8(ascii: "/")).map { place[($0 + 1)...] } ?? place[...]
        return name.dropFirst().contains(UInt8(ascii: "."))
    }

    private static func comparable(_ path: [UInt8]) -> [UInt8] {
        #if canImport(Darwin)
        // Its file systems tell capitals from small letters as little as spellings of one letter.
        return Array(String(decoding: path, as: UTF8.self).lowercased().utf8)
        #else
        return path
        #endif
    }
}
