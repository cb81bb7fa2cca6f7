/// The addresses of many ranges, to be looked up in logarithmic time without allocating.
struct AddressSet: Sendable {
    private let v4: DisjointRanges<UInt32>
    private let v6: DisjointRanges<UInt128>

    init(_ ranges: [AddressRange]) {
        self.v4 = DisjointRanges(ranges.compactMap { if case .v4(let range) = $0.bounds { range } else { nil } })
        self.v6 = DisjointRanges(ranges.compactMap { if case .v6(let range) = $0.bounds { range } else { nil } })
    }

    func contains(_ address: InternetAddress) -> Bool {
        switch address {
        case .v4(let bits): self.v4.contains(bits)
        case .v6(let bits): self.v6.contains(bits)
        }
    }
}

/// Ranges in order, of which no two overlap.
private struct DisjointRanges<Bound: FixedWidthInteger & Sendable>: Sendable {
    private var ranges: [ClosedRange<Bound>] = []

    init(_ ranges: [ClosedRange<Bound>]) {
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = self.ranges.last, range.lowerBound <= last.upperBound {
                self.ranges[self.ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                self.ranges.append(range)
            }
        }
    }

    func contains(_ value: Bound) -> Bool {
        var low = 0
        var high = self.ranges.count
        while low < high {
            let middle = (low + high) / 2
            let range = self.ranges[middle]
            if value < range.lowerBound {
                high = middle
            } else if value > range.upperBound {
                low = middle + 1
            } else {
                return true
            }
        }
        return false
    }
}
