extension Starter {
  /// One night's delivery: two records of one customer, a bad date, a customer who died, a deposit in dollars.
  static let sampleFiles: [(path: String, text: String)] = [
    (
      "samples/20261120/customers_20261120.csv",
      #"""
      customer_no,name,birth_date,document_type,document_no,mobile,branch,status,updated_on
      K001,李明,1988-03-05,01,11010519880305001X,13900000001,B001,A,2026-10-01
      K002,王芳,1960-11-20,01,110105196011200025,+86 139 0000 0002,B001,A,2026-09-12
      K003,李明,1988-03-05,01,11010519880305001X,13900000001,B002,A,2026-11-02
      K004,张强,1979-07-30,02,E12345678,13900000004,B001,D,2026-01-15
      K005,刘洋,1995-13-40,01,,13900000005,B002,A,2026-06-01

      """#
    ),
    (
      "samples/20261120/accounts_20261120.csv",
      #"""
      account_no,customer_no,product,currency,balance,matures_on,status
      A001,K001,D001,CNY,1200.50,,open
      A002,K001,D002,CNY,30000.00,2026-11-28,open
      A003,K002,D002,CNY,50000.00,2026-12-05,open
      A004,K003,D001,USD,100.00,,open
      A005,K004,D002,CNY,8000.00,2026-11-25,open
      A006,K002,L001,CNY,20000.00,2029-06-30,open

      """#
    ),
  ]
}
