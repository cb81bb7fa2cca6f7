// An application writes `import Canaveral` and has what it needs of the layers below.
@_exported public import GeminiFeeds
@_exported public import GeminiFiles
@_exported public import GeminiProtocol
@_exported public import GeminiServer

@_exported public import struct Logging.Logger
@_exported public import struct NIOCore.ByteBuffer
@_exported public import enum NIOCore.SocketAddress
