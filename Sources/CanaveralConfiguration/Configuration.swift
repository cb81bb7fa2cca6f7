import TOMLKit

/// Everything that `canaveral serve` can be told.
package struct Configuration: Sendable {
    package init() {}
}
