/// The characters that names, addresses and companies are put together from.
///
/// Source: order of the hundred commonest family names by the Ministry of Public Security's lists; given names by what
/// was in fashion in each cohort, ordered by frequency as far as known.
enum NameLists {
  /// The hundred commonest family names, commonest first.
  static let commonFamilies = """
    王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文
    """

  static let rareFamilies = """
    樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋甘景单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘
    古米池滕晋苑邬臧宫来苟全褚廉简娄盖符奚穆党燕郎冀谈姬屠连晏栾郁商蒙计喻窦迟敖冷卓花仇艾蓝都巩井仲乐虞卞封竺冼原官衣楚佟栗匡宗应巫鞠桑荆明沙岑胥和蔺区朴尉员
    """

  static let compoundFamilies = "欧阳 上官 司徒 诸葛 司马 皇甫 尉迟 慕容 令狐 夏侯 公孙 东方"

  /// Given-name characters by cohort (born before 1960, 1960–1979, 1980–1999, since 2000), commonest first.
  static let men = [
    "国建文德福明华荣生金贵志永春正云庆家林祥海平义忠光宝成昌兴发根良民清东学少先胜富",
    "伟建军国强明勇华志平文斌辉刚波海涛峰红林杰庆永宏新东利民春晓卫兵超学云光立松忠生",
    "伟磊鑫超鹏杰浩强勇涛斌波俊亮飞凯明旭峰辉龙宇晨帅建文博志江东阳洋健威翔君林睿佳刚",
    "子浩宇轩泽俊博文杰豪梓涵睿铭辰皓天逸明嘉晨思奕一诺翔瑞阳鑫哲航峻霖昊然诚佳柏熙承",
  ]

  static let women = [
    "秀英兰桂玉珍凤淑美云香芳梅华琴莲荣春翠菊花素金芝娥仙爱惠月清霞红巧文彩珠银丽妹贞",
    "丽芳敏静艳娟霞燕玲梅红英秀萍华琴兰云玉慧莉春凤雪珍桂洁琳平蓉彩荣晓文淑青岚颖香瑞",
    "静婷娜丽敏燕艳芳雪倩颖莹琳慧丹洁佳欣玲媛晶文萍悦娟蕾璐宇露瑶思梦薇琪雅晓蓉茜婧岚",
    "子涵梓萱欣怡雨诗佳琪思雅梦婷一诺可馨语嫣嘉悦妍彤瑶依晨若曦紫静宁艺芮昕琳月熙",
  ]

  /// Written with traditional characters; several of them have `|` as their second byte in GB 18030.
  static let traditional = "東億國偉麗華強輝儀詩曉傑榮慧鳳鵬"
  /// Characters that older systems cannot hold: the first ones need GB 18030.
  static let rare = "䶮㛃𬍛喆堃翀祎赟燚旻玥昇镕犇淼"

  static let minorityFirst = "买买提 吐尔逊 艾力 阿迪力 古丽 阿依古丽 努尔 帕提古丽 热合曼 玉素甫 木拉提 叶尔波力 扎西 达瓦 次仁"
  static let minorityLast = "吐尔逊 买合木提 阿不都拉 依明 艾合买提 卡德尔 沙吾提 马合木提 阿布力孜 多吉 卓玛 平措"

  static let companyFirst = "恒达 鑫源 华泰 金桥 宏远 天成 瑞丰 安顺 海川 万通 嘉禾 东方 永盛 博雅 明德 凯旋 兴业 联众 星辰 立信"
  static let companyTrade = "贸易 科技 建材 物流 餐饮管理 信息技术 装饰工程 医疗器械 农业发展 投资咨询 机械制造 服装"
  static let companyForm = "有限公司 有限责任公司 股份有限公司 商行 经营部"

  static let cities = """
    北京市朝阳区 北京市海淀区 上海市浦东新区 上海市徐汇区 广州市天河区 深圳市南山区 杭州市西湖区 南京市鼓楼区 苏州市姑苏区 厦门市思明区 厦门市湖里区
    福州市鼓楼区 泉州市丰泽区 成都市武侯区 重庆市渝中区 武汉市洪山区 长沙市岳麓区 郑州市金水区 济南市历下区 青岛市市南区 西安市雁塔区 沈阳市和平区 大连市中山区
    哈尔滨市南岗区 长春市朝阳区 石家庄市长安区 太原市小店区 合肥市蜀山区 南昌市东湖区 昆明市五华区 贵阳市云岩区 南宁市青秀区 兰州市城关区 乌鲁木齐市天山区
    """

  static let roads = """
    中山路 人民路 解放路 建设路 和平路 新华路 文化路 学府路 滨江路 湖滨路 环城东路 环城西路 长江路 黄河路 南京路 北京路 上海路 广州路 友谊路 民主路 光明路
    朝阳路 东风路 胜利路 工业路 科技路 迎宾路 站前路 体育路 公园路 花园路 青年路 团结路 幸福路 育才路 振兴路 富民路 嘉禾路 莲前路 鹭江道
    """

  /// The first for the old, the second for the young.
  static let occupations = "退休 学生 职员 教师 医生 工程师 个体工商户 公务员 工人 农民 司机 律师 会计 销售 自由职业 护士 军人 企业主"

  static func list(_ text: String) -> [String] {
    text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
  }
}
