"""What the pipeline should decide, computed slowly from the people themselves."""

import csv
import os
from datetime import timedelta

from .model import NIGHTS, ROOT, USD_RATE, age, iso
from .vocabulary import managers_left

CATALOGUE = {}


def read_catalogue():
    path = os.path.join(ROOT, "pipelines", "retail-nightly", "catalogues", "products.csv")
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            CATALOGUE[row["code"]] = row


def aum(person):
    """Minor units of CNY, or None when no readable core record tells."""
    if not person.core or person.core_damaged:
        return None
    total = 0
    for account in person.accounts:
        product = CATALOGUE.get(account["product"])
        if account["status"] != "0" or account.get("damaged") or not product or product["in_aum"] != "yes":
            continue
        value = account["balance"]
        if account["currency"] == "USD":
            value = (value * USD_RATE[0] * 2 + USD_RATE[1]) // (2 * USD_RATE[1])
        total += value
    return total


def mode(person, night):
    value = aum(person)
    if value is None:
        return "held"
    managed = person.crm and person.manager and person.manager not in managers_left(night)
    return "assisted" if value >= 5000000 and managed else "direct"


def usable_mobile(person):
    return len(person.mobile) == 11 and person.mobile[0] == "1" and person.mobile[1] in "3456789"


def decided(person, channel, purpose):
    """granted, refused or unknown: the latest decision on the channel or on all; on one day the refusal wins."""
    found = [(day, decision == "refused", decision) for c, p, decision, day, _ in person.consents
             if c in (channel, "all") and p == purpose]
    return max(found)[2] if found else "unknown"


def active_person(person):
    return person.party_type == "P" and person.status == "A"


def expect(world, person, night):
    """The three campaigns' outcomes for one person and night, and every reason against, in order of checking."""
    day, how = NIGHTS[night], mode(person, night)
    held_products = {a["product"] for a in person.accounts if a["status"] == "0" and not person.core_damaged}
    maturing = any(a["status"] == "0" and a["matures"] == day + timedelta(15) and not person.core_damaged
                   and CATALOGUE[a["product"]]["class"] == "wealth" for a in person.accounts)
    wealth = "-"
    if maturing:
        if not active_person(person):
            wealth = "no:not_active"
        elif how != "assisted":
            wealth = "no:" + how
        else:
            wealth = "todo"
            if person.wecom and decided(person, "wecom", "service") != "refused":
                wealth = "todo+wecom"

    against = []
    if person.party_type != "P":
        against.append("not_a_person")
    if person.status != "A":
        against.append("not_active")
    if how != "direct":
        against.append("aum_unknown" if how == "held" else how)
    if "W001" in held_products:
        against.append("holds_w001")
    consent = decided(person, "sms", "marketing")
    if consent != "granted":
        against.append("refused" if consent == "refused" else "no_consent")
    open_on = [c for c in world.contacts if c["person"] is person and c["kind"] == "complaint"
               and c["status"] == "open" and c["at"][:10] <= iso(day)]
    if open_on:
        against.append("open_complaint")
    if person.employee == "Y":
        against.append("employee")
    if person.born and age(person.born, day) < 18:
        against.append("minor")
    if not usable_mobile(person):
        against.append("no_valid_mobile")
    elif sum(1 for p in world.people if p.mobile == person.mobile and p.from_night <= night) > 3:
        against.append("mobile_shared")
    if not person.crm or not person.risk:
        against.append("risk_missing")
    elif (day - person.risk_on).days > 365:
        against.append("risk_expired")
    sms = "no:" + "+".join(against) if against else "sms"

    birthday = "-"
    if person.born and person.party_type == "P" and (person.born.month, person.born.day) == (day.month, day.day):
        channel = "wecom" if person.wecom else "sms"
        if person.status != "A":
            birthday = "no:not_active"
        elif age(person.born, day) < 18:
            birthday = "no:minor"
        elif decided(person, channel, "service") == "refused":
            birthday = "no:refused"
        elif channel == "sms" and not usable_mobile(person):
            birthday = "no:no_valid_mobile"
        else:
            birthday = channel
    return [how, wealth, sms, birthday]
