import Benchmark
import GeminiProtocol

func registerRequestBenchmarks() {
    let line = Array("gemini://example.org/gemlog/2026-08-14-night-launch.gmi\r\n".utf8)
    Benchmark.repeated("Request line: decode, in one piece") {
        var decoder = RequestLineDecoder()
        return decoder.consume(line.span)
    }

    Benchmark.repeated("Request line: decode, byte by byte") {
        var decoder = RequestLineDecoder()
        var progress = RequestLineDecoder.Progress.needMore
        for byte in line {
            let piece: InlineArray<1, UInt8> = [byte]
            progress = decoder.consume(piece.span)
        }
        return progress
    }

    let malformed = Array("GET / HTTP/1.1\r\n".utf8)
    Benchmark.repeated("Request line: refuse another protocol") {
        var decoder = RequestLineDecoder()
        return decoder.consume(malformed.span)
    }
}
