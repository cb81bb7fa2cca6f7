import Foundation

/// The path of a program of this package, which lies beside the tests.
package func builtProgram(_ name: String) -> String {
    #if os(macOS)
    let products = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        .deletingLastPathComponent()
    return (products ?? Bundle.main.bundleURL).appendingPathComponent(name).path
    #else
    return Bundle.main.bundleURL.appendingPathComponent(name).path
    #endif
}
