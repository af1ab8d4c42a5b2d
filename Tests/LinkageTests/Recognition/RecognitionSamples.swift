@testable import Linkage

/// Small tables as people have them; the first line holds the names of the columns, `,` separates.
enum RecognitionSamples {
  static func records(_ text: String, files: Int = 1) -> RecordSet {
    let lines = text.split(whereSeparator: \.isNewline).map { cells(String($0)) }
    let rows = Array(lines.dropFirst())
    let columns = lines[0].indices.map { index in
      InternedColumn(
        name: lines[0][index], values: rows.map { index < $0.count && !$0[index].isEmpty ? $0[index] : nil })
    }
    let share = rows.count / files
    let sizes = (0..<files).map { $0 == files - 1 ? rows.count - share * (files - 1) : share }
    return RecordSet(files: sizes.map { RecordSet.File(name: "f", recordCount: $0) }, columns: columns)
  }

  static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  static let products = """
    id,name,description,manufacturer,price,category
    552,Sony Turntable PSLX350H,Sony Turntable - PSLX350H/ Belt Drive System/ 33-1/3 and 45 RPM Speeds,Sony,149.99,audio
    580,Bose Acoustimass 5 Series III Speaker System AM53BK,Bose Acoustimass 5 Series III Speaker System with 2 Dual Cube,Bose,399,audio
    4696,Sony Switcher SBV40S,Sony Switcher - SBV40S/ Eliminates Disconnecting Cables/ Compact Design,Sony,49,audio
    5644,Sony 5 Disc CD Player CDPCE375,Sony 5 Disc CD Player with Remote Control in Black,Sony,132.5,audio
    6284,Bose 27028 161 Bookshelf Speakers in White,Bose 161 Bookshelf Speaker System in White with Articulated Array,Bose,158,audio
    6493,Panasonic Integrated Telephone System KXTS108W,Panasonic Integrated Telephone System with 16 digit display,Panasonic,44,phones
    7457,Sony Pink Cyber-shot 7.2 Megapixel Digital Camera DSCW120P,Sony Cyber-shot camera with face detection and four zoom steps,Sony,199.95,cameras
    7496,Linksys EtherFast 8-Port 10/100 Switch EZXS88W,Linksys EtherFast 8-Port switch with auto-sensing ports,Linksys,44,network
    """

  static let restaurants = """
    id,name,addr,city,phone,type,class
    1,arnie morton's of chicago,435 s. la cienega blvd.,los angeles,310-246-1501,american,0
    2,art's delicatessen,12224 ventura blvd.,studio city,818-762-1221,american,1
    3,hotel bel-air,701 stone canyon rd.,bel air,310-472-1211,californian,2
    4,cafe bizou,14016 ventura blvd.,sherman oaks,818-788-3536,french,3
    5,campanile,624 s. la brea ave.,los angeles,213-938-1447,american,4
    6,chinois on main,2709 main st.,santa monica,310-392-9025,french,5
    7,citrus,6703 melrose ave.,los angeles,213-857-0034,californian,6
    8,fenix at the argyle,8358 sunset blvd. west,hollywood,213-848-6677,french,7
    9,granita,23725 w. malibu rd.,malibu,310-456-0488,californian,8
    10,grill on the alley,9560 dayton way,los angeles,310-276-0615,american,9
    """

  static let papers = """
    id,title,authors,venue,year
    journals/1,The WASA2 object-oriented workflow management system,Gottfried Vossen; Mathias Weske,International Conference on Management of Data,1999
    journals/2,A user-centered interface for querying distributed multimedia databases,Isabel F. Cruz; Kimberly M. James,International Conference on Management of Data,1999
    journals/3,World Wide Database-integrating the Web and CORBA and databases,Athman Bouguettaya; Boualem Benatallah; Lily Hendra,SIGMOD Record,1999
    journals/4,XML-based information mediation with MIX,Chaitan Baru; Amarnath Gupta; Bertram Ludascher,SIGMOD Record,1998
    journals/5,The CCUBE constraint object-oriented database system,Alexander Brodsky; Victor E. Segal,VLDB,1997
    journals/6,Semantic integrity support in SQL:1999 and commercial databases,Can Turker; Michael Gertz,VLDB,2001
    journals/7,Efficient retrieval of similar time sequences under time warping,Byoung-Kee Yi; H. V. Jagadish,VLDB,1998
    """

  static let companies = """
    公司名称,统一社会信用代码,法定代表人姓名,注册地址,成立日期,联系电话
    杭州云帆软件有限公司,91330106MA2B1C3D4X,王伟,浙江省杭州市西湖区文三路18号,2016-03-02,057188001122
    上海明远贸易有限公司,91310115MA1K2L3M5Y,李娜,上海市浦东新区张江路88号,2015-07-19,02161234567
    北京华信科技股份有限公司,91110108MA01A2B36C,张强,北京市海淀区中关村大街1号,2009-11-30,01082345678
    深圳海纳电子厂,91440300MA5D6E7F8G,陈静,广东省深圳市南山区科技路9号,2018-01-08,075526001234
    成都锦绣餐饮管理有限公司,91510100MA6C7D8E9H,刘洋,四川省成都市锦江区春熙路3号,2012-05-15,02886001234
    武汉长江物流集团,91420100MA4K5L6M7N,赵敏,湖北省武汉市江汉区解放大道100号,2003-09-01,02785001234
    """

  static let bank = """
    khh,xm,zjhm,csrq,sjh,xb,dz
    C0001,王建国,110101198001011234,19800101,13800138000,男,北京市朝阳区建国路88号3单元502室
    C0002,李秀英,310101199003072326,19900307,13912345678,女,上海市黄浦区南京东路100号
    C0003,张伟,440301198512123456,19851212,13698765432,男,深圳市福田区深南大道1号
    C0004,陈丽,330102197811234567,19781123,15088886666,女,杭州市上城区解放路20号
    C0005,欧阳明,510104199211115678,19921111,18600001111,男,成都市锦江区人民南路5号
    C0006,赵敏,420102198807074321,19880707,17712340000,女,武汉市江汉区中山大道12号
    """

  static let germans = """
    Kundennummer,Anrede,Vorname,Nachname,Straße,Hausnr,PLZ,Ort,Geburtsdatum,Telefon,E-Mail
    10023,Herr,Jürgen,Müller,Hauptstraße,12,80331,München,03.05.1961,089 1234567,j.mueller@example.de
    10024,Frau,Sabine,Schäfer,Lindenweg,3a,50667,Köln,21.11.1978,0221 998877,sabine@example.de
    10025,Frau,Anke,Vogel,Bahnhofstr.,45,20095,Hamburg,30.01.1985,040 556677,a.vogel@example.de
    10026,Herr,Karl-Heinz,Schmidt,Goethestraße,7,60311,Frankfurt,14.07.1949,069 112233,kh.schmidt@example.de
    10027,Herr,Uwe,Becker,Am Markt,1,28195,Bremen,02.12.1990,0421 445566,uwe@example.de
    10028,Frau,Petra,Krüger,Schillerplatz,19,70173,Stuttgart,17.09.1972,0711 778899,petra.k@example.de
    """

  static let spaniards = """
    Nombre,Primer Apellido,Segundo Apellido,DNI,Fecha de nacimiento,Sexo,Dirección,Código postal,Ciudad,Provincia,Teléfono
    María,García,López,12345678Z,12/03/1975,mujer,Calle Mayor 5,28013,Madrid,Madrid,+34 912 345 678
    José,Martínez,Ruiz,23456789D,25/11/1960,hombre,Avenida de la Paz 12,41001,Sevilla,Sevilla,+34 954 111 222
    Lucía,Fernández,Gil,34567890V,07/08/1992,mujer,Calle del Sol 3,46001,Valencia,Valencia,+34 963 222 333
    Antonio,Sánchez,Moreno,45678901G,30/01/1988,hombre,Plaza España 1,50001,Zaragoza,Zaragoza,+34 976 333 444
    Pilar,Romero,Díaz,56789012B,19/06/1955,mujer,Calle Real 44,18001,Granada,Granada,+34 958 444 555
    Javier,Torres,Navarro,67890123B,02/12/2001,hombre,Paseo Marítimo 8,29016,Málaga,Málaga,+34 952 555 666
    """
}
