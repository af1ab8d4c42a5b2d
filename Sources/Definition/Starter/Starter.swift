import Basics

/// The small pipeline that `guiyi init` writes, with one night's delivery to try it on.
public enum Starter {
  /// The business date of the sample delivery.
  public static let sampleDate = "2026-11-20"

  /// Paths below the folder, and what stands in them.
  static let files: [(path: String, text: String)] = definitionFiles + sampleFiles

  /// Writes the starter into a folder that is empty or not there yet.
  ///
  /// Throws `folder_not_empty` where something stands there already, and `unwritable_file`.
  public static func write(to folder: String) throws(Problem) {
    if Files.exists(folder) {
      let isEmpty = Files.isFolder(folder) ? try Files.names(in: folder).isEmpty : false
      guard isEmpty else {
        throw Problem(
          "folder_not_empty", "\(folder) is there already and not an empty folder",
          advice: "Name a folder that does not exist yet")
      }
    }
    for (path, text) in files {
      let full = "\(folder)/\(path)"
      try Files.makeFolder(Files.parent(full))
      try Files.write(text, to: full)
    }
  }
}
