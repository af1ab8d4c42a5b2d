"""People, what they own and do, and the identity numbers they carry."""

import os
from datetime import date

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NIGHTS = [date(2026, 11, 20), date(2026, 11, 21)]
USD_RATE = (710, 100)  # CNY for one USD, only for the README's figures: every showcase holds from 6.25 upward


class Random:
    """splitmix64: small, well spread, the same on every Python."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def below(self, n):
        return self.next() % n

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]

    def weighted(self, pairs):
        at = self.below(sum(weight for _, weight in pairs))
        for item, weight in pairs:
            if at < weight:
                return item
            at -= weight
        raise AssertionError


# ------------------------------------------------------------------------------------------------ standards

def resident_id(region, born, sequence):
    body = region + born.strftime("%Y%m%d") + "%03d" % sequence
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights)) % 11]


def fifteen_digits(number):
    return number[:6] + number[8:17]


def credit_code(region, serial):
    """A unified social credit code whose two check characters (organisation body, whole code) both hold."""
    symbols = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "MA9%05d" % serial
    digits36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    inner = (11 - sum(digits36.index(c) * w for c, w in zip(body, [3, 7, 9, 10, 5, 8, 4, 2])) % 11) % 11
    code = "91" + region + body + ("X" if inner == 10 else str(inner))
    total = sum(symbols.index(c) * pow(3, i, 31) for i, c in enumerate(code))
    return code + symbols[(31 - total % 31) % 31]


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def yuan(fen):
    return "%d.%02d" % (fen // 100, fen % 100)


def fen(text):
    whole, part = text.replace(",", "").split(".")
    return int(whole) * 100 + int(part)


def age(born, on):
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def compact(day):
    return day.strftime("%Y%m%d") if day else ""


def iso(day):
    return day.isoformat() if day else ""


# --------------------------------------------------------------------------------------------------- people

class Person:
    """One real person or organisation, and how each system writes them (crm, core, app: fields that differ)."""

    def __init__(self, **fields):
        self.label = self.name = self.gender = self.document_no = self.mobile = self.address = ""
        self.email = self.occupation = self.wecom = self.employee = ""
        self.party_type, self.document_type, self.branch, self.status = "P", "01", "B001", "A"
        self.risk, self.risk_on, self.born = "C3", date(2026, 5, 10), None
        self.since, self.updated = date(2019, 3, 4), date(2026, 8, 1)
        self.manager, self.assigned = "", date(2024, 2, 1)
        self.crm, self.core, self.app = None, None, None
        self.crm_twin = None  # a second CRM record of the same person
        self.core_damaged = False  # this night's core record cannot be read
        self.accounts, self.consents, self.visits = [], [], []
        self.from_night = 0
        self.number = 0  # of a showcase: the last three digits of its keys
        self.shows = self.does = ""
        self.want = None
        for key, value in fields.items():
            assert hasattr(self, key), key
            setattr(self, key, value)

    def consent(self, channel, purpose, decision, day, twin=False):
        self.consents.append([channel, purpose, decision, day, twin])

    def account(self, product, balance, matures=None, currency="CNY", opened=date(2024, 5, 6), status="0"):
        number = "622%s%03d" % (self.core["no"][-7:], len(self.accounts) + 1)
        self.accounts.append(dict(no=number, product=product, currency=currency, balance=fen(balance),
                                  opened=opened, matures=matures, status=status))
        return self.accounts[-1]


class World:
    def __init__(self):
        self.people, self.relations = [], []
        self.contacts, self.transactions, self.events = [], [], []
        self.visit_count = 0
        self.random = Random(20261120)

    def named(self, label):
        return next(p for p in self.people if p.label == label)

    def contact(self, person, channel, kind, topic, status, at, result=""):
        self.contacts.append(dict(no="T%06d" % (len(self.contacts) + 1), person=person, channel=channel, kind=kind,
                                  topic=topic, status=status, at=at, result=result))
        return self.contacts[-1]

    def transaction(self, person, account, at, kind, amount, product=""):
        self.transactions.append(dict(no="%s%05d" % (at[:10].replace("-", ""), len(self.transactions) + 1),
                                      person=person, account=account["no"], at=at, kind=kind, amount=fen(amount),
                                      currency=account["currency"], product=product))

    def event(self, person, kind, at, topic="", product=""):
        self.events.append(dict(no="E%05d" % (len(self.events) + 1), user=person.app["no"], kind=kind, at=at,
                                topic=topic, product=product))

    def visit(self, person, at, purpose, note="", **shown):
        """`shown`: what the visitor gave: document, mobile, birth (True = as known), or a text typed instead."""
        self.visit_count += 1
        person.visits.append(dict(no="V%07d" % self.visit_count, at=at, purpose=purpose, note=note, shown=shown,
                                  branch=person.branch))
