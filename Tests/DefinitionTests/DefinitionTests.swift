import Testing

@testable import Definition
