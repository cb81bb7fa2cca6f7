import GeminiGateway
import GeminiProtocol
import GeminiServer

/// A folder of files in which one folder is that of programs, or of a daemon.
struct FilesAndPrograms<Content: Responder, Programs: Responder>: Responder {
    let files: Content
    let programs: Programs
    /// The names that lead to the folder of programs, none of them empty.
    let names: [[UInt8]]

    func respondAtOnce(to request: Request) -> Response? {
        self.basePath(of: request) == nil ? self.files.respondAtOnce(to: request) : nil
    }

    func respond(to request: Request) async throws -> Response {
        guard let basePath = self.basePath(of: request) else { return try await self.files.respond(to: request) }
        var request = request
        request.basePath = basePath
        return try await self.programs.respond(to: request)
    }

    /// What of a path leads to the folder of programs, as it is written; `nil` where the path leads elsewhere. It is judged
    /// as a file's path is, names decoded and slashes in a row as one, so that no spelling shows a program's source.
    private func basePath(of request: Request) -> String? {
        let path = request.url.path
        var left = self.names[...]
        var length = 0
        for segment in PathSegments(path) {
            length += 1 + segment.encoded.utf8.count
            guard !segment.encoded.isEmpty else { continue }
            guard let name = left.first, Self.isSame(segment, name) else { return nil }
            left.removeFirst()
            if left.isEmpty { return String(decoding: path.utf8.prefix(length), as: UTF8.self) }
        }
        return nil
    }

    private static func isSame(_ segment: PathSegment, _ name: [UInt8]) -> Bool {
        #if canImport(Darwin)
        // Its file systems tell capitals from small letters as little as spellings of one letter.
        let decoded = (try? segment.decodedBytes()) ?? []
        return String(decoding: decoded, as: UTF8.self).lowercased()
            == String(decoding: name, as: UTF8.self).lowercased()
        #else
        return segment.encoded.utf8.elementsEqual(name) || (try? segment.decodedBytes()) == name
        #endif
    }
}
