/// The English names and places that the file of people is put together from.
///
/// First names stand by the decades in which they were in fashion, commonest first; everything else is synthesised from
/// syllables, so that names far down the list are as rare as in a real register.
enum PeopleNameLists {
  /// The 1930s to the 1950s, the 1960s and 1970s, the 1980s and 1990s, since 2000.
  static let men = [
    "James Robert John William Richard Charles Donald George Thomas Joseph Ronald Kenneth Edward Raymond Frank Harold "
      + "Walter Albert Gerald Arthur Ralph Stanley Ernest Norman Leonard Herbert Clifford Leslie Dennis Roy",
    "David Michael Mark Stephen Paul Andrew Peter Kevin Gary Ian Alan Brian Steven Anthony Christopher Simon Neil "
      + "Timothy Jeffrey Gregory Philip Nigel Martin Graham Keith Barry Colin Patrick Douglas Lawrence",
    "Christopher Daniel Matthew James Andrew Ryan Adam Joshua Benjamin Nicholas Jonathan Samuel Alexander Craig Lee "
      + "Thomas Stuart Nathan Gareth Aaron Jason Sean Kieran Liam Bradley Edward Zachary Kyle Scott Dominic",
    "Oliver Jack Harry Noah George Charlie Jacob Muhammad Oscar Leo Alfie Henry Archie Ethan Theodore Lucas Logan Max "
      + "Mason Isaac Finley Arthur Dylan Toby Sebastian Jude Elijah Reuben Caleb Edward",
  ]

  static let women = [
    "Mary Margaret Jean Dorothy Patricia Barbara Joan Betty Shirley Doreen Sheila Elizabeth Joyce Audrey Maureen Irene "
      + "Eileen Kathleen Beryl Brenda Marjorie Hazel Edna Florence Doris Mildred Ruth Helen Edith Rita",
    "Susan Julie Karen Jacqueline Deborah Tracey Jane Helen Diane Sharon Linda Christine Alison Carol Angela Sandra "
      + "Catherine Elizabeth Wendy Lesley Caroline Gillian Beverley Lorraine Teresa Pamela Lynn Janet Dawn Heather",
    "Sarah Laura Emma Rebecca Claire Victoria Samantha Rachel Amy Jennifer Nicola Katherine Lisa Kelly Leanne Gemma "
      + "Hannah Natalie Lauren Stephanie Danielle Charlotte Michelle Jessica Louise Melissa Vanessa Abigail Kirsty Zoe",
    "Olivia Amelia Emily Isla Ava Isabella Lily Jessica Ella Mia Sophie Grace Evie Poppy Charlotte Freya Alice Daisy "
      + "Florence Matilda Rosie Phoebe Sienna Elizabeth Millie Eva Imogen Harriet Molly Scarlett",
  ]

  /// A name and what its bearers are called.
  static let nicknames = """
    James:Jim,Jamie,Jimmy Robert:Bob,Rob,Bobby John:Jack,Johnny William:Bill,Will,Billy Richard:Dick,Rick,Rich
    Charles:Charlie,Chuck Donald:Don George:Georgie Thomas:Tom,Tommy Joseph:Joe,Joey Ronald:Ron,Ronnie Kenneth:Ken,Kenny
    Edward:Ted,Ed,Eddie Raymond:Ray Frank:Frankie Harold:Harry Walter:Walt Albert:Bert,Al Gerald:Gerry Arthur:Art
    Leonard:Len,Lenny Herbert:Bert Clifford:Cliff Leslie:Les Dennis:Den David:Dave,Davy Michael:Mike,Mick Stephen:Steve
    Andrew:Andy,Drew Peter:Pete Kevin:Kev Alan:Al Steven:Steve Anthony:Tony Christopher:Chris,Kit Timothy:Tim
    Jeffrey:Jeff Gregory:Greg Philip:Phil Martin:Marty Patrick:Pat,Paddy Douglas:Doug Lawrence:Larry Daniel:Dan,Danny
    Matthew:Matt Joshua:Josh Benjamin:Ben Nicholas:Nick Jonathan:Jon Samuel:Sam Alexander:Alex,Sandy Stuart:Stu
    Nathan:Nate Bradley:Brad Zachary:Zach Dominic:Dom Oliver:Ollie Jacob:Jake Henry:Harry Theodore:Theo,Ted
    Muhammad:Mo Sebastian:Seb Elijah:Eli Lucas:Luke Maxwell:Max
    Mary:Molly,Polly Margaret:Maggie,Peggy,Meg Dorothy:Dot,Dolly Patricia:Pat,Trish Barbara:Babs Elizabeth:Liz,Beth,Betty
    Kathleen:Kathy,Kath Joyce:Joy Florence:Flo Susan:Sue,Susie Julie:Jules Jacqueline:Jackie Deborah:Debbie,Deb
    Helen:Nell Linda:Lindy Christine:Chris,Chrissie Alison:Ali Angela:Angie Sandra:Sandy Catherine:Cathy,Kate
    Caroline:Carrie Gillian:Gill Beverley:Bev Teresa:Terry,Tess Pamela:Pam Janet:Jan Sarah:Sally,Sadie
    Rebecca:Becky,Becca Victoria:Vicky,Tori Samantha:Sam Rachel:Rach Jennifer:Jenny,Jen Nicola:Nicky Katherine:Kate,Katie
    Natalie:Nat Stephanie:Steph Danielle:Dani Charlotte:Lottie,Charlie Michelle:Shelly Jessica:Jess Louise:Lou
    Melissa:Mel Vanessa:Nessa Abigail:Abby Olivia:Liv,Livvy Amelia:Millie Emily:Em Isabella:Bella,Izzy Sophie:Soph
    Matilda:Tilly Harriet:Hattie Imogen:Immy Eleanor:Ellie
    """

  /// Commonest first.
  static let surnames = """
    Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts
    Green Hall Thomas Clarke Jackson Wood Harris Edwards Turner Martin Cooper Hill Ward Hughes Moore Clark King Harrison
    Lewis Baker Lee Allen Morris Khan Scott Watson Davis Parker James Bennett Young Phillips Richardson Mitchell Bailey
    Carter Cook Singh Shaw Bell Collins Morgan Kelly Begum Miller Cox Hussain Marshall Simpson Price Anderson Adams
    Wilkinson Foster Ellis Murphy Chapman Mason Gray Richards Webb Rogers Campbell Stevens Ali Ahmed Reid Fletcher Murray
    Barnes Palmer Knight Lloyd Butler Russell Barker Fisher Stewart Jenkins Dixon Fox Pearson Graham Holmes Gibson
    Howard Walsh Elliott Andrews Reynolds Payne Ford Hart Mills Saunders Matthews Owen Day Brooks West Cole Kennedy
    Lawrence Dean Armstrong Wallace Kaur Burton Spencer Francis Ross Porter Johnston Hamilton Byrne Hunter Cunningham
    Gordon Robertson Nicholson Stone Hudson Ryan Hayes Perry Pearce O'Brien O'Connor Burns Carr Rose Lane Bradley Nguyen
    Watts Wells Chen Ferguson Harvey Doyle Grant Crawford Sutton Newman Bishop MacDonald Henderson Duncan Arnold Warren
    """

  static let surnameStarts = """
    Ash Ald Ay Bar Ben Ber Black Bol Brad Bram Bren Brock Bur Cal Can Carl Chad Chel Clay Clif Col Cor Cran Cross Cul Dal
    Dar Den Dray Dun Eas El Ens Fair Far Fen Fin Frod Gal Gar Glad Gold Gran Hal Ham Har Hart Hath Hay Hazel Hed Hol Horn
    Hux Kel Ken Kil Kirk Lan Lang Led Lin Long Mal Mar Mel Mid Mil Mor Nor Oak Or Os Pem Pen Pres Quen Rad Ram Red Roth
    Row Rush San Sed Sel Shel Stan Sted Stock Strat Swin Tal Tem Thorn Tre Tur Up Wal War Wel Whit Win Wood Wor Wyn York
    """
  static let surnameMiddles = "er ing en el in ber ver der ling ner"
  static let surnameEnds = """
    ton ley ford ham worth field by wick man son well stone wood land ridge bury combe shaw den more burn low house gate
    side cliffe dale hurst smith ward brook church
    """
  static let foreignStarts = """
    Kov Mar San Gon Rod Per Fer Nov Pol Jan Wis Zel Sok Ros Ber Gol Pap Dim Nik Kar Ozt Yil Dem Has Rah Chow Sing Kum Gup
    Mis Ban Nak Tan Yam Wat Oko Ade Osa Nwo Men Bel Mor Cos Fon Via Laf Dub
    """
  static let foreignMiddles = "a e i o u al an ar el en er in ir ol on or ul un"
  static let foreignEnds = """
    ski ska enko ov ova ez es ic vic sen son dottir ani ini elli etti oglu yan ian ade ola moto mura zaki kar wala dez
    quez reira eira ault ard mann berg stein dopoulos idis
    """

  static let firstStarts = """
    Ab Al Am An Ar Bel Bran Bri Cal Car Ce Cor Da De Dor El Em Er Ev Fa Fi Gar Gi Ha He Il Is Ja Je Jo Ka Ke Ki La Le Lo
    Ma Me Mi Mo Na Ni No Or Pa Ra Re Ro Sa Se Sha Si So Ta Te Ti Tor Va Vi Ya Za Ze
    """
  static let menEnds =
    "bert den don drick gan kim lan len lo mir mon nan nath nel raj ric ron sim sten ton van vin win zan rid"
  static let womenEnds =
    "bella bria da della dine leen lene lia lina lisa lotte mara mina nessa nia nita rah ria rina rissa sha tha tina wen ya"

  static let cities = """
    London Birmingham Leeds Glasgow Sheffield Manchester Edinburgh Liverpool Bristol Cardiff Leicester Coventry Bradford
    Nottingham Newcastle Belfast Brighton Plymouth Derby Southampton Wolverhampton Portsmouth Reading Northampton Luton
    Aberdeen Sunderland Norwich Swansea Bournemouth Swindon Peterborough Middlesbrough Huddersfield York Ipswich Oxford
    Blackpool Cambridge Dundee Telford Gloucester Slough Exeter Watford Rotherham Cheltenham Eastbourne Colchester Oldham
    """
  static let cityEnds = "ton ham ford bridge mouth pool minster chester field caster stead haven port wich borough stow"

  static let streets = """
    High Station Church Victoria Park London Mill Green Manor Queens Kings North South New Albert School York Springfield
    Grange George Windsor Alexandra Stanley Chester Highfield Broad Grove Cross Bridge Castle Chapel Meadow Orchard
    Spring Water West East Oak Elm Ash Beech Cedar Maple Willow Rose Hill Lime Warwick Clarence Devonshire Cambridge
    """
  static let streetKinds = "Street Road Avenue Lane Close Drive Way Crescent Gardens Terrace Place Court"
  static let mailHosts = "gmail.com hotmail.com outlook.com yahoo.co.uk btinternet.com icloud.com aol.com sky.com"
}
