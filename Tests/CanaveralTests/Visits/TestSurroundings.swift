import Canaveral
import GeminiProtocol
import GeminiServer
import Logging
import NIOConcurrencyHelpers
import StoreConformance

/// Time, chance and a store of a test's own, for routers.
struct TestSurroundings: Sendable {
    let clock = TestClock()
    let store: any Store
    private let random = NIOLockedValueBox<UInt64>(1)

    init(store: (any Store)? = nil) {
        let clock = self.clock
        self.store = store ?? MemoryStore(now: { clock.now })
    }

    var environment: AppEnvironment {
        let (clock, random) = (self.clock, self.random)
        let start = clock.now
        return AppEnvironment(
            now: { clock.now },
            uptime: { clock.now - start },
            sleep: { clock.advance(by: $0) },
            randomBytes: { count in
                random.withLockedValue { state in
                    (0..<count).map { _ in
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return UInt8(truncatingIfNeeded: state >> 56)
                    }
                }
            }
        )
    }

    /// A router in these surroundings, as after a start.
    func router(_ build: (Routes<BasicContext>) throws -> Void) throws -> any Responder {
        try self.router(context: BasicContext.self, build)
    }

    func router<Context: RootContext>(
        context: Context.Type,
        _ build: (Routes<Context>) throws -> Void
    ) throws -> any Responder {
        try Router(context: context, build)
            .adopting(
                self.environment,
                store: self.store,
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            )
    }
}
