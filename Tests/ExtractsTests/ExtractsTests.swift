import Testing

@testable import Extracts
