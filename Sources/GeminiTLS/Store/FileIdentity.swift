package import GeminiProtocol
import NIOConcurrencyHelpers

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The identity of a host from files that somebody else looks after and may exchange while it is used. Thread-safe; all
/// methods wait for the disk.
///
/// Whatever becomes of the files, there is an identity: a pair that cannot be used keeps the one before.
///
/// ```swift
/// let identity = try FileIdentity(IdentityFiles(certificatePath: "fullchain.pem", keyPath: "privkey.pem"))
/// switch identity.look(at: .now) {
/// case .unchanged: break
/// case .replaced(let replacement): …
/// case .refused(let error): …
/// }
/// ```
package final class FileIdentity: Sendable {
    /// What a look at the files has brought.
    package enum Finding: Sendable {
        case unchanged
        case replaced(Replacement)
        /// What could not be used is again what it was before.
        case restored
        /// The new files cannot be used, which has not been said of them before.
        case refused(IdentityError)
    }

    package struct Replacement: Sendable {
        package let old: Identity
        package let new: Identity

        /// Whether clients that pin the key notice nothing.
        package var keepsKey: Bool {
            self.old.privateKey.publicKeyDER == self.new.privateKey.publicKeyDER
        }
    }

    package let files: IdentityFiles
    private let state: NIOLockedValueBox<State>

    /// Reads the files.
    ///
    /// - Throws: an error that names the file, whatever is wrong with it.
    package init(_ files: IdentityFiles, at now: Timestamp = .now) throws(IdentityError) {
        self.files = files
        let stamp = files.stamp
        let identity = try files.read(at: now).result.get()
        self.state = NIOLockedValueBox(State(identity: identity, watch: IdentityFilesWatch(stamp: stamp, at: now)))
    }

    private struct State {
        var identity: Identity
        var watch: IdentityFilesWatch
        /// Whether a look has found the files.
        var wasSeen = false
    }

    package var current: Identity {
        self.state.withLockedValue { $0.identity }
    }

    /// Reads the files if they have changed, and uses them if they are good.
    ///
    /// They may be seen while they are written: what cannot be used is refused only when it has not changed until the next
    /// look. Where the process has given up the right to look, nobody knows of a change.
    package func look(at now: Timestamp) -> Finding {
        let stamp = self.files.stamp
        let isForbidden = stamp.contains { $0.failure == EACCES }
        let wasSeen = self.state.withLockedValue { state in
            if !isForbidden { state.wasSeen = true }
            return state.wasSeen
        }
        guard wasSeen else { return .unchanged }
        guard self.state.withLockedValue({ $0.watch.looked(stamp) }) == .read else { return .unchanged }
        return self.read(stamp, at: now, isAsked: false)
    }

    /// Reads the files whether they have changed or not, because somebody asks for it, and says what is wrong with them
    /// whether it has been said or not.
    package func reload(at now: Timestamp) -> Finding {
        self.read(self.files.stamp, at: now, isAsked: true)
    }

    private func read(_ stamp: [FileStamp], at now: Timestamp, isAsked: Bool) -> Finding {
        let reading = self.files.read(keeping: self.current.privateKey, at: now)
        let isSteady = self.files.stamp == stamp
        return self.state.withLockedValue { state in
            switch state.watch.read(reading, stamp: isSteady ? stamp : nil, isAsked: isAsked, at: now) {
            case .none:
                return .unchanged
            case .refuse(let error):
                return .refused(error)
            case .use(var identity, let wasBroken):
                let old = state.identity
                guard identity.certificates != old.certificates else { return wasBroken ? .restored : .unchanged }
                let dropped = identity.uncovered(old.leaf.dnsNames + old.leaf.ipAddresses)
                if !dropped.isEmpty {
                    identity.warnings.append(.namesDropped(path: self.files.certificatePath, names: dropped))
                }
                state.identity = identity
                return .replaced(Replacement(old: old, new: identity))
            }
        }
    }
}
