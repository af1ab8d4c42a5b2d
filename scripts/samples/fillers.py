"""The other customers: the ordinary mixture around the showcases, from the seeded generator."""

from datetime import date, timedelta

from .model import NIGHTS, Person, fifteen_digits, full_width, resident_id, yuan
from .showcases import wecom_id
from .vocabulary import FEMALE, MALE, MANAGERS, OCCUPATIONS, PLACES, PREFIXES, SURNAMES

COUNT = 190
FIRST_DAY = date(2026, 8, 23)  # the oldest day that night 1's 90-day snapshots hold
BIRTHDAYS_OF_SHOWCASES = {(11, 20), (11, 21), (2, 29)}


def day_of(random, low, high):
    return low + timedelta(random.below((high - low).days + 1))


def clock(random, first=9, last=20):
    return "%02d:%02d:%02d" % (random.between(first, last), random.below(60), random.below(60))


def add_fillers(world):
    random = world.random
    numbers = list(range(COUNT))
    for i in range(COUNT - 1, 0, -1):  # each system numbers customers in its own order
        j = random.below(i + 1)
        numbers[i], numbers[j] = numbers[j], numbers[i]
    for i in range(COUNT):
        person, pinyin = invent(world, i)
        systems = random.weighted([("crm core app", 45), ("crm core", 27), ("core", 11), ("core app", 6), ("crm", 7),
                                   ("app", 4)]).split()
        if "crm" in systems:
            person.crm = dict(no="C%08d" % (1001 + 7 * i))
            add_crm_facts(world, person)
        if "core" in systems:
            person.core = dict(no="62%08d" % (2001 + 11 * numbers[i]))
            add_accounts(world, person)
        if "app" in systems:
            add_app(world, person, pinyin, "U%07d" % (1001 + 3 * numbers[-1 - i]))
        if "crm" in systems and "core" in systems:
            if person.born.year < 1975 and random.chance(30):
                person.crm["document_no"] = fifteen_digits(person.document_no)
            assign_manager(world, person)
        world.people.append(person)
        add_activity(world, person)


def invent(world, i):
    random = world.random
    (surname, surname_pinyin) = random.weighted(SURNAMES)
    gender = random.pick("MF")
    given, given_pinyin = random.pick(MALE if gender == "M" else FEMALE)
    born = day_of(random, date(1948, 1, 1), date(2005, 12, 31))
    while (born.month, born.day) in BIRTHDAYS_OF_SHOWCASES:
        born += timedelta(1)
    region, stem, branch = random.pick(PLACES)
    person = Person(label="filler %d" % (i + 1), name=surname + given, gender=gender, born=born, branch=branch)
    person.document_no = resident_id(region, born, 500 + 2 * i % 400 + (gender == "M"))
    person.mobile = "%s000%05d" % (random.pick(PREFIXES), 10007 + 37 * i)
    person.address = "%s%d号%d室" % (stem, random.between(1, 288), 100 * random.between(1, 20) + random.between(1, 6))
    person.occupation = "退休" if born.year < 1962 else random.pick(OCCUPATIONS)
    person.since = day_of(random, date(2008, 1, 1), date(2026, 6, 30))
    person.updated = day_of(random, date(2024, 1, 1), date(2026, 11, 18))
    return person, surname_pinyin + " " + given_pinyin


def add_crm_facts(world, person):
    random = world.random
    if random.chance(35):
        person.wecom = wecom_id(int(person.crm["no"][1:]))
    if random.chance(20):
        person.email = "user%s@example.com" % person.crm["no"][-4:]
    if random.chance(75):
        person.risk, person.risk_on = "C%d" % random.between(1, 5), day_of(random, date(2025, 2, 1), date(2026, 11, 1))
    else:
        person.risk, person.risk_on = "", None
    person.employee = random.weighted([("N", 60), ("", 38), ("Y", 2)])
    said = random.weighted([("sms granted", 40), ("all granted", 10), ("sms refused", 9), ("all refused", 5),
                            ("none", 36)])
    if said != "none":
        channel, decision = said.split()
        person.consent(channel, "marketing", decision, day_of(random, date(2023, 1, 1), date(2026, 11, 1)))
    if random.chance(10):
        person.consent("wecom", "service", "granted", day_of(random, date(2023, 1, 1), date(2026, 11, 1)))
    if random.chance(8):
        person.consent("phone", "marketing", "refused", day_of(random, date(2023, 1, 1), date(2026, 11, 1)))


def add_accounts(world, person):
    random = world.random
    low, high = random.weighted([((500, 30000), 48), ((30000, 47000), 20), ((54000, 400000), 22),
                                 ((400000, 3000000), 10)])
    total = random.between(low, high) * 100 + random.below(100)
    rest = total
    parts = 0 if total < 1000000 else random.between(0, 2)
    for _ in range(parts):
        product = random.weighted([("D002", 25), ("D003", 6), ("W001", 18), ("W002", 16), ("W003", 4), ("F001", 16),
                                   ("F002", 8),
                                   ("I001", 4), ("I002", 3)])
        amount = rest * random.between(20, 60) // 100 // 100000 * 100000
        if amount < (20000000 if product == "D003" else 100000):
            continue
        matures = None
        if product[0] in "DWI":
            matures = day_of(random, date(2026, 12, 9), date(2029, 6, 30))
        person.account(product, yuan(amount), matures=matures, opened=day_of(random, person.since, date(2026, 11, 1)))
        rest -= amount
    person.account("D001", yuan(rest), opened=person.since)
    if random.chance(22):
        person.account("C001", yuan(random.between(2000, 2500000)), opened=person.since)
    if random.chance(7):
        person.account("L001", yuan(random.between(500000, 20000000)), opened=person.since,
                       matures=day_of(random, date(2027, 1, 1), date(2029, 1, 1)))
    if random.chance(9):
        person.account("L002", yuan(random.between(30000000, 200000000)), opened=person.since,
                       matures=day_of(random, date(2035, 1, 1), date(2050, 1, 1)))
    if random.chance(4):
        person.account("D002", "0.00", opened=person.since, matures=date(2026, 6, 30), status="1")


def add_app(world, person, pinyin, number):
    random = world.random
    person.app = dict(no=number, name=person.name, registered=day_of(random, date(2016, 1, 1), date(2026, 10, 1)),
                      last_login=day_of(random, date(2026, 6, 1), NIGHTS[0]), push=random.pick("YYN"))
    if random.chance(28):
        surname, given = pinyin.split()
        person.app["name"] = "%s %s" % ((surname, given) if random.chance(65) else (given, surname))
    person.app["cert"] = random.weighted([("", 50), ("full", 35), ("masked", 15)])
    digits = person.mobile
    person.app["phone"] = random.weighted([
        (digits, 74), ("+86" + digits, 6), ("+86 %s %s %s" % (digits[:3], digits[3:7], digits[7:]), 5),
        ("0086" + digits, 4),
        ("%s-%s-%s" % (digits[:3], digits[3:7], digits[7:]), 5), (full_width(digits), 3), ("86" + digits, 3)])
    if person.app["cert"] == "full" and random.chance(10):  # never told the app about the new phone
        person.app["phone"] = "153000%s" % digits[6:]


def assign_manager(world, person):
    random = world.random
    affluent = sum(a["balance"] for a in person.accounts if a["product"][0] in "DWFI") >= 5000000
    if random.chance(65 if affluent else 8):
        choices = sorted(m for m in MANAGERS if MANAGERS[m][1] == person.branch) or ["M0001"]
        person.manager = random.pick(choices)
        person.assigned = day_of(random, date(2021, 1, 1), date(2026, 9, 1))


def add_activity(world, person):
    """What the person did in the 91 days that the two nights see."""
    random = world.random
    last = NIGHTS[1]
    current = next((a for a in person.accounts if a["product"] == "D001"), None)
    card = next((a for a in person.accounts if a["product"] == "C001"), None)
    if current:
        for _ in range(random.weighted([(0, 42), (1, 38), (2, 16), (4, 4)])):
            at = "%s %s" % (day_of(random, FIRST_DAY, NIGHTS[0]), clock(random))
            kind = random.weighted([("01", 14), ("02", 18), ("06", 24), ("08", 22), ("09", 22)])
            world.transaction(person, current, at, kind, yuan(random.between(5000, 2000000)))
    if card:
        for _ in range(random.between(0, 3)):
            world.transaction(person, card, "%s %s" % (day_of(random, FIRST_DAY, NIGHTS[0]), clock(random, 8, 22)),
                              "05",
                              yuan(random.between(990, 300000)))
    for account in person.accounts:
        if account["product"][0] == "W" and random.chance(40):
            at = day_of(random, FIRST_DAY, NIGHTS[0])
            account["opened"] = at
            world.transaction(person, account, "%s %s" % (at, clock(random)), "03", yuan(account["balance"]),
                              account["product"])
    if person.crm and random.chance(36):
        channel, kind, topic, result = random.weighted([
            (("phone", "call", "wealth", "answered"), 20), (("phone", "call", "", "no_answer"), 14),
            (("wecom", "message", "wealth", "replied"), 14), (("sms", "message", "deposit", ""), 16),
            (("sms", "reply", "wealth", "replied"), 6),
            (("branch", "enquiry", "loan", ""), 6), (("mobile", "enquiry", "credit_card", ""), 6),
            (("phone", "call", "fund", "answered"), 6),
            (("phone", "complaint", "service", ""), 6), (("branch", "visit", "service", ""), 6)])
        status = "open" if kind == "complaint" and random.chance(30) else "closed"
        world.contact(person, channel, kind, topic, status, "%s %s" % (day_of(random, FIRST_DAY, last), clock(random)),
                      result)
    if person.app:
        for _ in range(random.weighted([(0, 40), (1, 40), (2, 15), (3, 5)])):
            kind = random.weighted([("login", 40), ("view", 35), ("click", 18), ("enquiry", 7)])
            topic = "" if kind == "login" else random.weighted([("wealth", 50), ("deposit", 20), ("fund", 15),
                                                                ("credit_card", 10), ("loan", 5)])
            product = {"wealth": "W001", "deposit": "D002", "fund": "F001"}.get(topic, "") if random.chance(60) else ""
            world.event(person, kind, "%sT%s" % (day_of(random, date(2026, 10, 22), last), clock(random, 7, 23)), topic,
                        product)
    if random.chance(9):
        purpose = random.weighted([("service", 40), ("deposit", 30), ("wealth_enquiry", 20),
                                   ("credit_card_enquiry", 10)])
        shown = random.weighted([(dict(document=True, mobile=True), 50), (dict(document=True), 20),
                                 (dict(mobile=True, birth=True), 30)])
        world.visit(person, "%sT%s" % (day_of(random, date(2026, 10, 22), last), clock(random, 9, 16)), purpose, "",
                    **shown)


def second_night(world):
    """Balances that move, and two more new customers: the ordinary part of one day's change."""
    random = world.random
    movers = [p for p in world.people if p.label.startswith("filler") and p.core and not p.core_damaged]
    for person in movers[::12]:
        current = next(a for a in person.accounts if a["product"] == "D001")
        if random.chance(50):
            amount, kind = random.between(3000, 8000) * 100, "06"
        else:
            amount, kind = -min(current["balance"] // 10, random.between(100, 900) * 100), "02"
        current["balance"] += amount
        world.transaction(person, current, "2026-11-21 " + clock(random), kind, yuan(abs(amount)))
