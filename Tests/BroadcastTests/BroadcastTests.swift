import Testing

@testable import Broadcast
