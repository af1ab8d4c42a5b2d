/// Words that tell what a value is: a few hundred of the most frequent are enough, because a column is judged by its share
/// of values that hold one, never by a single value.
struct CommonWords: Sendable {
  static let given: UInt16 = 1
  static let family: UInt16 = 2
  static let street: UInt16 = 4
  static let organisation: UInt16 = 8
  static let country: UInt16 = 16
  static let region: UInt16 = 32
  static let sex: UInt16 = 64
  static let city: UInt16 = 128
  static let filler: UInt16 = 256
  static let title: UInt16 = 512

  static let table = CommonWords()

  /// Open addressing: hash and flags, 0 where free.
  private var hashes: [UInt64]
  private var flags: [UInt16]

  /// FNV-1a over lower-case bytes.
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

  private init() {
    hashes = [UInt64](repeating: 0, count: 4096)
    flags = [UInt16](repeating: 0, count: 4096)
    for (flag, words) in Self.lists {
      for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) { insert(word.utf8, flag) }
    }
  }

  private mutating func insert(_ word: some Sequence<UInt8>, _ flag: UInt16) {
    let hash = word.reduce(Self.seed) { Self.step($0, $1) }
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & 4095
    while hashes[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & 4095 }
    hashes[slot] = hash
    flags[slot] |= flag
  }

  /// Of a word by the hash of its lower-case bytes; 0 where it is not known.
  func flags(_ hash: UInt64) -> UInt16 {
    hashes.withUnsafeBufferPointer { hashes in
      var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & 4095
      while hashes[slot] != 0 {
        if hashes[slot] == hash { return flags[slot] }
        slot = (slot + 1) & 4095
      }
      return 0
    }
  }

  private static let lists: [(UInt16, String)] = [
    (
      given,
      """
      james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark
      donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary
      nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond
      jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter keith
      mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley
      kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen
      amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet
      catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith
      megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail
      alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany
      charlotte marie kayla alexis lori oliver harry lewis liam lachlan isabelle chloe mia ella jasmine joel luke max
      hans peter klaus wolfgang jurgen dieter manfred uwe bernd gunter gunther helmut werner horst gerhard heinz karl
      stefan andreas matthias martin christian carsten gerd ralf sabine petra monika ursula renate helga karin brigitte
      ingrid erika claudia susanne gisela birgit heike silke juergen jens torsten kai anke katrin anja
      jean pierre michel philippe alain jacques bernard patrick andre louis francois claude nathalie isabelle sylvie
      monique francoise jacqueline anne valerie
      antonio jose manuel francisco juan javier carlos miguel alejandro rafael fernando luis pedro pablo jorge sergio
      alberto alvaro maria carmen josefa isabel ana dolores pilar teresa francisca lucia cristina marta rosa
      tom bob bill jim joe mike dave steve chris dan nick sam ben alex tony kate liz sue rob will ted
      mohammed muhammad ahmed ali fatima omar hassan priya raj anil sunil
      """
    ),
    (
      family,
      """
      smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson
      thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young
      allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter
      roberts gomez phillips evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers
      gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson watson brooks chavez
      wood james bennett gray mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez
      ryan clarke webb shaw hunt palmer mills ellis ford hamilton graham wallace west cole jordan mason
      muller mueller schmidt schneider fischer weber meyer meier wagner becker schulz schulze hoffmann schafer schaefer
      koch bauer richter klein wolf schroder schroeder neumann schwarz zimmermann braun kruger krueger hofmann hartmann lange
      schmitt werner krause lehmann kohler koehler herrmann konig koenig walter mayer huber kaiser fuchs peters lang
      scholz moller moeller weiss jung hahn schubert vogel friedrich keller gunther frank berger winkler roth beck lorenz
      baumann franke albrecht schuster simon ludwig bohm boehm
      bernard dubois durand leroy moreau simon laurent lefebvre michel garcia david bertrand roux vincent fournier
      fernandez romero alonso navarro dominguez vazquez gil serrano blanco molina castro suarez ortega delgado
      wang li zhang liu chen yang zhao huang zhou wu xu sun zhu gao lin guo chan wong lam cheung leung lau ng ho kwok
      singh kumar sharma khan ali ahmed
      """
    ),
    (
      street,
      """
      street st road rd avenue ave av lane ln drive dr place pl court ct crescent cres cct circuit close boulevard blvd
      parade pde terrace tce highway hwy way square sq parkway pkwy alley mews grove loop ring esplanade quay walk broadway
      strasse str weg platz allee gasse ufer damm rue place chemin impasse calle avenida paseo plaza carrera camino via viale
      piazza corso rua travessa ulica laan straat
      """
    ),
    (
      organisation,
      """
      ltd limited inc incorporated llc llp plc corp corporation company co gmbh ag kg ohg mbh sarl sa srl spa sl nv bv oy ab
      pty pte group holdings holding bank university institute college hospital association foundation society council
      trust partners consulting services solutions systems technologies technology industries international enterprises
      trading logistics insurance capital cafe restaurant grill bistro hotel bar deli delicatessen kitchen pizzeria
      trattoria inn diner club steakhouse brasserie house museum school clinic pharmacy verein stiftung banco sociedad
      """
    ),
    (
      country,
      """
      usa us uk gb cn de fr es it jp kr hk sg au nz ca in br mx ru nl be ch at se no dk fi pl pt ie za tw mo
      china germany france spain italy japan korea singapore australia canada india brazil mexico russia netherlands belgium
      switzerland austria sweden norway denmark finland poland portugal ireland england scotland wales deutschland
      frankreich spanien italien schweiz osterreich allemagne espagne italie suisse espana alemania francia italia
      america kingdom zealand chn usa gbr deu fra esp ita jpn kor hkg sgp aus can ind bra mex
      """
    ),
    (
      region,
      """
      nsw vic qld wa sa tas act nt al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj
      nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wv wi wy dc on qc bc ab mb sk ns nb
      california texas florida york ohio michigan virginia washington bavaria bayern sachsen hessen victoria queensland
      ontario quebec guangdong zhejiang jiangsu sichuan shandong hunan hubei fujian henan hebei
      """
    ),
    (
      sex,
      "m f male female man woman men women mann frau w weiblich maennlich h hombre mujer homme femme masculino femenino u unknown x d divers"
    ),
    (
      city,
      """
      london paris berlin madrid rome vienna munich hamburg cologne frankfurt zurich geneva brussels amsterdam dublin lisbon
      york angeles chicago houston phoenix philadelphia antonio diego dallas francisco boston seattle denver atlanta miami
      toronto montreal vancouver sydney melbourne brisbane perth adelaide canberra auckland beijing shanghai guangzhou
      shenzhen chengdu hangzhou wuhan nanjing tianjin chongqing kowloon tokyo osaka seoul singapore delhi mumbai bangalore
      birmingham manchester leeds liverpool sheffield bristol glasgow edinburgh cardiff barcelona valencia sevilla milan
      naples turin lyon marseille toulouse hannover leipzig dresden stuttgart dusseldorf bremen bonn koln moscow istanbul
      cairo lagos nairobi paulo janeiro mexico bogota lima santiago springfield richmond oxford cambridge plymouth
      """
    ),
    (
      filler,
      "the of and for with in on to a an by from at und der die das fur de la les des du el los las y et via using"
    ),
    (title, "mr mrs ms miss dr prof sir lady herr frau madame monsieur mme sr sra jr"),
  ]

  /// The most frequent Chinese family names of one character, simplified and traditional, as scalars.
  static let hanFamilies: Set<UInt32> = Set(
    ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
      + "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇呂盧鍾譚陸賈韋鄒閆龍賀顧龔萬錢嚴賴湯")
      .unicodeScalars.map(\.value))
}
