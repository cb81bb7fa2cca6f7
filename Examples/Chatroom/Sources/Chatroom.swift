import Canaveral

@main
struct Chatroom {
    static func main() async throws {
        try await makeChatroom().run()
    }
}

/// A room whose page never ends: what anybody says is added to it while it is read.
func makeChatroom(options: CapsuleOptions = CapsuleOptions()) throws -> Capsule {
    let room = Broadcast<Gemtext>(history: 20, slowReaders: .drop(last: "* You fell behind. Open the page again.")) {
        switch $0 {
        case .joined(let reader): "* \(reader.name) is here"
        case .left(let reader): "* \(reader.name) has left"
        }
    }
    var options = options
    // Open pages end when the capsule is told to stop, rather than being waited for.
    options.services.append(room)

    return try Capsule(options: options) { routes in
        routes.page("/") { _ in
            .gemtext {
                Heading("A chatroom")
                "Bring a certificate: the name in it is yours here."
                Link(to: "/room/", "Read the room, and leave the page open")
                Link(to: "/room/say", "Say something")
                Heading("Who is here", level: 2)
                if room.readers.isEmpty { "Nobody." }
                List(room.readers.map(\.name))
            }
        }
        routes.group("/room", context: Guest.self) { group in
            group.page("/") { guest in
                .live(room, as: guest.name, opening: "# The room, with \(guest.name) in it")
            }
            let say: Path<> = "/room/say"
            group.page("/say") { guest in
                let words = try guest.input("What do you say, \(guest.name)?")
                room.publish("<\(guest.name)> \(words)")
                return .redirect(to: say())  // to the question again, for the next line
            }
        }
    }
}

/// Somebody with a certificate.
struct Guest: ChildContext {
    var core: CoreContext
    /// The name in the certificate, and the beginning of its key's fingerprint: the name anybody can take, the key nobody.
    let name: String

    init(_ parent: BasicContext) throws {
        self.core = parent.core
        let certificate = try parent.requireCertificate("Who are you? Come with a certificate in your name")
        let key = certificate.publicKeyFingerprint ?? certificate.fingerprint
        self.name = "\((certificate.commonName ?? "guest").prefix(30))~\(key.spelled(.lowerHexadecimal).prefix(4))"
    }
}
