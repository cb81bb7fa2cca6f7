// On Linux FoundationEssentials, which swift-crypto links in any case; docs/design.md has the figures.
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// How values of an application's types become the bytes that a store keeps: JSON with sorted keys, which a person can
/// read in the database and to which a later version of the application can add properties.
enum StoreCoding {
    static func bytes(of value: some Encodable, for key: StoreKey) throws(StoreError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw StoreError.notCodable(key, type: "\(type(of: value))", reason: "\(error)")
        }
    }

    static func value<Value: Decodable>(
        _ type: Value.Type,
        from bytes: [UInt8],
        for key: StoreKey
    ) throws(StoreError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw StoreError.notCodable(key, type: "\(type)", reason: "\(error)")
        }
    }
}
