import GeminiProtocol
import GeminiServer
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Files {
    /// What can be said of a path without listing a folder.
    enum Answer {
        case response(Response)
        /// A folder without an index.
        case listing
        /// Only a thread that may wait for a disk can tell.
        case wouldWait
    }

    func answer(at path: RelativePath, url: GeminiURL, waits: Bool) -> Answer {
        guard !path.namesDirectory else { return self.folder(at: path, waits: waits) }
        let entry = self.root.entry(at: path, waits: waits)
        if case .directory = entry { return .response(Self.redirectToFolder(url)) }
        return self.file(entry, at: path, waits: waits) ?? .response(.notFound)
    }

    private func folder(at path: RelativePath, waits: Bool) -> Answer {
        for name in self.indexNames {
            let index = path.appending(name)
            let entry = self.root.entry(at: index, waits: waits)
            if case .directory = entry { continue }
            if let answer = self.file(entry, at: index, waits: waits) { return answer }
        }
        return self.listsFolders ? .listing : .response(.notFound)
    }

    /// - Parameter entry: what was found at the path.
    /// - Returns: `nil` if nothing is there that could be served.
    private func file(_ entry: RootDirectory.Entry, at path: RelativePath, waits: Bool) -> Answer? {
        guard let metaFiles = self.metaFiles else {
            return self.file(entry, at: path) { self.media.header(forName: path.name) }
        }
        if case .wouldWait = entry { return .wouldWait }
        switch metaFiles.setting(for: path, beneath: self.root, waits: waits) {
        case .setting(.response(let header)): return .response(Response(header))
        case .setting(let setting): return self.file(entry, at: path) { self.header(ofFile: path.name, setting) }
        case .wouldWait: return .wouldWait
        case .failed(let error): return .response(self.failure(error, at: path))
        }
    }

    @inline(__always)
    private func file(
        _ entry: RootDirectory.Entry,
        at path: RelativePath,
        header: () -> ResponseHeader
    ) -> Answer? {
        switch entry {
        case .file(let file): .response(Response(header(), body: .file(file)))
        case .wouldWait: .wouldWait
        case .directory, .other, .failed(ENOENT), .failed(ENOTDIR): nil
        case .failed(let error): .response(self.failure(error, at: path))
        }
    }

    private func header(ofFile name: ArraySlice<UInt8>, _ setting: MetaFile.Setting?) -> ResponseHeader {
        switch setting {
        case nil: self.media.header(forName: name)
        case .parameters(let parameters): self.media.header(forName: name, insteadOfLanguage: parameters)
        case .mediaType(let type): .success(type)
        case .response(let header): header
        }
    }

    /// Reads a folder, which waits for the disk whatever is in memory.
    func listing(of path: RelativePath) -> Response {
        switch self.root.entry(at: path, waits: true) {
        case .directory(let folder):
            do throws(FileError) {
                let listing = try Listing(
                    of: path,
                    open: folder,
                    beneath: self.root,
                    options: self.listing,
                    media: self.media
                )
                return Response(self.media.gemtextHeader, body: .bytes(ByteBuffer(bytes: listing.page)))
            } catch {
                return self.failure(error.errno, at: path)
            }
        case .failed(let error):
            return self.failure(error, at: path)
        case .file, .other, .wouldWait:
            return .notFound
        }
    }

    static func redirectToFolder(_ url: GeminiURL) -> Response {
        guard let folder = try? url.replacing(path: url.path + "/"),
            let target = try? URIReference(folder.absolutePathReference)
        else { return .notFound }
        return .redirect(to: target, permanent: true)
    }

    /// Whatever keeps a file from being read is not found, so that nobody learns what is there; unless it is our own
    /// lack of something.
    private func failure(_ error: CInt, at path: RelativePath) -> Response {
        if error == EACCES { self.denials.report(path, beneath: self.root) }
        return .failure(reading: error)
    }
}

extension Response {
    /// What the system's refusal to open something becomes.
    static func failure(reading error: CInt) -> Response {
        switch error {
        case EMFILE, ENFILE, ENOMEM: .failure(.serverUnavailable)
        case EIO, EAGAIN: .failure(.temporaryFailure)
        default: .notFound
        }
    }
}
