/// What systems call their columns, without accents, signs between words and capitals: English, German, French, Spanish,
/// Chinese, and the pinyin initials that banks use.
enum ColumnNameWords {
  /// With how surely a name stands for the kind when nothing else is known; a word may stand for several.
  static let lists: [(ColumnKind, Double, String)] = names + dates + contacts + addresses + others

  private static let names: [(ColumnKind, Double, String)] = [
    (
      .givenName, 0.97,
      """
      givenname firstname fname forename forenames given first gname fn firstnm christianname givennames vorname vornamen
      rufname prenom prenoms nombre nombres nombredepila primernombre 名 名字 givennm ming
      """
    ),
    (
      .middleName, 0.97,
      "middlename middle mname middleinitial mi mn secondname zweitname deuxiemeprenom segundonombre middlenames"
    ),
    (
      .familyName, 0.97,
      """
      familyname surname lastname lname last family ln sname lastnm nachname familienname zuname nomdefamille apellido
      apellidos primerapellido segundoapellido apellidopaterno apellidomaterno 姓 姓氏 xing cognome sobrenome achternaam
      """
    ),
    (.familyName, 0.6, "nom"),
    (
      .wholeName, 0.97,
      """
      fullname wholename personname custname customername clientname realname firstandsurname firstandlastname
      nameandsurname holdername accountname accountholder contactname patientname employeename membername vollername
      nomcomplet nomprenom nombrecompleto nombreyapellidos 姓名 客户姓名 户名 客户名称 持卡人 联系人 xm khxm khmc namezh namecn
      nameen namelatin namehant namechi nameeng englishname chinesename englischname 中文名 英文名 英文姓名 中文姓名 拼音
      """
    ),
    (.wholeName, 0.75, "name nm 名称 kunde kunden customer client contact person cliente"),
    (
      .otherName, 0.95,
      """
      alias aliases aka othername othernames nickname nick maidenname birthname formername previousname geburtsname
      nomdenaissance nomdejeunefille apodo 别名 曾用名 昵称 knownas preferredname spitzname alsoknownas
      """
    ),
    (
      .organisationName, 0.95,
      """
      company companyname organisation organization orgname organisationname organizationname org firm firmname business
      businessname corporation corpname employer legalname tradename vendor supplier manufacturer merchant merchantname
      institution affiliation entityname firma firmenname unternehmen arbeitgeber societe raisonsociale entreprise empresa
      razonsocial 公司 公司名称 企业 企业名称 单位 单位名称 机构名称 商户名称 工作单位 gsmc qymc dwmc hersteller fabricante restaurant
      restaurantname hotel hotelname store storename shop school schoolname
      """
    ),
    (.organisationName, 0.6, "name nm 名称 customer client"),
  ]

  private static let dates: [(ColumnKind, Double, String)] = [
    (
      .birthDate, 0.97,
      """
      birthdate dateofbirth dob birthday bday bdate birth born birthdt dtofbirth datebirth dobirth geburtsdatum geburtstag
      gebdat gebdatum geboren datenaissance datedenaissance naissance fechanacimiento fechadenacimiento nacimiento fnac
      出生日期 生日 出生年月 出生年月日 csrq csny datanascimento
      """
    ),
    (
      .otherDate, 0.9,
      """
      date day datetime timestamp created createdat createdon updated updatedat updatedon opened opendate openedon closed
      closedate startdate enddate expiry expirydate registered registerdate joined joindate released releasedate published
      deathdate dateofdeath died dod datum erstelldatum fecha 日期 时间 开户日期 注册日期 更新时间 khrq modified lastupdated since
      """
    ),
    (.otherDate, 0.9, "year pubyear yr publicationyear jahr annee ano 年份 releaseyear"),
    (
      .birthYear, 0.97,
      "birthyear yearofbirth yob by byear birthyr geburtsjahr geburtjahr gebjahr anneenaissance anonacimiento 出生年 出生年份 csnf"
    ),
    (.birthYear, 0.5, "year yr jahr annee ano y yyyy"),
    (
      .birthMonth, 0.97,
      "birthmonth monthofbirth mob bm bmonth birthmon geburtsmonat gebmonat moisnaissance mesnacimiento 出生月 出生月份"
    ),
    (.birthMonth, 0.5, "month mon monat mois mes 月 mm"),
    (.birthDay, 0.97, "birthday dayofbirth bd bday birthdd gebtag geburtstag journaissance dianacimiento 出生日"),
    (.birthDay, 0.5, "day tag jour dia 日 dd"),
    (.age, 0.95, "age alter edad years agegroup 年龄 nl ageyears"),
  ]

  private static let contacts: [(ColumnKind, Double, String)] = [
    (.sex, 0.97, "sex gender geschlecht sexe genre genero sexo 性别 xb anrede salutation gndr"),
    (
      .phone, 0.97,
      """
      phone phonenumber phoneno mobile mobilephone mobileno mobilenumber cell cellphone tel telephone telno telefon telefono
      telephonenumber telefonnummer handy handynummer mobil rufnummer portable movil celular fax faxnumber homephone workphone
      contactnumber 手机 手机号 手机号码 电话 电话号码 联系电话 移动电话 固定电话 sjh sjhm lxdh dh msisdn whatsapp telnr
      """
    ),
    (
      .email, 0.97,
      "email emailaddress mail emailid eml mailaddress correo correoelectronico courriel emailadresse 邮箱 电子邮箱 电子邮件 邮件 dzyx yx"
    ),
    (
      .documentNumber, 0.95,
      """
      ssn socsecid socialsecurity socialsecuritynumber soc nationalid nationalidnumber nin nino nhs nhsnumber nhsno
      passport passportno passportnumber taxid taxnumber tin ein vat vatid vatnumber idnumber idno idcard idcardno
      documentno documentnumber docno docnumber certno certid licence license licenceno licensenumber drivinglicence
      iban account accountno accountnumber acctno cardno cardnumber medicare policyno policynumber contractno
      ausweisnummer ausweis personalausweis steuernummer steuerid sozialversicherungsnummer reisepass numerosecu nir dni nif
      nie cif curp rfc documento 证件号码 证件号 身份证 身份证号 身份证号码 护照号 统一社会信用代码 社会信用代码 信用代码 营业执照号 税号 账号 卡号
      zjhm zjh sfzh sfzhm tyshxydm khzh kh uscc hkid lei isin isbn issn doi ean upc gtin sku mpn barcode modelno modelnumber
      partno partnumber serialno serialnumber articleno imei vin plate patientid mrn studentid employeeid personnummer cpf
      """
    ),
    (
      .documentNumber, 0.55,
      "customerid customerno custid custno clientid clientno memberid userid partyid 客户号 客户编号 khh kundennummer model code number 号码 编号"
    ),
    (.url, 0.97, "url website web homepage link webpage webseite siteweb sitio 网址 网站 uri"),
  ]

  private static let addresses: [(ColumnKind, Double, String)] = [
    (
      .houseNumber, 0.95,
      "housenumber houseno streetnumber streetno stnumber hausnummer hausnr numeroderue numerorue numerocalle numero 门牌号 door buildingnumber unit unitno flat flatno apartment apt housenr hnr strnr"
    ),
    (.street, 0.95, "street streetname road roadname strasse str rue calle nomderue via stname 街道 路名 jd thoroughfare"),
    (
      .addressLine, 0.95,
      """
      address addr addressline streetaddress fulladdress homeaddress mailingaddress postaladdress residence anschrift
      adresse wohnanschrift strasseundhausnummer direccion domicilio 地址 住址 联系地址 家庭地址 通讯地址 注册地址 经营地址 dz jtdz
      lxdz zz addrline billingaddress shippingaddress workaddress
      """
    ),
    (
      .locality, 0.95,
      """
      city town suburb district locality village municipality borough cityname place birthplace placeofbirth birthcity
      hometown ort wohnort stadt gemeinde geburtsort ville commune lieunaissance lieudenaissance ciudad localidad municipio
      poblacion lugarnacimiento 城市 市 区 县 区县 地区 所在城市 出生地 籍贯 csd cs area neighbourhood neighborhood
      """
    ),
    (
      .region, 0.9,
      "state province region county stateprovince statecode bundesland land kanton departement provincia estado 省 省份 州 sf prefecture canton"
    ),
    (
      .postcode, 0.97,
      "postcode postalcode zip zipcode zip5 post pcode postcd plz postleitzahl codepostal codigopostal cp 邮编 邮政编码 yb yzbm postnr"
    ),
    (
      .country, 0.95,
      "country countrycode nation nationality citizenship land pays pais staat staatsangehorigkeit nationalitat nationalite nacionalidad 国家 国籍 gj gb"
    ),
    (.latitude, 0.95, "latitude lat breitengrad latitud 纬度 wd"),
    (.longitude, 0.95, "longitude lon lng long laengengrad langengrad longitud 经度 jd"),
    (
      .place, 0.9,
      "latlon latlong latlng coordinates coords geo geolocation gps location position koordinaten coordenadas 坐标 经纬度"
    ),
  ]

  private static let others: [(ColumnKind, Double, String)] = [
    (
      .recordId, 0.95,
      """
      id recid recordid recordno recordnumber rowid rowno row rownumber rownum key pk uuid guid uniqueid uid index idx seq
      seqno serial objectid entryid ltable rtable datensatz lfdnr identifier 序号 流水号 记录号 主键 编号 xh lsh rid itemid
      """
    ),
    (
      .recordId, 0.9,
      "cluster clusterid clusterno entityid entityno goldid goldcluster truth truthid duplicateof dupid matchid groupid"
    ),
    (
      .recordId, 0.6,
      "customerid customerno custid custno clientid clientno memberid userid partyid 客户号 客户编号 khh kundennummer no nr number code"
    ),
    (
      .source, 0.95,
      "source sourcedataset sourcesystem dataset system origin quelle herkunft fuente sourcename sourcefile file provider database systemname datasource 来源 来源系统 系统 数据来源 ly xt filename"
    ),
    (
      .category, 0.85,
      """
      occupation job jobtitle profession beruf metier ocupacion profesion 职业 zy status type category class kind group
      segment level rank role department position religion race ethnicity maritalstatus education language genre subject
      color colour size format style cuisine venue journal conference booktitle brand make marke marque marca 类型 类别 状态
      民族 婚姻状况 学历 证件类型 职称 级别 familienstand staturcivil estadocivil documenttype idtype certtype currency flag industry branch
      cuisinetype foodtype album artist publisher series edition
      """
    ),
    (.category, 0.5, "title titel state region"),
    (
      .number, 0.9,
      """
      price amount amt cost value total balance income salary quantity qty weight height width length volume score rating
      count pages preis betrag gehalt gewicht prix montant precio importe 价格 金额 余额 收入 数量 je ye msrp rate listprice
      duration track tracknumber abv ibu calories runtime time
      """
    ),
    (.list, 0.9, "tags keywords phones emails aliases categories genres topics members actors cast directors stars"),
    (
      .freeText, 0.9,
      """
      description desc text comment comments notes note remarks remark summary abstract content details productname
      producttitle papertitle articletitle songname songtitle beschreibung bemerkung kommentar descripcion observaciones
      描述 备注 说明 bz beername wine product item article specification specs features title titel titre titulo 标题 authors author
      autor auteur 作者 movietitle moviename bookname review
      """
    ),
    (.freeText, 0.5, "name nm 名称 model"),
  ]
}
