extension RequestCase {
    private static func url(length: Int) -> String {
        let start = "gemini://localhost/"
        return start + String(repeating: "0", count: length - start.utf8.count)
    }

    /// Each request line that a row of the protocol says something about.
    static let table: [RequestCase] = addresses + lines + refusals + routing

    private static let addresses = [
        RequestCase("GP-020", "gemini:/x", .status(59)),
        RequestCase("GP-020", "gemini:///x", .status(59)),
        RequestCase("GP-020", "gemini://", .status(59)),
        RequestCase("GP-022", "gemini://localhost", .home),
        RequestCase("GP-022", "gemini://localhost/", .home),
        RequestCase("GP-023", "gemini://localhost:/", .home),
        RequestCase("GP-026", "gemini://localhost/a/./b", .home),
        RequestCase("GP-026", "gemini://localhost/a/x/../b", .home),
        RequestCase("GP-026", "gemini://localhost/inde%78.gmi", .home),
        RequestCase("GP-026", "gemini://localhost/./", .home),
        RequestCase("GP-027", "GEMINI://LocalHost/", .home),
        RequestCase("GP-028", "gemini://xn--caf-dma.localhost/", .home),
        RequestCase("GP-028", "gemini://XN--CAF-DMA.localhost/", .home),
        RequestCase("GP-028", "gemini://café.localhost/", .home),
        RequestCase("GP-028", "gemini://caf%C3%A9.localhost/", .home),
        RequestCase("GP-029", "gemini://[::1]/", .home),
        RequestCase("GP-029", "gemini://[::1]:{port}/", .home),
        RequestCase("GP-029", "gemini://[0:0:0:0:0:0:0:1]/", .home),
        RequestCase("GP-029", "gemini://::1/", .status(59)),
        RequestCase("GP-029", "gemini://[::1/", .status(59)),
        RequestCase("GP-030", "gemini://localhost/a+b", .exactly("20 text/plain\r\n/a+b /a+b none\n")),
        RequestCase("GP-030", "gemini://localhost/echo?a+b%20c", .exactly("20 text/plain\r\n/echo /echo <a+b%20c>\n")),
        RequestCase("GP-031", "gemini://localhost./", .home),
        RequestCase("GP-031", "gemini://café.localhost./", .home),
        RequestCase("GP-031", "gemini://localhost../", .status(59)),
    ]

    private static let lines = [
        RequestCase("GP-042", url(length: 1024), .status(51)),
        RequestCase("GP-042", url(length: 1025), .status(59)),
        RequestCase("GP-043", url(length: 4096), .status(59)),
        RequestCase("GP-043", "gemini://localhost/" + String(repeating: "€", count: 400), .status(59)),
        RequestCase("GP-044", "gemini://u@localhost/", .status(59)),
        RequestCase("GP-044", "gemini://u:p@localhost/", .status(59)),
        RequestCase("GP-044", "gemini://:p@localhost/", .status(59)),
        RequestCase("GP-044", "gemini://@localhost/", .status(59)),
        RequestCase("GP-044", "http://u@localhost/", .status(59)),
        RequestCase("GP-045", "gemini://localhost/#x", .status(59)),
        RequestCase("GP-045", "gemini://localhost/#", .status(59)),
        RequestCase("GP-045", "gemini://localhost?q#x", .status(59)),
        RequestCase("GP-048", "", .status(59)),
        RequestCase("GP-048", "/", .status(59)),
        RequestCase("GP-048", "//localhost/", .status(59)),
        RequestCase("GP-048", "localhost", .status(59)),
        RequestCase("GP-048", "Hello Gemini!", .status(59)),
        RequestCase("GP-048", "GET / HTTP/1.1", .status(59)),
        RequestCase("GP-048", " gemini://localhost/", .status(59)),
        RequestCase("GP-048", "gemini://localhost/ ", .status(59)),
        RequestCase("GP-049", line: Array("gemini://localhost/".utf8) + [0xDC], .status(59)),
        RequestCase("GP-049", line: [0xFF, 0xFE, 0x00], .status(59)),
        RequestCase("GP-049", line: Array("gemini://localhost/".utf8) + [0xED, 0xA0, 0x80], .status(59)),
        RequestCase("GP-050", "\u{FEFF}gemini://localhost/", .status(59)),
        RequestCase("GP-051", "gemini://localhost/\n", .status(59)),
        RequestCase("GP-051", "gemini://localhost/\r", .status(59)),
        RequestCase("GP-051", "gemini://localhost/\ngemini://localhost/", .status(59)),
        RequestCase("GP-054", "gemini://localhost/a b", .status(59)),
        RequestCase("GP-054", "gemini://localhost/a%zz", .status(59)),
        RequestCase("GP-054", "gemini://localhost/a%4", .status(59)),
        RequestCase("GP-054", "gemini://localhost/a%", .status(59)),
        RequestCase("GP-054", "gemini://localhost/\u{1}", .status(59)),
        RequestCase("GP-054", "gemini://localhost/\u{7F}", .status(59)),
        RequestCase("GP-054", "gemini://localhost/\t", .status(59)),
        RequestCase("GP-054", "gemini://localhost/\u{0}", .status(59)),
        RequestCase("GP-054", "gemini://local host/", .status(59)),
        RequestCase("GP-054", "gemini://localhost/?a b", .status(59)),
        RequestCase("GP-054", "gemini://localhost/<x>", .status(59)),
    ]

    private static let refusals = [
        RequestCase("GP-055", "gemini://wikipedia.org/", .status(53)),
        RequestCase("GP-055", "gemini://localhost.example/", .status(53)),
        RequestCase("GP-055", "gemini://example.localhost/", .status(53)),
        RequestCase("GP-055", "gemini://127.0.0.1/", .status(53)),
        RequestCase("GP-056", "gemini://localhost:443/", .status(53)),
        RequestCase("GP-056", "gemini://localhost:1965/", .status(53)),
        RequestCase("GP-056", "gemini://localhost:0/", .status(53)),
        RequestCase("GP-056", "gemini://localhost:65536/", .status(59)),
        RequestCase("GP-056", "gemini://localhost:{port}/", .home),
        RequestCase("GP-056", "gemini://localhost:0{port}/", .home),
        RequestCase("GP-057", "http://localhost/", .status(53)),
        RequestCase("GP-057", "https://localhost/", .status(53)),
        RequestCase("GP-057", "gopher://localhost/", .status(53)),
        RequestCase("GP-057", "data://localhost", .status(53)),
        RequestCase("GP-057", "titan://localhost/x;size=3;mime=text/plain", .status(53)),
        RequestCase("GP-057", "gemini+x://localhost/", .status(53)),
        RequestCase("GP-187", "gemini://elsewhere.example/", .status(53)),
    ]

    private static let routing = [
        RequestCase("GP-058", "gemini://localhost?q", .home),
        RequestCase("GP-058", "gemini://localhost/?q", .home),
        RequestCase("GP-059", "gemini://localhost/../../", .status(51)),
        RequestCase("GP-059", "gemini://localhost/..", .status(51)),
        RequestCase("GP-059", "gemini://localhost/a/../../index.gmi", .status(51)),
        RequestCase("GP-060", "gemini://localhost/%2e%2e/x", .status(51)),
        RequestCase("GP-060", "gemini://localhost/a/%2E%2e/%2e./index.gmi", .status(51)),
        RequestCase("GP-060", "gemini://localhost/x%00.gmi", .status(59)),
        RequestCase("GP-060", "gemini://localhost/a%2Fb", .exactly("20 text/plain\r\n/a%2Fb /a%2Fb none\n")),
        RequestCase("GP-061", "gemini://localhost/echo", .exactly("20 text/plain\r\n/echo /echo none\n")),
        RequestCase("GP-061", "gemini://localhost/echo?", .exactly("20 text/plain\r\n/echo /echo <>\n")),
        RequestCase(
            "GP-062",
            "gemini://localhost/%65cho?%7e=%2b",
            .exactly("20 text/plain\r\n/echo /%65cho <%7e=%2b>\n")
        ),
        RequestCase(
            "GP-062",
            "gemini://localhost/x/../echo?/../",
            .exactly("20 text/plain\r\n/echo /x/../echo </../>\n")
        ),
    ]
}
