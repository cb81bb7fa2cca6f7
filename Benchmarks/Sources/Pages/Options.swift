/// The five flags, all of them needed.
struct Options {
    let certificate: String
    let key: String
    let port: Int
    let directory: String
    let accessLog: String

    init?(arguments: some Sequence<String>) {
        var values: [String: String] = [:]
        var iterator = arguments.makeIterator()
        while let flag = iterator.next() {
            values[flag] = iterator.next()
        }
        guard let certificate = values["--cert"], let key = values["--key"], let directory = values["--dir"],
            let accessLog = values["--access-log"], let port = values["--port"].flatMap({ Int($0) })
        else { return nil }
        self.certificate = certificate
        self.key = key
        self.port = port
        self.directory = directory
        self.accessLog = accessLog
    }
}
