#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension OpenMetricsRegistry {
    /// Tells of the process under the names that all client libraries of Prometheus use: `process_cpu_seconds_total`,
    /// `process_resident_memory_bytes`, `process_virtual_memory_bytes`, `process_open_fds`, `process_max_fds` and
    /// `process_start_time_seconds`. What the system does not tell is left out: elsewhere than on Linux that is memory, open
    /// descriptors and the start.
    ///
    /// Call it before the process goes into a sandbox: the files that it reads are opened here.
    ///
    /// - Parameter countsDescriptors: whether open descriptors are counted, which takes one of a folder. Leave it where the
    ///   process changes its root afterwards: through a folder outside, there is a way out.
    public func addProcessMetrics(countsDescriptors: Bool = true) {
        let files = ProcessFiles(countsDescriptors: countsDescriptors)
        self.addCollector { Self.processMetrics(files) }
    }

    /// Tells which build of a program this is, as `<program>_build_info`.
    ///
    /// ```swift
    /// registry.addBuildInfo("canaveral", ["version": "1.0.0"])    // canaveral_build_info{version="1.0.0"} 1.0
    /// ```
    public func addBuildInfo(_ program: String, _ facts: [String: String]) {
        var build = CollectedMetric("\(program)_build", .info, help: "Which build of the program this is.")
        build.add(1, labels: facts.map { ($0.key, $0.value) })
        self.addCollector { [build] in [build] }
    }

    private static func processMetrics(_ files: ProcessFiles) -> [CollectedMetric] {
        var metrics: [CollectedMetric] = []
        func add(_ name: String, _ help: String, _ value: Double?, kind: CollectedMetric.Kind = .gauge) {
            guard let value else { return }
            var metric = CollectedMetric(name, kind, help: help)
            metric.add(value)
            metrics.append(metric)
        }
        let memory = files.memoryUse
        add("process_cpu_seconds", "Time that processors spent on the process.", Self.processorTime, kind: .counter)
        add("process_resident_memory_bytes", "Memory of the process that is resident.", memory?.resident)
        add("process_virtual_memory_bytes", "Address space of the process.", memory?.virtual)
        add("process_open_fds", "Descriptors that are open.", files.openDescriptors)
        add("process_max_fds", "Descriptors that may be open.", Self.descriptorLimit)
        add("process_start_time_seconds", "When the process started, in seconds since 1970.", files.startTime)
        return metrics
    }

    private static var processorTime: Double? {
        var usage = rusage()
        #if canImport(Glibc)
        let itself = __rusage_who_t(RUSAGE_SELF.rawValue)
        #else
        let itself = RUSAGE_SELF
        #endif
        guard unsafe getrusage(itself, &usage) == 0 else { return nil }
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        let microseconds = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
        return Double(seconds) + Double(microseconds) / 1_000_000
    }

    private static var descriptorLimit: Double? {
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard unsafe getrlimit(resource, &limit) == 0 else { return nil }
        return Double(limit.rlim_cur)
    }
}
