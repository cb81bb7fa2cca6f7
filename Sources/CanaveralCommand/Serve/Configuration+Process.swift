import CanaveralConfiguration
import CanaveralService

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a process has to keep for what a configuration asks for.
extension Configuration {
    var runsPrograms: Bool {
        self.hosts.contains { $0.locations.contains { if case .cgi = $0.answer { true } else { false } } }
    }

    var runsProgramsAsOthers: Bool {
        self.hosts.contains { host in
            host.locations.contains { if case .cgi(let cgi) = $0.answer { !cgi.isConfined } else { false } }
        }
    }

    var resolvesNames: Bool {
        self.hosts.contains { host in
            host.passThrough != nil
                || host.locations.contains { location in
                    switch location.answer {
                    case .proxy, .scgi, .fastCGI: true
                    default: false
                    }
                }
        }
    }
}

extension CertificateOptions {
    /// Lets the server read the certificate that flags name, or make it.
    func allow(in rules: inout SandboxRules) {
        for case let file? in [self.certificateFile, self.keyFile] {
            if self.generates || access(file, F_OK) != 0 {
                rules.write(folder(of: file))
            } else {
                rules.readFile(file)
            }
        }

        func folder(of file: String) -> String {
            guard let slash = file.lastIndex(of: "/") else { return "." }
            return slash == file.startIndex ? "/" : String(file[..<slash])
        }
    }
}
