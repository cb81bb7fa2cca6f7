import GeminiServer
import NIOCore
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An upload on its way to a program: a file without a name.
///
/// A program starts when the upload is whole (CG-07): it never sees a part of one, and a slow client keeps no process.
struct UploadFile {
    private let file: Descriptor

    private init(file: Descriptor) {
        self.file = file
    }

    /// Takes an upload to its end.
    ///
    /// - Returns: the file, to be read from its beginning.
    /// - Throws: `UploadError`, and `IOError` where it cannot be kept.
    static func receive(_ upload: Upload, on threads: NIOThreadPool) async throws -> Descriptor {
        let body = try upload.body()
        let file = UploadFile(file: try await threads.runIfActive { try Self.make() })
        for try await piece in body {
            try await threads.runIfActive { try file.append(piece) }
        }
        guard lseek(file.file.number, 0, SEEK_SET) == 0 else { throw IOError(errnoCode: errno, reason: "lseek") }
        return file.file
    }

    private static func make() throws -> Descriptor {
        let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/canaveral-upload-XXXXXX".utf8CString)
        let opened = unsafe mkstemp(&template)
        guard opened >= 0 else { throw IOError(errnoCode: errno, reason: "mkstemp in \(folder)") }
        _ = unsafe unlink(template)
        _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
        return Descriptor(takingOwnershipOf: opened)
    }

    private func append(_ piece: ByteBuffer) throws {
        var rest = piece
        while rest.readableBytes > 0 {
            let written = unsafe rest.withUnsafeReadableBytes { bytes in
                unsafe write(self.file.number, bytes.baseAddress, bytes.count)
            }
            guard written > 0 else {
                if errno == EINTR { continue }
                throw IOError(errnoCode: errno, reason: "write of an upload")
            }
            rest.moveReaderIndex(forwardBy: written)
        }
    }
}
