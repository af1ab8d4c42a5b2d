"""Writes people as the four systems would: bytes, lines, trailers and the control file."""

import re
from datetime import timedelta
from xml.sax.saxutils import escape, quoteattr

from .model import NIGHTS, compact, iso, yuan
from .vocabulary import MANAGERS, managers_left

CORE_FILES = ("core_customers", "core_accounts", "core_transactions")
AMOUNT_FIELD = {"core_accounts": 4, "core_transactions": 5}
HEADERS = {
    "crm_customers": "customer_no,party_type,name,gender,birth_date,document_type,document_no,mobile,email,address,occupation,"
                     "branch_code,wecom_userid,risk_level,risk_assessed_on,customer_since,employee,status,updated_on",
    "crm_consents": "customer_no,channel,purpose,decision,decided_on",
    "crm_assignments": "customer_no,manager_id,manager_name,manager_status,branch_code,assigned_on",
    "crm_contacts": "contact_no,customer_no,channel,kind,topic,status,happened_at,result",
    "crm_relations": "from_customer_no,to_customer_no,relation,since",
    "mobile_users": "user_id,real_name,cert_no,phone,registered_on,last_login_on,push_enabled",
}
NAMES = list(HEADERS)[:5] + list(CORE_FILES) + ["mobile_users", "mobile_events", "branch_visits"]


def csv_line(fields):
    return ",".join('"%s"' % f.replace('"', '""') if re.search('[",\r\n]', f) else f for f in fields)


class Extract:
    """One file of one night: rows under sort keys, and what was planted in them."""

    def __init__(self, name, night):
        self.name, self.night = name, night
        self.encoding = "gb18030" if name.startswith("core_") else "utf-8"
        self.end = b"\r\n" if name == "mobile_users" else b"\n"
        self.rows = []  # [sort key, bytes, [(kind, code, handling)], the record's own key]

    @property
    def file(self):
        suffix = "txt" if self.name in CORE_FILES else "xml" if self.name in ("mobile_events",
                                                                              "branch_visits") else "csv"
        return "%s_%s.%s" % (self.name, compact(NIGHTS[self.night]), suffix)

    def add(self, key, line, planted=(), own_key=None):
        data = line if isinstance(line, bytes) else line.encode(self.encoding)
        self.rows.append([key, data, list(planted), own_key or key])

    def find(self, key):
        return next(row for row in self.rows if row[0] == key)

    def render(self):
        """The file's bytes, and (line, key, kind, code, handling) of everything planted."""
        out, planted, line = [], [], 1

        def put(data):
            nonlocal line
            out.append(data + self.end)
            line += (data + self.end).count(b"\n")

        if self.name in HEADERS:
            put(HEADERS[self.name].encode())
        elif self.name not in CORE_FILES:
            put(b'<?xml version="1.0" encoding="UTF-8"?>')
            put(('<%s date="%s">' % ("events" if self.name == "mobile_events" else "branches",
                                     NIGHTS[self.night])).encode())
        branch = None
        for key, data, marks, own_key in sorted(self.rows, key=lambda row: row[0]):
            if self.name == "branch_visits" and key.split("|")[0] != branch:
                if branch:
                    put(b"</branch>")
                branch = key.split("|")[0]
                put(('<branch code="%s">' % branch).encode())
            planted += [(line, own_key, *mark) for mark in marks]
            put(data)
        if self.name == "branch_visits":
            put(b"</branch>")
        if self.name in ("mobile_events", "branch_visits"):
            put(b"</events>" if self.name == "mobile_events" else b"</branches>")
        if self.name in CORE_FILES:
            put(("TRAILER|" + self.control()).encode())
        return b"".join(out), planted

    def control(self):
        """`rows|sum`: rows as delivered, good and bad; the sum over amounts that are numbers of at most two decimals."""
        total = 0
        if self.name in AMOUNT_FIELD:
            for _, data, _, _ in self.rows:
                amount = data.decode("gb18030", "replace").split("|")[AMOUNT_FIELD[self.name]]
                if re.fullmatch(r"\d+\.\d\d", amount):
                    total += int(amount.replace(".", ""))
        return "%d|%s" % (len(self.rows), yuan(total))


def crm_customer(person, record):
    status = record.get("status", person.status)
    fields = dict(no="", party_type=person.party_type, name=person.name, gender=person.gender, birth=iso(person.born),
                  document_type=person.document_type, document_no=person.document_no, mobile=person.mobile,
                  email=person.email,
                  address=person.address, occupation=person.occupation if person.party_type == "P" else "",
                  branch=person.branch,
                  wecom=person.wecom, risk=person.risk, risk_on=iso(person.risk_on), since=iso(person.since),
                  employee=person.employee,
                  status=status, updated=iso(person.updated))
    fields.update(record)
    return csv_line(fields.values())


def core_customer(person):
    fields = dict(no="", name=person.name, cert_type=person.document_type, cert_no=person.document_no,
                  birth=compact(person.born),
                  sex={"M": "1", "F": "2", "": ""}[person.gender], mobile=person.mobile, address=person.address,
                  opened=compact(person.since), status="ACD".index(person.status), updated=compact(person.updated))
    fields.update(person.core)
    return "|".join(str(f) for f in fields.values())


def app_user(person):
    app, number = person.app, person.document_no
    cert = {"full": number, "masked": number[:4] + "*" * 10 + number[-4:], "": ""}[app.get("cert", "")]
    return csv_line([app["no"], app["name"], cert, app.get("phone") or person.mobile,
                     str(app.get("registered", "2021-05-04")),
                     str(app.get("last_login", "2026-11-02")), app.get("push", "Y")])


def visit_element(person, visit):
    shown = visit["shown"]
    parts = ["<name>%s</name>" % escape(person.name)]
    if shown.get("document"):
        parts.append('<document type="%s" no="%s"/>' % (person.document_type, person.document_no))
    if shown.get("mobile"):
        parts.append("<mobile>%s</mobile>" % person.mobile)
    if shown.get("birth"):
        parts.append("<birth>%s</birth>" % iso(person.born))
    return '<visit id="%s" at="%s"><visitor>%s</visitor><purpose>%s</purpose><note>%s</note></visit>' % (
        visit["no"], visit["at"], "".join(parts), visit["purpose"], escape(visit["note"]))


def build(world, night):
    """All extracts of one night, without the planted rows."""
    files = {name: Extract(name, night) for name in NAMES}
    day = NIGHTS[night]
    for person in world.people:
        if person.from_night > night:
            continue
        if person.crm:
            write_crm(files, person, night)
        if person.core:
            files["core_customers"].add(person.core["no"], core_customer(person))
            for a in person.accounts:
                files["core_accounts"].add(a["no"], "|".join([
                    a["no"], person.core["no"], a["product"], a["currency"], yuan(a["balance"]), compact(a["opened"]),
                    compact(a["matures"]) or ("99991231" if a["product"] == "D001" else ""), a["status"]]))
        if person.app:
            files["mobile_users"].add(person.app["no"], app_user(person))
        for visit in person.visits:
            if since(day, 29) <= visit["at"][:10] <= iso(day):
                key = "%s|%s" % (visit["branch"], visit["no"])
                files["branch_visits"].add(key, visit_element(person, visit), own_key=visit["no"])
    write_activity(files, world, day)
    for relation in world.relations:
        files["crm_relations"].add("|".join(relation[:2]), csv_line(relation))
    return files


def since(day, days):
    return iso(day - timedelta(days))


def write_crm(files, person, night):
    records = [person.crm] + ([person.crm_twin] if person.crm_twin else [])
    for record in records:
        files["crm_customers"].add(record["no"], crm_customer(person, record))
    for channel, purpose, decision, decided_on, twin in person.consents:
        number = records[1 if twin else 0]["no"]
        files["crm_consents"].add("|".join([number, channel, purpose]),
                                  csv_line([number, channel, purpose, decision, iso(decided_on)]))
    if person.manager:
        name, branch = MANAGERS[person.manager]
        status = "left" if person.manager in managers_left(night) else "active"
        number = person.crm["no"]
        files["crm_assignments"].add(number, csv_line([number, person.manager, name, status, branch,
                                                       iso(person.assigned)]))


def write_activity(files, world, day):
    for t in world.transactions:
        if since(day, 89) <= t["at"][:10] <= iso(day):
            files["core_transactions"].add(t["no"], "|".join([
                t["no"], t["account"], t["person"].core["no"], re.sub("[-: ]", "", t["at"]), t["kind"],
                yuan(t["amount"]),
                t["currency"], t["product"]]))
    for c in world.contacts:
        if since(day, 89) <= c["at"][:10] <= iso(day):
            files["crm_contacts"].add(c["no"], csv_line([c["no"], c["person"].crm["no"], c["channel"], c["kind"],
                                                         c["topic"],
                                                         c["status"], c["at"], c["result"]]))
    for e in world.events:
        if since(day, 29) <= e["at"][:10] <= iso(day):
            optional = "".join(" %s=%s" % (k, quoteattr(e[k])) for k in ("topic", "product") if e[k])
            files["mobile_events"].add(e["no"], '<event id="%s" user="%s" type="%s"%s at="%s"/>' % (
                e["no"], e["user"], e["kind"], optional, e["at"]))
