import FuzzProperties

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    checkTOMLProperties(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}
