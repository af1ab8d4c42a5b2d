#!/usr/bin/env python3
"""Writes samples/link-two-files: the customers of a CRM and of a shop, made up, and who is who; always the same.

    python3 scripts/make-link-samples.py [FOLDER]

Nobody of these lives: family names are invented, telephone numbers are of those that Ofcom keeps for films and books, mail
addresses end in example.com, .org and .net, and no postcode begins with ZZ.
"""
import csv
import datetime
import pathlib
import random
import sys

GIVEN = {
    "F": ["Abigail", "Alice", "Amelia", "Barbara", "Bethany", "Caroline", "Catherine", "Charlotte", "Christine", "Deborah",
          "Dorothy", "Eleanor", "Elizabeth", "Florence", "Georgina", "Grace", "Hannah", "Imogen", "Jacqueline", "Jennifer",
          "Jessica", "Josephine", "Judith", "Katherine", "Laura", "Margaret", "Martha", "Matilda", "Nicola", "Olivia",
          "Pamela", "Patricia", "Penelope", "Rebecca", "Rosemary", "Samantha", "Sophie", "Susan", "Theresa", "Victoria"],
    "M": ["Alexander", "Andrew", "Anthony", "Arthur", "Benjamin", "Charles", "Christopher", "Daniel", "David", "Dennis",
          "Edward", "Francis", "Frederick", "Geoffrey", "George", "Gerald", "Harold", "Henry", "James", "Jonathan",
          "Joseph", "Kenneth", "Leonard", "Martin", "Matthew", "Michael", "Nicholas", "Oliver", "Patrick", "Peter",
          "Philip", "Raymond", "Richard", "Robert", "Ronald", "Samuel", "Stephen", "Thomas", "Timothy", "William"],
}
SHORT = {
    "Abigail": "Abby", "Alexander": "Alex", "Andrew": "Andy", "Anthony": "Tony", "Barbara": "Babs", "Benjamin": "Ben",
    "Bethany": "Beth", "Catherine": "Cathy", "Charles": "Charlie", "Christine": "Chris", "Christopher": "Chris",
    "Daniel": "Dan", "David": "Dave", "Deborah": "Debbie", "Edward": "Ted", "Eleanor": "Nell", "Elizabeth": "Liz",
    "Frederick": "Fred", "Geoffrey": "Geoff", "Georgina": "Gina", "Harold": "Harry", "Henry": "Harry",
    "Jacqueline": "Jackie", "James": "Jim", "Jennifer": "Jenny", "Jessica": "Jess", "Jonathan": "Jon", "Joseph": "Joe",
    "Josephine": "Jo", "Judith": "Judy", "Katherine": "Kate", "Kenneth": "Ken", "Leonard": "Len", "Margaret": "Peggy",
    "Matthew": "Matt", "Michael": "Mike", "Nicholas": "Nick", "Nicola": "Nicky", "Pamela": "Pam", "Patricia": "Pat",
    "Penelope": "Penny", "Philip": "Phil", "Raymond": "Ray", "Rebecca": "Becky", "Richard": "Dick", "Robert": "Bob",
    "Ronald": "Ron", "Samantha": "Sam", "Samuel": "Sam", "Stephen": "Steve", "Susan": "Sue", "Theresa": "Tess",
    "Thomas": "Tom", "Timothy": "Tim", "Victoria": "Vicky", "William": "Bill",
}
# Invented: no directory of names was looked at.
STARTS = ["Amber", "Birk", "Brack", "Clover", "Corn", "Dun", "Elder", "Fen", "Gorse", "Hazel", "Iven", "Kettle", "Larch",
          "Marl", "Nettle", "Oat", "Pebble", "Quill", "Rook", "Sedge", "Thistle", "Umber", "Wether", "Yarrow"]
ENDS = ["beck", "combe", "dyke", "fleet", "garth", "howe", "marsh", "shaw", "wick", "worth"]
STREETS = ["Mill Lane", "Station Road", "Church Street", "Orchard Close", "High Street", "Victoria Road", "Park Avenue",
           "Meadow Way", "Bridge Street", "Chapel Hill", "Manor Drive", "Elm Grove", "Quarry Lane", "Harbour View",
           "Windmill Rise", "Abbey Gardens", "Tannery Row", "Foundry Street", "Priory Court", "Long Acre"]
ABBREVIATED = {"Lane": "Ln", "Road": "Rd", "Street": "St", "Close": "Cl", "Avenue": "Ave", "Drive": "Dr"}
# Towns, with the start of a number of each that is kept for fiction, and the postcode's invented area.
TOWNS = [("Leeds", "0113 496 0", "ZZ1"), ("Sheffield", "0114 496 0", "ZZ2"), ("Leicester", "0116 496 0", "ZZ3"),
         ("Bristol", "0117 496 0", "ZZ4"), ("Edinburgh", "0131 496 0", "ZZ5"), ("Manchester", "0161 496 0", "ZZ6"),
         ("Cardiff", "029 2018 0", "ZZ7"), ("London", "020 7946 0", "ZZ8")]
COLUMNS = ["first_name", "last_name", "birth_date", "email", "phone", "street", "town", "postcode"]
PERSONS, IN_CRM, IN_SHOP, TWICE = 780, 0.83, 0.6, 0.03
# A shop asks for an address to send to, and seldom for more.
MISSING_IN_CRM = {"birth_date": 0.05, "email": 0.3, "phone": 0.1, "street": 0.05}
MISSING_IN_SHOP = {"birth_date": 0.5, "email": 0.15, "phone": 0.4, "street": 0.02}


class People:
    def __init__(self):
        self.draws = random.Random(20261128)
        self.mobiles = self.draws.sample(range(1000), 1000)
        self.persons = []
        while len(self.persons) < PERSONS:
            self.add_household()

    def chance(self, share):
        return self.draws.random() < share

    def family_name(self):
        # A few names are common, as they are everywhere.
        start = min(self.draws.randrange(len(STARTS)), self.draws.randrange(len(STARTS)))
        return STARTS[start] + self.draws.choice(ENDS)

    def address(self):
        town, area, postcode = self.draws.choice(TOWNS)
        number = self.draws.randrange(1, 120)
        street = f"{number} {self.draws.choice(STREETS)}"
        if self.chance(0.15):
            street = f"Flat {self.draws.randrange(1, 20)}, {street}"
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        code = f"{postcode} {self.draws.randrange(1, 10)}{self.draws.choice(letters)}{self.draws.choice(letters)}"
        return {"street": street, "town": town, "postcode": code}, f"{area}{self.draws.randrange(1000):03}"

    def birth(self, oldest, youngest):
        first, last = datetime.date(oldest, 1, 1), datetime.date(youngest, 12, 31)
        return first + datetime.timedelta(days=self.draws.randrange((last - first).days))

    def add_household(self):
        home, landline = self.address()
        family = self.family_name()
        sexes = ["F" if self.chance(0.5) else "M"]
        if self.chance(0.55):
            sexes.append("M" if sexes[0] == "F" else "F")
            sexes += [self.draws.choice("FM") for _ in range(self.draws.choice([0, 0, 1, 2]))]
        head = self.birth(1940, 1985)
        for place, sex in enumerate(sexes):
            if place < 2:
                born = head if place == 0 else head + datetime.timedelta(days=self.draws.randrange(-2500, 2500))
            else:
                born = head + datetime.timedelta(days=self.draws.randrange(8500, 12000))
            person = {"first_name": self.draws.choice(GIVEN[sex]), "sex": sex, "birth_date": born, **home}
            person["last_name"] = family if place != 1 or self.chance(0.8) else self.family_name()
            person["phone"] = landline if self.chance(0.35) or not self.mobiles else f"07700 900{self.mobiles.pop():03}"
            person["email"] = self.email(person)
            self.persons.append(person)

    def email(self, person):
        first, last = person["first_name"].lower(), person["last_name"].lower()
        local = self.draws.choice([f"{first}.{last}", f"{first[0]}{last}", f"{last}.{first}"])
        return f"{local}{self.draws.randrange(10, 100)}@example.{self.draws.choice(['com', 'org', 'net'])}"

    def slip(self, text, is_number=False):
        """A letter or digit left out, turned with the next, doubled or replaced; of a number, replaced."""
        if is_number:
            at = self.draws.randrange(len(text))
            return text[:at] + self.draws.choice("0123456789".replace(text[at], "")) + text[at + 1:]
        places = [index for index in range(1, len(text)) if text[index].isalnum()]
        if not places:
            return text
        at = self.draws.choice(places)
        kind = self.draws.randrange(4)
        if kind == 0 and len(places) > 3:
            return text[:at] + text[at + 1:]
        if kind == 1 and at + 1 < len(text) and text[at + 1] != text[at] and text[at + 1].isalnum():
            return text[:at] + text[at + 1] + text[at] + text[at + 2:]
        if kind == 2 and text[at].isalpha():
            return text[:at] + text[at] + text[at:]
        other = self.draws.choice("0123456789" if text[at].isdigit() else "aeioulnrst")
        return text[:at] + other + text[at + 1:]

    def seen(self, person, missing):
        """How one system wrote a person down: mostly right. `missing`: shares of empty fields."""
        row = {name: person[name] for name in COLUMNS}
        born = person["birth_date"]
        if self.chance(0.1):
            row["first_name"] = SHORT.get(row["first_name"], row["first_name"])
        if self.chance(0.02):
            row["first_name"] = row["first_name"][0]
        if self.chance(0.05):
            row["first_name"] = self.slip(row["first_name"])
        if person["sex"] == "F" and self.chance(0.04):
            row["last_name"] = self.family_name()
        if self.chance(0.05):
            row["last_name"] = self.slip(row["last_name"])
        if self.chance(0.02):
            row["first_name"], row["last_name"] = row["last_name"], row["first_name"]
        if self.chance(0.04) and born.day <= 12:
            born = born.replace(month=born.day, day=born.month)
        if self.chance(0.04):
            born = born + datetime.timedelta(days=self.draws.choice([-10, -1, 1, 10, 365]))
        row["birth_date"] = born.isoformat()
        if self.chance(0.12):
            home, _ = self.address()
            row.update(home)
        if self.chance(0.2):
            words = row["street"].split(" ")
            row["street"] = " ".join(words[:-1] + [ABBREVIATED.get(words[-1], words[-1])])
        # Nothing that is wrong may reach anybody: numbers stay among those kept for fiction, addresses in example.com.
        for name, share, kept in [("street", 0.04, 0), ("postcode", 0.02, 4), ("phone", 0.03, len(row["phone"]) - 3)]:
            if self.chance(share):
                row[name] = row[name][:kept] + self.slip(row[name][kept:], is_number=name == "phone")
        if self.chance(0.03):
            local, _, domain = row["email"].partition("@")
            row["email"] = f"{self.slip(local)}@{domain}"
        if self.chance(0.2):
            row["email"] = self.email(person)
        for name, share in missing.items():
            if self.chance(share):
                row[name] = ""
        return row


def write(path, columns, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "samples/link-two-files")
    folder.mkdir(parents=True, exist_ok=True)
    people = People()
    crm, shop = [], []
    for number, person in enumerate(people.persons, start=1):
        for rows, share, missing in [(crm, IN_CRM, MISSING_IN_CRM), (shop, IN_SHOP, MISSING_IN_SHOP)]:
            if people.chance(share):
                rows.append({**people.seen(person, missing), "cluster": number})
                if rows is crm and people.chance(TWICE):
                    rows.append({**people.seen(person, missing), "cluster": number})
    truth = []
    for rows, letter in [(crm, "C"), (shop, "S")]:
        people.draws.shuffle(rows)
        for index, row in enumerate(rows, start=1):
            row["id"] = f"{letter}{index:03}"
            truth.append({"id": row["id"], "cluster": row.pop("cluster")})
    for row in shop:
        row["phone"] = row["phone"].replace(" ", "")
    write(folder / "crm.csv", ["id"] + COLUMNS, crm)
    write(folder / "shop.csv", ["id", "email", "last_name", "first_name", "postcode", "town", "street", "phone", "birth_date"], shop)
    write(folder / "truth.csv", ["id", "cluster"], truth)


main()
