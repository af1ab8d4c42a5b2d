"""The README of the samples and its tables: who shows what, and the control figures."""

from .files import CORE_FILES, csv_line
from .model import NIGHTS

REASONS = {
    "not_a_person": "not a person", "not_active": "not active", "aum_unknown": "AUM unknown", "assisted": "assisted",
    "direct": "direct",
    "holds_w001": "holds W001", "no_consent": "no consent", "refused": "refused", "open_complaint": "open complaint",
    "employee": "employee", "minor": "minor", "no_valid_mobile": "no usable mobile",
    "mobile_shared": "mobile shared by more than 3",
    "risk_missing": "no risk level", "risk_expired": "risk assessment expired",
}
CAMPAIGNS = ("maturing", "SMS", "birthday")


def planted_csv(deliveries):
    lines = ["night,file,line,key,kind,code,handling"]
    for night, delivery in enumerate(deliveries):
        for extract, planted in delivery:
            lines += [csv_line([NIGHTS[night].isoformat(), extract.file, str(line), key, kind, code, handling])
                      for line, key, kind, code, handling in planted]
    return "\n".join(lines) + "\n"


def keys(person):
    found = [("crm", person.crm), ("crm", person.crm_twin), ("core", person.core), ("mobile", person.app)]
    return [(system, record["no"]) for system, record in found if record] + [("branch", v["no"]) for v in person.visits]


def truth_csv(world):
    lines = ["system,key,person"]
    rows = [(system, key, "P%04d" % (i + 1)) for i, person in enumerate(world.people) for system, key in keys(person)]
    return "\n".join(lines + [",".join(row) for row in sorted(rows)]) + "\n"


def expected_csv(world, expected):
    lines = ["night,person,aum,mode,wealth_maturing,standard_wealth_sms,birthday_care"]
    for night, outcomes in enumerate(expected):
        for i, person in enumerate(world.people):
            if outcomes[person]:
                aum, found = outcomes[person]
                lines.append(",".join([NIGHTS[night].isoformat(), "P%04d" % (i + 1), aum] + found))
    return "\n".join(lines) + "\n"


def outcome(result):
    """One cell: `32,000.00 direct; SMS`, or the reasons against."""
    if not result:
        return "not yet a customer"
    aum, (mode, *campaigns) = result
    whole, _, cents = aum.partition(".")
    money = "{:,}.{}".format(int(whole), cents) if aum else "AUM unknown"
    parts = []
    for name, found in zip(CAMPAIGNS, campaigns):
        if found.startswith("no:"):
            parts.append("no %s: %s" % (name, ", ".join(REASONS[r] for r in found[3:].split("+"))))
        elif found != "-":
            sent = {"todo": "to-do", "todo+wecom": "to-do + WeCom", "sms": "SMS", "wecom": "WeCom"}[found]
            parts.append("**%s**" % ("SMS" if name == "SMS" else "%s: %s" % (name, sent)))
    return "%s %s; %s" % (money, mode, "; ".join(parts))


def showcase_table(world, expected):
    lines = ["| no. | name | keys | what it shows | what the pipeline does | night 1 | night 2 |",
             "|---|---|---|---|---|---|---|"]
    for person in sorted((p for p in world.people if p.want), key=lambda p: p.number):
        nights = [outcome(e[person]) for e in expected]
        if nights[0] == nights[1]:
            nights[1] = "same"
        cells = [str(person.number), person.name, " ".join(key for _, key in keys(person)), person.shows,
                 person.does] + nights
        lines.append("| %s |" % " | ".join(c.replace("|", "\\|") for c in cells))
    return "\n".join(lines)


def file_table(deliveries):
    lines = ["| file | rows 20th | rows 21st | not loaded 20th | not loaded 21st | amount sum 20th | amount sum 21st |",
             "|---|---|---|---|---|---|---|"]
    for first, second in zip(*deliveries):
        cells = [first[0].file.replace("20261120", "<stamp>")]
        cells += [str(len(extract.rows)) for extract, _ in (first, second)]
        cells += [str(sum(1 for p in planted if p[4] == "quarantine")) for _, planted in (first, second)]
        cells += [extract.control().split("|")[1] if extract.name in CORE_FILES else "" for extract,
                  _ in (first, second)]
        lines.append("| %s |" % " | ".join(cells))
    return "\n".join(lines)


def defect_table(deliveries):
    lines = ["| night | file | planted |", "|---|---|---|"]
    for night, delivery in enumerate(deliveries):
        for extract, planted in delivery:
            counts = {}
            for _, _, kind, _, _ in planted:
                counts[kind] = counts.get(kind, 0) + 1
            if counts:
                lines.append("| %d | %s | %s |" % (night + 1, extract.file,
                                                   ", ".join("%s %d" % c for c in sorted(counts.items()))))
    return "\n".join(lines)


def totals_table(expected):
    lines = ["| figure | night 1 | night 2 |", "|---|---|---|"]
    found = [[r for r in e.values() if r] for e in expected]
    rows = [("people and organisations", lambda r: True)]
    rows += [("mode " + m, lambda r, m=m: r[1][0] == m) for m in ("assisted", "direct", "held")]
    rows += [("wealth_maturing: to-dos", lambda r: r[1][1].startswith("todo")),
             ("wealth_maturing: WeCom messages", lambda r: r[1][1] == "todo+wecom"),
             ("standard_wealth_sms: messages", lambda r: r[1][2] == "sms"),
             ("birthday_care: by WeCom", lambda r: r[1][3] == "wecom"),
             ("birthday_care: by SMS", lambda r: r[1][3] == "sms")]
    for name, wanted in rows:
        lines.append("| %s | %s |" % (name, " | ".join(str(sum(1 for r in night if wanted(r))) for night in found)))
    return "\n".join(lines)


PAGE = """# Samples of the worked example: two nights of a small bank

Written by `python3 scripts/make-samples.py` (this page too: change the program, not the page). All people are
invented; their phones look real and may by chance exist: never hand these lists to a gateway that sends.

- `20261120/`, `20261121/`: what CRM, core banking, mobile banking and the branches deliver on two consecutive nights.
- `planted.csv`: every row planted to go wrong: night, file, line (first line of the record, as `head -n` counts),
  key, kind, the quarantine code expected, handling: `quarantine`; `orphan` (well formed, but its customer is not in
  the customer file as loaded); `not_counted` (kept, outside AUM); `flag` (kept with a note).
- `truth.csv`: which record belongs to which person. `expected.csv`: AUM, mode and the three campaigns for every
  person and night, with every reason against, computed from the people and not by the pipeline.

Files are rolling snapshots: customers and accounts in full; transactions and contacts of 90 days; app events and
branch visits of 30 days.

## The rules behind the table

- AUM: open accounts of products with `in_aum` = yes, in CNY at 7.10 for one USD. Not known to core: AUM unknown,
  which is not 0.
- Mode: **assisted** = AUM of 50,000.00 or more and an active manager; **held** = AUM unknown; else **direct**. It is
  the plain rule, also for those (organisations, deceased, closed) whom every campaign then leaves out.
- `wealth_maturing`: a wealth product (W001 to W003, account open) matures in exactly 15 days (2026-12-05 and
  2026-12-06); assisted only: a to-do for the manager, and a WeCom message where there is a WeCom id and service on
  WeCom is not refused. A complaint does not block it.
- `standard_wealth_sms`: W001 by SMS to direct customers without an open W001: marketing granted on SMS or on all (the
  latest decision counts; on one day the refusal), no open complaint, no employee, 18 or older, a usable mobile of no
  more than three people, risk assessed in the last 365 days (day 365 counts).
- `birthday_care`: birthday today (29 February: on 28 February in common years), 18 or older, by WeCom where there is
  an id, else by SMS; blocked when service is refused on that channel or on all. Consent is not needed.
- All three: active persons only. Deceased in one system is deceased.

The campaign columns name every reason against; a pipeline that stops at the first one it checks names one of them.

## Showcase customers

{showcases}

## How many

{totals}

The maturing and birthday lists hold showcase customers only; the SMS list holds showcases and fillers.
The pipeline counts one customer more each night, held: the visitor V9000003, whose visit is planted with an unknown
purpose and quarantined, but whose own record is sound.

## Control figures

Rows as delivered (without header and trailer, with the bad ones). "Not loaded" are the rows for quarantine. The
control file and the trailers count rows as delivered; their sums take every amount that is a number of at most two
decimals, also of rows that go to quarantine for another reason.

{files}

## What was planted

{defects}

Kinds that need a word: `truncated_character`: a name cut in the middle of a character, whose first byte then takes
the separator with it, so the row has one field too few. `stray_quote`: in CRM one row with a single quote inside a
field and one with quotes inside a quoted field; the rows after them are good. `unclosed_quote`: the last row of its
file. `duplicate_key`: the same row again; either may be kept.
"""


def page(world, deliveries, expected):
    return PAGE.format(showcases=showcase_table(world, expected), totals=totals_table(expected),
                       files=file_table(deliveries),
                       defects=defect_table(deliveries))
