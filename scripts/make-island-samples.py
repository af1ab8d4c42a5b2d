#!/usr/bin/env python3
"""Writes samples/island-bank: one night of a bank elsewhere, always the same.

    python3 scripts/make-island-samples.py [FOLDER]

truth.csv says which record belongs to whom, and what each customer's money comes to in cents, so that the pipeline is held to
something that it did not compute itself.
"""
import csv
import hashlib
import pathlib
import random
import sys

NIGHT, DATE = "20261120", "2026-11-20"
GIVEN = ["Jane", "Owen", "Maud", "Piers", "Zoë", "Łucja", "Björn", "Inês", "Noor", "Tomas", "Edda", "Ruan"]
MIDDLE = ["Ann", "Rhys", "Elin", "Kit", "Mae", "Dov", "Ulla", "Ike"]
FAMILY = ["Smith", "Carrow", "Le Brun", "O'Dell", "Müller", "Haughton-Vane", "Quist", "Tregear", "Szabó", "Falle", "Rowe", "Nicolle"]
TITLES = ["", "", "", "Mr. ", "Dr ", "Ms "]
PEOPLE, KURA_IN_TEN_THOUSAND = 40, 125


def verhoeff(digits):
    """The check digit, from the tables as Verhoeff prints them."""
    product = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5], [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
               [3, 4, 0, 1, 2, 8, 9, 5, 6, 7], [4, 0, 1, 2, 3, 9, 5, 6, 7, 8], [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
               [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3], [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
               [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]]
    turn = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    state = 0
    for place, digit in enumerate(reversed(digits), start=1):
        value = int(digit)
        for _ in range(place % 8):
            value = turn[value]
        state = product[state][value]
    return str(product[state].index(0))


def written(number, way):
    """A phone in one of the five ways that people here write it."""
    a, b = number[:3], number[3:]
    return [number, f"{a} {b}", f"0{a}-{b}", f"+990 {a} {b}", f"00990{number} ext. 4"][way % 5]


def amount(value, currency):
    """1.234,56 for cents, 1.234 for kura; a minus stands behind."""
    whole, rest = (abs(value) // 100, f",{abs(value) % 100:02}") if currency == "NRD" else (abs(value), "")
    return f"{whole:,}".replace(",", ".") + rest + ("-" if value < 0 else "")


def day(text):
    return "/".join(reversed(text.split("-")))


class Night:
    def __init__(self):
        self.draws = random.Random(990)
        self.customers, self.users, self.accounts, self.truth = [], [], [], []
        self.sum = 0

    def person(self, number):
        draw = self.draws
        given, middle, family = GIVEN[number % 12], MIDDLE[number % 8], FAMILY[(number * 5 + number // 12) % 12]
        digits = "".join(draw.choice("0123456789") for _ in range(11))
        id_number = digits + verhoeff(digits)
        born = f"{draw.randint(1940, 2005)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        phone = f"7{200_000 + number * 1_237:06}"
        key = f"C{number:04}"
        # Every eighth has a passport, which the app does not know; the phone and the name tell who it is.
        has_passport = number % 8 == 7
        document = ("P", f"NY{1_000_000 + number}") if has_passport else ("N", id_number)
        if number == 5:
            document = ("N", id_number[:-1] + str((int(id_number[-1]) + 1) % 10))  # a slip: identifies nobody
        grouped = " ".join([document[1][:4], document[1][4:8], document[1][8:]]) if document[0] == "N" else document[1]
        self.customers.append([
            key, f"{family.upper()}, {given} {middle}", day(born), document[0], grouped, written(phone, number),
            f"{number + 1} Harbour Rd, Norrey", day("2026-03-01")])
        users = 1 if number % 3 else 0
        if users:
            title = TITLES[number % 6]
            self.users.append([
                f"U{number:04}", f"{title}{given}", middle, family, "" if has_passport else id_number,
                written(phone, number + 2), f"{given[0]}.{number}@Example.org", "2026-10-0" + str(1 + number % 9)])
        cents = self.holdings(number, key)
        self.truth.append([f"P{number:04}", key, f"U{number:04}" if users else "", cents])

    def holdings(self, number, key):
        cents = 0
        for index in range(1 + number % 3):
            currency = "KUR" if (number + index) % 4 == 3 else "NRD"
            product = ["CUR", "FIX", "LOA"][index]
            value = self.draws.randint(-5_000 if product == "CUR" else 1_000, 1_500_000)
            status = "C" if number % 11 == 10 else "O"
            matures = day(f"2026-{11 + number % 2}-2{number % 9}") if product == "FIX" else ""
            self.accounts.append([f"A{number:04}{index}", key, product, currency, amount(value, currency), matures, status])
            self.sum += value if currency == "NRD" else value * 100
            if product != "LOA" and status == "O":
                # Cents of a kura, rounded half away from zero.
                scaled = abs(value) * KURA_IN_TEN_THOUSAND * 100
                kura = (scaled + 5_000) // 10_000 * (1 if value >= 0 else -1)
                cents += value if currency == "NRD" else kura
        return cents

    def defects(self):
        """A date that does not exist, and a status that nobody knows; the control file counts its amount."""
        self.customers.append(["C9001", "VOID, Ann", "31/02/1990", "N", "", "", "", day("2026-03-01")])
        self.accounts.append(["A90010", "C0001", "CUR", "KUR", "12", "", "?"])
        self.sum += 1_200


def write(folder, name, header, rows):
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return len(rows), hashlib.sha256((folder / name).read_bytes()).hexdigest()


def main():
    night = Night()
    for number in range(PEOPLE):
        night.person(number)
    night.defects()
    root = pathlib.Path(__file__).resolve().parent.parent / "samples/island-bank"
    if len(sys.argv) > 1:
        root = pathlib.Path(sys.argv[1])
    folder = root / NIGHT
    folder.mkdir(parents=True, exist_ok=True)
    files = [
        (f"customers_{NIGHT}.csv", "no name born document number phone address changed", night.customers, 0),
        (f"users_{NIGHT}.csv", "user given middle family national_id phone email changed", night.users, 0),
        (f"accounts_{NIGHT}.csv", "account customer product currency balance matures status", night.accounts, night.sum),
    ]
    lines = ["file;date;rows;sum;sha256"]
    for name, header, rows, total in files:
        count, digest = write(folder, name, header.split(), rows)
        lines.append(f"{name};{DATE};{count};{total // 100}.{total % 100:02};{digest}")
    (folder / f"island_{NIGHT}.ctl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    write(root, "truth.csv", ["person", "customer", "user", "aum_cents"], night.truth)


if __name__ == "__main__":
    main()
