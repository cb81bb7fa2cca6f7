import GeminiProtocol

/// Decides when files are to be read again, and when what is wrong with them is to be said.
struct IdentityFilesWatch {
    enum LookAction: Equatable {
        case none
        case read
    }

    enum ReadAction {
        case none
        /// - Parameter wasBroken: whether something was said to be wrong with what was there before.
        case use(Identity, wasBroken: Bool)
        case refuse(IdentityError)
    }

    /// What is wrong with a content.
    private struct Fault: Equatable {
        var error: IdentityError
        var content: Fingerprint
    }

    /// The files as they were when all was said about them.
    private var settled: [FileStamp]?
    /// The files as they were when something was wrong with them for the first time: perhaps they are being written.
    private var suspected: [FileStamp]?
    private var told: Fault?

    init(stamp: [FileStamp], at now: Timestamp) {
        self.settled = stamp.allSatisfy { $0.isSettled(at: now) } ? stamp : nil
    }

    /// - Parameter stamp: the files as they are.
    func looked(_ stamp: [FileStamp]) -> LookAction {
        if case .notYetValid = self.told?.error { return .read }  // it will be, without any change
        return stamp == self.settled ? .none : .read
    }

    /// - Parameters:
    ///   - stamp: the files as they were before and after; `nil` where they changed meanwhile.
    ///   - isAsked: whether somebody waits for an answer.
    mutating func read(
        _ reading: IdentityFiles.Reading,
        stamp: [FileStamp]?,
        isAsked: Bool,
        at now: Timestamp
    ) -> ReadAction {
        let settled = stamp.flatMap { $0.allSatisfy { $0.isSettled(at: now) } ? $0 : nil }
        switch reading.result {
        case .success(let identity):
            // Files that have changed meanwhile, or may unnoticed, are read again at the next look.
            self.settled = settled
            self.suspected = nil
            defer { self.told = nil }
            return .use(identity, wasBroken: self.told != nil)
        case .failure(let error):
            let isSteady = stamp != nil && stamp == self.suspected
            self.suspected = stamp
            guard isAsked || isSteady else { return .none }
            self.settled = settled
            let fault = Fault(error: error, content: reading.content)
            guard isAsked || fault != self.told else { return .none }
            self.told = fault
            return .refuse(error)
        }
    }
}
