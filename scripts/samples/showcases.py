"""The showcase customers: one situation each, at fixed keys, with what should come of it.

`want` is "mode maturing sms birthday" as `expectations.expect` names them. Unless a case says otherwise a showcase is
in CRM and core, has granted SMS marketing, no manager, C3 assessed in May 2026, and one current account: the
sort of customer whom the SMS campaign reaches. So each case shows exactly the one thing that differs.
"""

from datetime import date

from .model import Person, Random, credit_code, fifteen_digits, full_width, resident_id, yuan
from .vocabulary import MANAGERS, PLACES

WECOM_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SMS = "direct - sms -"


def wecom_id(seed):
    random = Random(seed * 7919 + 17)
    return "wm" + "".join(random.pick(WECOM_LETTERS) for _ in range(30))


def mobile(number):
    return "138%08d" % number


class Showcases:
    def __init__(self, world):
        self.world = world

    def add(self, number, label, name, gender, born, holds, shows, does, want=SMS, then=None, manager="", wecom=False,
            consent="granted", document_no=None, phone=None, crm=None, core=None, app=None, **fields):
        region, stem, branch = PLACES[number % len(PLACES)]
        born = date.fromisoformat(born) if born else None
        if document_no is None:
            document_no = resident_id(region, born, 100 + 2 * number + (gender == "M")) if born else ""
        person = Person(
            number=number, label=label, name=name, gender=gender, born=born, document_no=document_no, manager=manager,
            mobile=mobile(number) if phone is None else phone, wecom=wecom_id(number) if wecom else "",
            branch=MANAGERS[manager][1] if manager else branch, occupation="职员", shows=shows, does=does,
            want=[want.split(), (then or want).split()])
        person.address = "%s%d号%d室" % (stem, number, 100 + number)
        for key, value in fields.items():
            assert hasattr(person, key), key
            setattr(person, key, value)
        if crm is not False:
            person.crm = dict(crm or {}, no="C%08d" % number)
        if core is not False:
            person.core = dict(core or {}, no="62%08d" % number)
        if app is not None:
            person.app = dict(app, no="U%07d" % number)
        for held in [("D001", holds)] if isinstance(holds, str) else holds:
            options = dict(held[2]) if len(held) > 2 else {}
            person.account(held[0], held[1], **options)
        if consent and person.crm:
            person.consent("sms", "marketing", consent, date(2025, 6, 1))
        self.world.people.append(person)
        return person


def add_showcases(world):
    s = Showcases(world)
    add_identity_cases(world, s)
    add_shared_phone_cases(world, s)
    add_line_cases(world, s)
    add_permission_cases(world, s)
    add_status_cases(world, s)
    add_birthday_cases(world, s)
    add_maturity_cases(world, s)
    add_change_cases(world, s)


def add_identity_cases(world, s):
    p = s.add(1, "four systems", "王秀英", "F", "1968-04-17", [("D001", "86450.37"), ("F001", "200000.00")],
              "One record in all four systems", "One customer of four records", "assisted - no:assisted -",
              manager="M0001", wecom=True, app=dict(name="王秀英"))
    world.visit(p, "2026-11-12T10:20:00", "wealth_enquiry", "咨询 & 比较大额存单", document=True, mobile=True, birth=True)
    p = s.add(2, "15-digit id", "李建国", "M", "1958-02-11", "32000.00", "15-digit resident id in core, 18 in CRM",
              "15 digits become 18: one customer")
    p.core["cert_no"] = fifteen_digits(p.document_no)
    p = s.add(3, "id mistyped", "张丽华", "F", "1975-09-23", "28500.50",
              "CRM id with two digits swapped (checksum fails); core id right",
              "A failing id is no proof against: joined by mobile and name; CRM id flagged, core id survives")
    no = p.document_no
    assert no[14] != no[15]
    p.crm["document_no"] = no[:14] + no[15] + no[14] + no[16:]
    s.add(4, "name mistyped", "陈晓明", "M", "1983-12-02", "15600.00", "CRM has 陈小明 (sounds the same), core 陈晓明; same id",
          "One customer; core's name survives", crm=dict(name="陈小明"))
    s.add(5, "phone +86", "赵敏", "F", "1991-07-19", "8200.00", "Mobile app: `+86 138 0000 0005`, no id number",
          "Joined by mobile and name", app=dict(name="赵敏", phone="+86 138 0000 0005"))
    s.add(6, "phone 0086", "周强", "M", "1987-03-30", "9100.00", "Mobile app: `0086-13800000006`, no id number",
          "Joined by mobile and name", app=dict(name="周强", phone="0086-13800000006"))
    s.add(7, "phone full width", "吴霞", "F", "1979-10-08", "23000.00", "Mobile app phone in full-width digits",
          "Joined by mobile and name", app=dict(name="吴霞", phone=full_width("13800000007")))
    p = s.add(8, "id full width", "徐志强", "M", "1981-05-25", "41000.00",
              "CRM id in full-width digits, mobile written `138-0000-0008`", "One customer; both normalised")
    p.crm.update(document_no=full_width(p.document_no), mobile="138-0000-0008")
    s.add(9, "pinyin", "郑浩", "M", "1994-01-27", "6700.00", "Mobile app: `ZHENG HAO`, no id number",
          "Pinyin agrees with 郑浩: joined by mobile and name; the Chinese name survives", app=dict(name="ZHENG HAO"))
    s.add(10, "pinyin reversed", "孙磊", "M", "1996-08-14", "4300.00", "Mobile app: `LEI SUN`, no id number",
          "As 9, given name first", app=dict(name="LEI SUN"))
    s.add(11, "compound surname", "欧阳娜", "F", "1990-02-03", "37800.00",
          "Mobile app: `OUYANG NA`; two-character surname",
          "Joined by mobile and name", app=dict(name="OUYANG NA"))
    s.add(21, "namesake A", "张伟", "M", "1990-05-12", "18000.00", "Same name and birthday as 22; other id, other phone",
          "Two customers")
    s.add(22, "namesake B", "张伟", "M", "1990-05-12", "21500.00", "Same name and birthday as 21; other id, other phone",
          "Two customers; the app user (masked id) joins this one by mobile", app=dict(name="张伟", cert="masked"))
    s.add(23, "rare character", "李䶮", "F", "1986-06-21", "33000.00",
          "䶮 in core (GB18030 FE9F), `李?` in CRM, `LI YAN` in the app",
          "`?` is a wildcard; core's name survives", crm=dict(name="李?"), app=dict(name="LI YAN"))
    s.add(24, "middle dot", "阿依古丽·买买提", "F", "1988-11-05", "26400.00",
          "Minority name: U+00B7 in core, U+2022 in CRM, U+30FB in the app",
          "One dot after standardising: one customer",
          crm=dict(name="阿依古丽•买买提"), app=dict(name="阿依古丽・买买提"))
    s.add(25, "bytes with |", "張億東", "M", "1964-03-09", "45200.00",
          "Traditional name in core whose second bytes are `|` (億 東; 墊 in the address); 张亿东 in CRM",
          "Decoded before splitting; one customer", crm=dict(name="张亿东"), core=dict(address="重庆市墊江縣東正街25號"))
    shared = resident_id("310193", date(1972, 4, 4), 252)
    s.add(66, "document twice A", "李桂兰", "F", "1972-04-04", "29900.00",
          "Same resident id as 67, another name and phone",
          "Never merged: review list", document_no=shared)
    s.add(67, "document twice B", "赵玉梅", "F", "1972-04-04", "17750.00",
          "Same resident id as 66, another name and phone",
          "Never merged: review list", "direct - no:no_consent -", document_no=shared, consent=None)
    p = s.add(68, "twice in CRM", "谢文静", "F", "1984-08-30", "44000.00",
              "Two CRM records (C00000068, C00000168), one in core; consent granted 2025 in one, refused 2026-09-15 in the other",
              "One customer, AUM counted once; the later refusal holds", "direct - no:refused -")
    p.crm_twin = dict(no="C00000168", mobile=mobile(168), address="广东省深圳市南山区科技园路9号楼2单元")
    p.consent("sms", "marketing", "refused", date(2026, 9, 15), twin=True)
    p = s.add(72, "core record damaged", "马永康", "M", "1977-07-07", "36600.00",
              "Night 1: core row holds an invalid GB18030 byte; night 2: repaired",
              "Night 1: row quarantined, its account an orphan, AUM unknown; night 2: known",
              "held - no:aum_unknown -", SMS)
    p.core_damaged = True
    foreign = resident_id("931840", date(1985, 3, 14), 101)
    s.add(73, "foreign resident", "SMITH JOHN", "M", "1985-03-14", "62000.00",
          "Foreign permanent resident id (18 digits, starts with 9); names `SMITH JOHN`, `John Smith`",
          "One customer; no citizen's id", document_no=foreign, document_type="06", crm=dict(name="John Smith"),
          app=dict(name="JOHN SMITH"))
    s.add(74, "Hong Kong permit", "黄家豪", "M", "1993-09-16", "11000.00", "HK/Macau permit as document", "One customer",
          document_no="H10203040", document_type="03")
    s.add(85, "masked id", "宋海燕", "F", "1989-04-26", "5400.00", "App id masked (`3101**********…`)",
          "A masked id is unknown: joined by mobile and name", app=dict(name="宋海燕", cert="masked"))
    p = s.add(86, "id fails", "唐德胜", "M", "1962-10-19", "30100.00", "The same failing resident id in CRM and core",
              "Kept and flagged; joined by mobile and name")
    last = p.document_no[-1]
    p.document_no = p.document_no[:-1] + ("5" if last != "5" else "6")
    s.add(88, "app only", "龚雪", "F", "", [], "Mobile app only, no id number", "A customer of its own; AUM unknown",
          "held - no:aum_unknown+no_consent+risk_missing -", crm=False, core=False, app=dict(name="龚雪"))
    p = s.add(92, "visit by phone", "许春梅", "F", "1974-12-12", "19900.00", "Branch visitor gives name and mobile only",
              "Visit joined by mobile and name")
    world.visit(p, "2026-11-16T14:05:00", "service", "更换存折", mobile=True)
    p = s.add(98, "walk-in", "邓振华", "M", "1988-08-08", [], "Branch visitor whom no system knows",
              "A customer of its own; AUM unknown",
              "held - no:aum_unknown+no_consent+risk_missing -", crm=False, core=False)
    world.visit(p, "2026-11-17T09:40:00", "deposit", "", document=True, mobile=True, birth=True)
    s.add(94, "quoting", "韩雅琴", "F", "1980-01-31", "13300.00",
          "CRM address with comma, doubled quotes and a line break, all legal",
          "One row; nothing quarantined", crm=dict(address='上海市徐汇区衡山路94号,"环球"中心\n2座1203室'))


def add_shared_phone_cases(world, s):
    shared = mobile(12)
    s.add(12, "family of three, father", "高卫东", "M", "1969-05-05", "22000.00", "Father, mother, son share 13800000012",
          "Three customers; three people is still no shared phone")
    s.add(13, "family of three, mother", "罗玉兰", "F", "1971-01-18", "16000.00", "As 12", "No consent record",
          "direct - no:no_consent -", phone=shared, consent=None)
    s.add(14, "family of three, son", "高天宇", "M", "1999-06-30", "3500.00", "As 12", "No consent record",
          "direct - no:no_consent -", phone=shared, consent=None)
    shared = mobile(15)
    s.add(15, "family of four, grandmother", "曹淑珍", "F", "1948-03-21", "40500.00", "Four people share 13800000015",
          "Four customers; more than three on one phone: no SMS", "direct - no:mobile_shared -")
    for number, label, name, gender, born, balance, want in [
            (16, "family of four, mother", "彭慧敏", "F", "1976-02-09", "27000.00", "no:no_consent+mobile_shared"),
            (17, "family of four, father", "潘少华", "M", "1974-11-11", "31000.00", "no:no_consent+mobile_shared"),
            (18, "family of four, daughter", "潘思雨", "F", "2012-07-15", "1200.00", "no:no_consent+minor+mobile_shared")]:
        s.add(number, label, name, gender, born, balance, "As 15", "No consent record", "direct - %s -" % want,
              phone=shared, consent=None)
    s.add(19, "phone passed on, old owner", "孙桂芳", "F", "1966-09-09", "34000.00",
          "App still has 13800000020, which now belongs to 20; CRM and core have the new number",
          "App user joined by id number; never merged with 20; SMS to 13800000019",
          app=dict(name="孙桂芳", cert="full", phone=mobile(20), last_login=date(2025, 3, 2)))
    s.add(20, "phone passed on, new owner", "何俊", "M", "1995-12-24", "7600.00",
          "Has the number that 19 had; the app knows it under 19's name",
          "A phone alone joins nobody; SMS to 13800000020")
    s.add(64, "household, husband", "梁国庆", "M", "1970-10-01", "30000.00",
          "Spouse of 65, same address; together 60,000 in the bank",
          "Not pooled: each below the line", manager="M0002")
    s.add(65, "household, wife", "郭凤英", "F", "1973-04-12", "30000.00", "Spouse of 64", "As 64; no consent record",
          "direct - no:no_consent -", manager="M0002", consent=None, address=world.named("household, husband").address)
    s.add(75, "twin A", "冯佳怡", "F", "1998-05-20", "5100.00", "Twin of 76: same birthday, same phone, other id",
          "Two customers: different valid ids")
    s.add(76, "twin B", "冯欣怡", "F", "1998-05-20", "4900.00", "Twin of 75", "Two customers; no consent record",
          "direct - no:no_consent -", phone=mobile(75), consent=None)
    names = {label: world.named(label) for label in (
        "family of three, father", "family of three, mother", "family of three, son", "family of four, mother",
        "family of four, father", "family of four, daughter", "household, husband", "household, wife")}
    for one, other, relation, since in [
            ("family of three, father", "family of three, mother", "spouse", "2020-01-06"),
            ("family of three, father", "family of three, son", "parent", "2020-01-06"),
            ("family of four, father", "family of four, mother", "spouse", "2021-04-19"),
            ("family of four, mother", "family of four, daughter", "parent", "2021-04-19"),
            ("household, husband", "household, wife", "spouse", "2018-09-03")]:
        world.relations.append((names[one].crm["no"], names[other].crm["no"], relation, since))


def add_line_cases(world, s):
    assisted = "assisted - no:assisted -"
    s.add(30, "one fen below", "朱文杰", "M", "1982-06-06", [
        ("D001", "29999.99"), ("F001", "20000.00"), ("C001", "3120.45"), ("L002", "612000.00")],
        "AUM 49,999.99 with an active manager; card and mortgage do not count", "Direct", manager="M0001")
    s.add(31, "on the line", "胡静", "F", "1978-02-28", [("D001", "20000.00"), ("F001", "30000.00")],
          "AUM exactly 50,000.00 with an active manager", "On the line is assisted", assisted, manager="M0001")
    p = s.add(32, "one fen above", "林海波", "M", "1985-10-15", [("D001", "10000.01"),
                                                              ("W002", "40000.00", {"matures": date(2027, 3, 1)})],
          "AUM 50,000.01 with an active manager; bought W002 three days before night 1", "Assisted", assisted,
          manager="M0001")
    world.transaction(p, p.accounts[1], "2026-11-17 10:45:31", "03", "40000.00", "W002")
    s.add(33, "no manager", "吴美玲", "F", "1977-03-17", "80000.00", "80,000.00 without a manager", "Direct")
    s.add(34, "manager left", "杨俊峰", "M", "1972-08-22", "120000.00", "Manager M0011 has left", "Direct",
          manager="M0011")
    s.add(35, "below with manager", "黄娟", "F", "1992-04-08", "12000.00", "12,000.00 with an active manager", "Direct",
          manager="M0003")
    s.add(36, "CRM only", "周艳", "F", "1987-09-01", [], "In CRM only, with a manager: AUM unknown, which is not 0",
          "Held",
          "held - no:aum_unknown -", core=False, manager="M0003")
    s.add(37, "US dollars", "刘鹏飞", "M", "1980-12-30", [("D001", "100.00"), ("D002", "8000.00", {"currency": "USD"})],
          "8,000.00 USD and 100.00 CNY: above the line only when converted (from 6.25 upward)", "Assisted", assisted,
          manager="M0006")


def add_permission_cases(world, s):
    s.add(38, "SMS refused", "王磊", "M", "1988-07-02", "14000.00", "SMS marketing refused", "No SMS",
          "direct - no:refused -",
          consent="refused")
    p = s.add(39, "everything refused", "李娜", "F", "1990-11-20", "25000.00",
              "All channels refused, marketing and service; birthday on night 1", "No SMS, no birthday wish",
              "direct - no:refused no:refused", "direct - no:refused -", consent=None)
    p.consent("all", "marketing", "refused", date(2026, 3, 5))
    p.consent("all", "service", "refused", date(2026, 3, 5))
    s.add(40, "no consent record", "张婷", "F", "1997-01-09", "6600.00", "No consent record at all", "Unknown is no",
          "direct - no:no_consent -", consent=None)
    p = s.add(41, "open complaint", "刘涛", "M", "1979-05-13", "38000.00", "Complaint open on night 1, closed on night 2",
              "No marketing until it is closed", "direct - no:open_complaint -", SMS)
    world.contact(p, "phone", "complaint", "service", "open", "2026-11-16 15:32:10")
    p = s.add(42, "closed complaint", "陈玲", "F", "1983-03-03", "20700.00", "Complaint closed in October",
              "No longer in the way")
    world.contact(p, "branch", "complaint", "wealth", "closed", "2026-10-09 09:12:44")
    p = s.add(43, "loan enquiry", "杨勇", "M", "1986-10-27", "42000.00", "Asked for a loan at the branch on 2026-11-08",
              "No credit-card marketing for 30 days; wealth by SMS is allowed")
    world.visit(p, "2026-11-08T11:25:00", "loan_enquiry", "咨询装修贷款", document=True, mobile=True)
    s.add(69, "risk expired", "曹雪梅", "F", "1981-09-18", "33300.00", "Risk assessed on 2025-03-01",
          "Over 365 days: no SMS",
          "direct - no:risk_expired -", risk_on=date(2025, 3, 1))
    s.add(70, "risk about to expire", "郑军", "M", "1976-06-16", "24800.00", "Risk assessed on 2025-11-20",
          "Day 365 on night 1 still counts; night 2 is day 366", SMS, "direct - no:risk_expired -",
          risk_on=date(2025, 11, 20))
    s.add(71, "risk missing", "梁敏", "F", "1994-02-22", "10200.00", "Never assessed", "No level, no wealth marketing",
          "direct - no:risk_missing -", risk="", risk_on=None)
    s.add(87, "mobile unusable", "谢军", "M", "1955-04-01", "39000.00", "Mobile `00000000000` in CRM, empty in core",
          "Joined by id; no SMS", "direct - no:no_valid_mobile -", phone="00000000000", core=dict(mobile=""))
    s.add(89, "landline", "宋桂英", "F", "1952-12-05", "21000.00", "Landline `010-65550089` as mobile",
          "Joined by id; no SMS",
          "direct - no:no_valid_mobile -", phone="010-65550089")
    p = s.add(93, "refused later", "唐艳", "F", "1989-08-17", "17600.00",
              "SMS marketing granted 2025-06-01, all marketing refused 2026-08-12", "The later refusal holds",
              "direct - no:refused -")
    p.consent("all", "marketing", "refused", date(2026, 8, 12))
    s.add(63, "holds W001", "许明", "M", "1984-01-15", [("D001", "5000.00"),
                                                      ("W001", "30000.00", {"matures": date(2027, 1, 20)})],
          "Holds W001 already", "Not offered again", "direct - no:holds_w001 -")


def add_status_cases(world, s):
    s.add(44, "deceased", "赵德胜", "M", "1941-11-20", "130000.00",
          "Deceased in CRM and core; would have a birthday on night 1",
          "No contact of any kind", "assisted - no:not_active+assisted no:not_active",
          "assisted - no:not_active+assisted -",
          status="D", manager="M0004")
    s.add(96, "deceased, core only", "韩秀英", "F", "1938-11-21", "18800.00",
          "Core says deceased, CRM still active; birthday on night 2",
          "Any system's word is enough: no contact", "direct - no:not_active -", "direct - no:not_active no:not_active",
          status="D", crm=dict(status="A"))
    s.add(45, "closed", "冯立新", "M", "1967-07-27", [("D001", "0.00", {"status": "1"})], "Closed in CRM and core",
          "No contact",
          "direct - no:not_active -", status="C")
    s.add(46, "employee", "邓文静", "F", "1991-05-31", "28000.00", "Employee of the bank", "No marketing",
          "direct - no:employee -", employee="Y")
    s.add(47, "minor", "孙子轩", "M", "2010-11-20", "2300.00", "Sixteen years old on night 1, marketing consent granted by mistake",
          "No marketing, no birthday wish", "direct - no:minor no:minor", "direct - no:minor -")
    s.add(48, "organisation", "厦门海丝商贸有限公司", "", "", "1250000.00", "Organisation with a valid USCC",
          "No person: in no campaign",
          "assisted - no:not_a_person+assisted+no_consent+no_valid_mobile+risk_missing -",
          document_no=credit_code("350293", 12048),
          document_type="11", party_type="O", consent=None, manager="M0005", risk="", risk_on=None, phone="05925550048")
    code = credit_code("440193", 12049)
    code = code[:-1] + ("K" if code[-1] != "K" else "L")
    s.add(49, "organisation, USCC fails", "广州云帆科技有限公司", "", "", "45000.00",
          "Organisation whose USCC fails its checksum",
          "Kept and flagged; joined by document and name", "direct - no:not_a_person+no_consent+no_valid_mobile+risk_missing -",
          document_no=code, document_type="11", party_type="O", consent=None,
          risk="", risk_on=None, phone="02055500049")
    world.relations.append((world.named("organisation").crm["no"], world.named("on the line").crm["no"], "executive",
                            "2022-05-30"))


def add_birthday_cases(world, s):
    s.add(50, "birthday 1, WeCom", "朱思雨", "F", "1985-11-20", "180000.00", "Birthday on night 1, has WeCom",
          "Wish by WeCom",
          "assisted - no:assisted wecom", "assisted - no:assisted -", manager="M0002", wecom=True)
    s.add(51, "birthday 2, SMS", "徐强", "M", "1979-11-21", "9800.00", "Birthday on night 2, no WeCom, no consent record",
          "Wish by SMS: care needs no consent, only no refusal", "direct - no:no_consent -",
          "direct - no:no_consent sms", consent=None)
    s.add(52, "born on 29 February", "马雪梅", "F", "1992-02-29", "11500.00", "Born on 29 February",
          "No birthday on these nights; 28 February in common years")
    s.add(53, "eighteen today", "郭浩", "M", "2008-11-20", "1800.00", "Turns 18 on night 1, no consent record",
          "An adult from today: wish by SMS",
          "direct - no:no_consent sms", "direct - no:no_consent -", consent=None)
    p = s.add(54, "birthday 2, WeCom", "罗婷", "F", "1992-11-21", "13000.00",
              "Birthday on night 2, has WeCom, refused SMS service only",
              "Refusing SMS does not refuse WeCom: wish by WeCom", "direct - no:no_consent -",
              "direct - no:no_consent wecom",
              consent=None, wecom=True)
    p.consent("sms", "service", "refused", date(2026, 1, 15))
    p = s.add(95, "birthday 1, SMS refused", "高娟", "F", "1987-11-20", "7700.00",
              "Birthday on night 1, no WeCom, SMS service refused",
              "No wish", "direct - no:no_consent no:refused", "direct - no:no_consent -", consent=None)
    p.consent("sms", "service", "refused", date(2026, 2, 20))


def add_maturity_cases(world, s):
    night1, night2 = date(2026, 12, 5), date(2026, 12, 6)
    both = "assisted todo+wecom no:assisted%s -"
    alone = "assisted todo no:assisted%s -"
    later = "assisted - no:assisted%s -"
    s.add(55, "matures 1, WeCom", "杨静", "F", "1970-03-26", [("D001", "3200.00"),
                                                            ("W001", "80000.00", {"matures": night1})],
          "W001 matures on 2026-12-05; assisted, WeCom", "To-do for M0001 and WeCom message", both % "+holds_w001",
          later % "+holds_w001",
          manager="M0001", wecom=True)
    s.add(56, "matures 1, no WeCom", "黄志强", "M", "1965-11-02",
          [("D001", "900.00"), ("W002", "150000.00", {"matures": night1})],
          "W002 matures on 2026-12-05; assisted, no WeCom", "To-do only", alone % "", later % "", manager="M0002")
    s.add(57, "matures 1, direct", "何芳", "F", "1982-09-12", [("D001", "1500.00"),
                                                             ("W001", "60000.00", {"matures": night1})],
          "W001 matures on 2026-12-05; 61,500.00 but no manager", "Not in the audience: direct",
          "direct no:direct no:holds_w001 -",
          "direct - no:holds_w001 -")
    s.add(58, "matures 2, WeCom", "林娜", "F", "1976-12-19", [("D001", "7000.00"),
                                                            ("W002", "200000.00", {"matures": night2})],
          "W002 matures on 2026-12-06; assisted, WeCom", "Night 2: to-do and WeCom message", later % "", both % "",
          manager="M0003", wecom=True)
    s.add(59, "matures 2, no WeCom", "周建国", "M", "1959-05-08",
          [("D001", "2000.00"), ("W001", "55000.00", {"matures": night2})],
          "W001 matures on 2026-12-06; assisted, no WeCom", "Night 2: to-do only", later % "+holds_w001",
          alone % "+holds_w001", manager="M0004")
    s.add(60, "matures 2, direct", "吴涛", "M", "1993-06-11", [("D001", "600.00"),
                                                             ("W002", "20000.00", {"matures": night2})],
          "W002 matures on 2026-12-06; below the line", "Not in the audience: direct; holds no W001, so the SMS", SMS,
          "direct no:direct sms -")
    p = s.add(61, "matures 1, WeCom refused", "徐霞", "F", "1974-07-24",
              [("W001", "90000.00", {"matures": night1}), ("D001", "100.00")],
              "W001 matures on 2026-12-05; WeCom service refused", "To-do only", alone % "+holds_w001",
              later % "+holds_w001",
              manager="M0001", wecom=True)
    p.consent("wecom", "service", "refused", date(2026, 4, 9))
    p = s.add(62, "matures 1, complaint", "孙海燕", "F", "1969-01-28",
              [("W002", "110000.00", {"matures": night1}), ("D001", "40.50")],
              "W002 matures on 2026-12-05; open complaint, WeCom",
              "A complaint does not block service notices: to-do and WeCom message",
              both % "+open_complaint", later % "+open_complaint", manager="M0008", wecom=True)
    world.contact(p, "wecom", "complaint", "deposit", "open", "2026-11-11 10:01:00")
    s.add(90, "matures a day early", "马军", "M", "1971-02-17",
          [("W001", "70000.00", {"matures": date(2026, 12, 4)}), ("D001", "10.00")],
          "W001 matures on 2026-12-04: 14 days on night 1", "Not in the audience", later % "+holds_w001",
          manager="M0002", wecom=True)
    s.add(91, "matures a day late", "朱丽", "F", "1978-10-06", [("W003", "70000.00", {"matures": date(2026, 12, 7)}),
                                                              ("D001", "10.00")],
          "W003 matures on 2026-12-07: 16 days on night 2", "Not in the audience", later % "", manager="M0002",
          wecom=True)
    s.add(97, "account closed", "胡勇", "M", "1968-08-19", [("D001", "66000.00"),
                                                          ("W001", "0.00", {"matures": night1, "status": "1"})],
          "W001 of 2026-12-05 was redeemed early: account closed", "Not in the audience", later % "", manager="M0003",
          wecom=True)


def add_change_cases(world, s):
    s.add(77, "crosses upward", "郑雅琴", "F", "1980-04-22", "49200.00", "Night 1: 49,200.00; night 2: 50,300.00; manager",
          "Direct, then assisted", SMS, "assisted - no:assisted -", manager="M0004")
    s.add(78, "crosses downward", "梁磊", "M", "1983-08-09", "50800.00",
          "Night 1: 50,800.00; night 2: 49,100.00; manager",
          "Assisted, then direct", "assisted - no:assisted -", SMS, manager="M0004")
    s.add(79, "phone changes", "谢欣怡", "F", "1995-03-11", "16900.00",
          "Night 2: CRM and core have 13800000179, the app still 13800000079",
          "Night 2: same customer, SMS to the new number", app=dict(name="谢欣怡", cert="full"))
    p = s.add(80, "new customer", "宋宇", "M", "2000-02-15", "5000.00", "First appears on night 2",
              "New customer id on night 2",
              "- - - -", SMS, since=date(2026, 11, 21), updated=date(2026, 11, 21), from_night=1)
    p.accounts[0]["opened"] = date(2026, 11, 21)
    p.consents[0][3] = date(2026, 11, 21)
    s.add(81, "leaves", "唐超", "M", "1986-05-19", "31000.00", "Night 2: closed in CRM and core, balance withdrawn",
          "Night 2: no contact",
          SMS, "direct - no:not_active -")
    s.add(82, "name corrected", "刘嘉", "F", "1998-12-27", "8800.00",
          "CRM has 刘佳 on night 1, 刘嘉 on night 2; core always 刘嘉",
          "Same customer id on both nights", crm=dict(name="刘佳"))
    s.add(83, "refuses", "许娟", "F", "1990-07-07", "19400.00", "Night 2: SMS marketing refused", "SMS on night 1 only",
          SMS, "direct - no:refused -")
    s.add(84, "manager leaves", "邓国庆", "M", "1964-09-29", [("D001", "15000.00"),
                                                           ("W002", "80000.00", {"matures": date(2026, 12, 6)})],
          "Manager M0007 leaves on night 2, the night W002 reaches 15 days",
          "Assisted, then direct: no to-do on night 2",
          "assisted - no:assisted -", "direct no:direct sms -", manager="M0007", wecom=True)


def second_night(world):
    """What changes for showcase customers between the two nights."""
    new_day = date(2026, 11, 21)

    def changed(label):
        person = world.named(label)
        person.updated = new_day
        return person

    person = world.named("crosses upward")
    person.accounts[0]["balance"] += 110000
    world.transaction(person, person.accounts[0], "2026-11-21 09:15:20", "08", "1100.00")
    person = world.named("crosses downward")
    person.accounts[0]["balance"] -= 170000
    world.transaction(person, person.accounts[0], "2026-11-21 13:40:05", "09", "1700.00")
    person = changed("phone changes")
    person.app["phone"] = person.mobile
    person.mobile = mobile(179)
    person = changed("leaves")
    world.transaction(person, person.accounts[0], "2026-11-21 10:00:00", "02", yuan(person.accounts[0]["balance"]))
    person.status = "C"
    person.accounts[0].update(balance=0, status="1")
    changed("name corrected").crm.pop("name")
    world.named("refuses").consents[0][2:4] = ["refused", new_day]
    complaint = next(c for c in world.contacts if c["person"].label == "open complaint")
    complaint["status"] = "closed"
    changed("core record damaged").core_damaged = False
