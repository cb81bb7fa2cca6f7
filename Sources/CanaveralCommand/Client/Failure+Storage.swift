import GeminiClient

extension Failure {
    /// Does something with what is kept for the user, and turns an error into its sentence.
    static func storing<Result>(
        _ work: () async throws(StorageError) -> Result
    ) async throws(Failure) -> Result {
        do throws(StorageError) {
            return try await work()
        } catch {
            throw .work("\(error)")
        }
    }
}
