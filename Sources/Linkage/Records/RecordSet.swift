/// Records to be linked: columns of equal length, and where each record comes from.
public struct RecordSet: Sendable {
  /// What was read; records of one file follow one another, in the order of the files.
  public struct File: Sendable {
    public var name: String
    public var recordCount: Int

    public init(name: String, recordCount: Int) {
      self.name = name
      self.recordCount = recordCount
    }
  }

  public var files: [File]
  public var columns: [InternedColumn]

  public init(files: [File], columns: [InternedColumn]) {
    precondition(columns.allSatisfy { $0.recordCount == files.reduce(0) { $0 + $1.recordCount } })
    self.files = files
    self.columns = columns
  }

  public var count: Int { files.reduce(0) { $0 + $1.recordCount } }

  public func column(named name: String) -> InternedColumn? { columns.first { $0.name == name } }
}
