/// What came of an attempt to handshake, send or receive without waiting.
enum IOResult {
    case done
    case received(Int)
    case wantsRead
    case wantsWrite
    /// The peer has ended the stream with close_notify.
    case ended
    /// The peer has ended the stream without.
    case cut
    case failed(Failure)
}
