import Testing

@testable import Tag
