/// What a matcher goes on with when what it tries fails, the last first.
struct ExpressionAlternatives {
    enum Alternative {
        case instruction(Int32, position: Int32)
        /// A slot to set back to what it was.
        case slot(Int32, value: Int32)
    }

    private var all: [Alternative] = []
    /// How many of them are left: what is done with is overwritten, which takes a third of the time that removing it does.
    private var count = 0

    mutating func push(_ alternative: Alternative) {
        if self.count < self.all.count { self.all[self.count] = alternative } else { self.all.append(alternative) }
        self.count += 1
    }

    mutating func pop() -> Alternative? {
        guard self.count > 0 else { return nil }
        self.count -= 1
        return self.all[self.count]
    }
}
