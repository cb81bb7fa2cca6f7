import Benchmark
import GeminiProtocol

func registerResponseBenchmarks() {
    Benchmark.repeated("Response header: make and encode a success") {
        ResponseHeader.success(.gemtext).bytes
    }

    let target = "gemini://example.org/attic/"
    Benchmark.repeated("Response header: make and encode a redirect") {
        ResponseHeader.redirect(to: try Meta(target), permanent: true).bytes
    }

    let received = Array("20 text/gemini; charset=utf-8; lang=en\r\n# Cape Canaveral\n".utf8)
    Benchmark.repeated("Response header: decode") {
        var decoder = ResponseHeaderDecoder()
        return try decoder.decode(received.span)
    }

    let bare = "text/gemini"
    Benchmark.repeated("Media type: parse, no parameter") {
        try MediaType(bare)
    }

    let labelled = "text/gemini; charset=utf-8; lang=\"en,fr\""
    Benchmark.repeated("Media type: parse, two parameters") {
        try MediaType(labelled)
    }
}
