/// A chemical element.
struct Element: Sendable {
    let symbol: String
    let name: String

    /// The first ones, in order.
    static let all: [Element] = """
        H Hydrogen He Helium Li Lithium Be Beryllium B Boron C Carbon N Nitrogen O Oxygen F Fluorine Ne Neon Na Sodium
        Mg Magnesium Al Aluminium Si Silicon P Phosphorus S Sulfur Cl Chlorine Ar Argon K Potassium Ca Calcium Sc Scandium
        Ti Titanium V Vanadium Cr Chromium Mn Manganese Fe Iron Co Cobalt Ni Nickel Cu Copper Zn Zinc Ga Gallium
        Ge Germanium As Arsenic Se Selenium Br Bromine Kr Krypton
        """
        .split(whereSeparator: \.isWhitespace).map(String.init).inPairs
        .map { Element(symbol: $0, name: $1) }
}

extension [String] {
    fileprivate var inPairs: [(String, String)] {
        stride(from: 0, to: self.count - 1, by: 2).map { (self[$0], self[$0 + 1]) }
    }
}
