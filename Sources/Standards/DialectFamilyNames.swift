/// Family names as emigrants from southern China and their neighbours spell them: Hokkien, Teochew, Hakka, Hainanese,
/// Taishanese; and the Korean and Vietnamese forms of the commonest.
///
/// Source: written by hand from common use in Singapore, Malaysia, Indonesia, the Philippines, Korea and Vietnam; no package
/// at hand lists them. A line is the name's characters, in both scripts, and its spellings.
enum DialectFamilyNames {
  static let text = """
    陳陈 tan tran tjan
    林 lim lam liem im rim
    黃黄 ng oei wee ooi uy bong hoang huynh hwang wong
    王 ong heng wang wong vuong
    李 lee ly rhee lie dy
    張张 teo tio chong teoh tiong truong jang chang tjong cheong
    吳吴 goh go ng ngo oh gouw
    劉刘 low lauw liew lau luu yoo ryu liou liao
    蔡 chua choa tsai tjoa chuah cua thai chae toy
    楊杨 yeo yong duong iu nyo yeoh young yang
    許许 koh kho khoh co khaw hua heo hur hoi
    鄭郑 tay teh tee trinh jung jeong chung
    謝谢 chia cheah tjia chai ta che sia
    郭 kuek kwek kueh quek quach kwak keh koay que
    洪 ang hong hung
    周 chew chiu tjioe chu joo jiu
    曾 tsan tseng
    賴赖 lua loi lua lye
    徐 chee cher seo su tu zee
    朱 choo chu ju chee
    葉叶 yap yeap ip diep iap jap
    蘇苏 soh saw souw to so
    莊庄 chng ching
    江 kang kong giang
    何 hoh ho ha hor
    羅罗 loh lo law la noh
    高 kor ko cao koh
    潘 phua pua phan poon pan
    簡简 kan gan
    鍾钟鐘 cheong chung chong tjung
    彭 phang bang
    邱丘 khoo koo hew hiew khu khoe cu khew
    廖 liaw leow liau liew leaw
    賈贾 kah jia
    戴 tai teh te tye
    方 png hong phuong pang bang
    宋 sung song soong
    鄧邓 teng thang dang then
    杜 toh do tu du toe
    丁 teng ting dinh jeong
    沈 sim shum sum tham shim
    韓韩 hang han hahn
    馮冯 pang fung phung foong
    蔣蒋 chiu chew cheo
    余 eu yee du e yu eo
    程 thia tia
    傅 poh pho po foo
    盧卢 loh lou lo lu noh roh
    蕭萧肖 siow seow siaw seeow sio tieu so
    唐 tng teng tong dang
    田 chan thien dien jeon
    董 tung tang tong dong
    梁 neo niu nio leong luong yang ryang leung
    阮 nguyen wee yuen ng un
    范 huan hwan pham van bum
    趙赵 teo chio chew trieu cho jo jao
    孫孙 sng soon ton son sun
    馬马 beh bey ma mah be
    胡 oh aw ow ho wu
    白 peh pek bach paik baek beh
    歐欧 auw au ou ow
    金 kim gim ghim
    朴 park pak bak piao
    崔 choi choe chwe
    姜 kang gang khuong keong
    尹 yoon yun
    柳 liew lau ryu yoo
    文 moon mun van
    裴 bae bui pae
    申 shin sin
    全 jun chun jeon
    温溫 oon woon wen wan on voon
    嚴严 giam ngiam im yim nghiem eom um
    連连 lian leng
    湯汤 tng thng thong tong
    施 see si sy shih sze
    柯 kua quah ko o quah
    符 foo hu phu
    龍龙 leong loong liong long
    顏颜 gan ngan
    翁 ang ong
    尤 yew iu yu
    侯 hau heo kau how
    凌 ling leng
    饒饶 jau yeow nyeo
    卓 toh tok toh
    童 tong tang
    紀纪 kee ki
    """
}
