/// People as a CSV file for `guiyi link`: key, first name, surname, dob, town.
public enum LinkPeople {
  public static let given = [
    "Ann", "Bob", "Carla", "David", "Emma", "Frank", "Grace", "Henry", "Irene", "Jack", "Kate", "Liam",
  ]
  public static let family = [
    "Miller", "Smith", "Jones", "Brown", "Taylor", "Wilson", "Moore", "Clark", "Lewis", "Young",
  ]
  public static let towns = ["Leeds", "York", "Bath", "Derby", "Truro"]

  /// The file of some rows, from 0: the first `people` are of one person each, later ones are copies with errors.
  ///
  /// - Parameter truth: a column `person` more.
  public static func csv(_ rows: Range<Int>, people: Int, truth: Bool = false) -> String {
    rows.reduce(into: "key,first name,surname,dob,town\(truth ? ",person" : "")\n") { text, number in
      let person = number % people
      let isCopy = number >= people
      let name = given[person % 12] + (isCopy && person % 5 == 0 ? "a" : "")
      let born = "19\(10 + person * 7 % 80)-0\(1 + person % 9)-1\(person * 3 % 10)"
      text += "p\(number + 1),\(name),\(family[person * 7 % 10]),\(isCopy && person % 7 == 0 ? "" : born),"
      text += "\(towns[person * 3 % 5])\(truth ? ",\(person + 1)" : "")\n"
    }
  }
}
