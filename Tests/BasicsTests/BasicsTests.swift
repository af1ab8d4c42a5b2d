import Testing

@testable import Basics

struct AbsolutePathTests {
  @Test(arguments: [
    ("/nowhere/at/all/", "/nowhere/at/all"), ("/nowhere//x/../y/./z", "/nowhere/y/z"), ("/nowhere/..", "/"), ("/", "/"),
    ("/tmp/../nowhere", "/nowhere"),
  ])
  func pathsOfWhatIsNotThereAreCleanedUp(path: String, expected: String) {
    #expect(Files.absolute(path) == expected)
  }

  @Test func relativePathsBeginInTheWorkingFolder() {
    let here = Files.absolute(".")
    #expect(Files.absolute("nowhere/家 里/") == here + "/nowhere/家 里")
    #expect(Files.absolute("./nowhere") == here + "/nowhere")
  }
}
