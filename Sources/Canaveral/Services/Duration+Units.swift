extension Duration {
    /// So many times 60 seconds.
    public static func minutes(_ count: Int) -> Duration {
        .seconds(60 * count)
    }

    /// So many times 60 minutes.
    public static func hours(_ count: Int) -> Duration {
        .seconds(3600 * count)
    }

    /// So many times 24 hours.
    public static func days(_ count: Int) -> Duration {
        .seconds(86_400 * count)
    }
}
