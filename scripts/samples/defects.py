"""The rows that must not get through, or only with a mark: planted last, each recorded with its line.

handling: `quarantine` (with the code that ingest gives it), `orphan` (well formed, but its customer is not in
the customer file), `not_counted` (kept, outside AUM), `flag` (kept with a note).
"""

from .files import csv_line

# kind -> (quarantine code, handling)
KINDS = {
    "invalid_date": ("bad_date", "quarantine"), "invalid_timestamp": ("bad_timestamp", "quarantine"),
    "amount_three_decimals": ("bad_amount", "quarantine"), "amount_not_number": ("bad_amount", "quarantine"),
    "unknown_code": ("unknown_code", "quarantine"), "unknown_document_type": ("unknown_code", "quarantine"),
    "missing_key": ("missing_required", "quarantine"), "missing_name": ("missing_required", "quarantine"),
    "duplicate_key": ("duplicate_key", "quarantine"), "too_few_fields": ("too_few_fields", "quarantine"),
    "truncated_character": ("too_few_fields", "quarantine"), "too_many_fields": ("too_many_fields", "quarantine"),
    "stray_quote": ("stray_quote", "quarantine"), "unclosed_quote": ("unclosed_quote", "quarantine"),
    "invalid_gb18030": ("invalid_gb18030", "quarantine"), "invalid_utf8": ("invalid_utf8", "quarantine"),
    "orphan": ("", "orphan"), "unknown_product": ("", "not_counted"), "checksum_failing_id": ("", "flag"),
}


def mark(kind):
    return (kind,) + KINDS[kind]


def bad(extract, key, line, kind):
    """`key` says where in the file the row stands; behind a `>` the record's own key where that is another."""
    place, _, own = key.partition(">")
    extract.add(place, line, [mark(kind)], own or place.split("|")[-1])


def flag(extract, key, kind):
    extract.find(key)[2].append(mark(kind))


def duplicate(extract, index):
    """The same row a second time, directly after the first: which one is kept makes no difference."""
    key, data, _, own_key = sorted((r for r in extract.rows if not r[2]), key=lambda row: row[0])[index]
    extract.add(key + "~", data, [mark("duplicate_key")], own_key)


def plant(files, world, night):
    mark_showcases(files, world)
    if night == 0:
        plant_crm(files)
        plant_core(files, world)
        plant_mobile(files)
        plant_branch(files)
    else:
        plant_second_night(files, world)


def mark_showcases(files, world):
    flag(files["crm_customers"], world.named("id mistyped").crm["no"], "checksum_failing_id")
    for label in ("id fails", "organisation, USCC fails"):
        flag(files["crm_customers"], world.named(label).crm["no"], "checksum_failing_id")
        flag(files["core_customers"], world.named(label).core["no"], "checksum_failing_id")
    person = world.named("core record damaged")
    if person.core_damaged:
        row = files["core_customers"].find(person.core["no"])
        row[1] = row[1].replace(person.name.encode("gb18030"), b"\xc2\xed\xff\xbf\xb5")
        row[2].append(mark("invalid_gb18030"))
        for account in person.accounts:
            flag(files["core_accounts"], account["no"], "orphan")


def crm(number, name, **changes):
    fields = dict(no=number, party="P", name=name, gender="F", birth="1987-03-12", type="01", document="", mobile="",
                  email="",
                  address="北京市海淀区学院路5号", occupation="会计", branch="B001", wecom="", risk="C2", risk_on="2026-04-01",
                  since="2020-02-02", employee="N", status="A", updated="2026-10-10")
    fields.update(changes)
    return csv_line(fields.values())


def plant_crm(files):
    c = files["crm_customers"]
    bad(c, "C00001010", crm("C00001010", "袁丽", birth="1990-02-30"), "invalid_date")
    bad(c, "C00001101", crm("C00001101", "董洁", risk="C9"), "unknown_code")
    bad(c, "C00001192", crm("", "萧红梅"), "missing_key")
    bad(c, "C00001283", crm("C00001283", "程莉", type="99", document="A7734512"), "unknown_document_type")
    bad(c, "C00001374", "C00001374,P,蔡文,M,1979-01-05,01", "too_few_fields")
    bad(c, "C00001465", crm("C00001465", "田野", address="@").replace("@", "北京市朝阳区,望京街9号"), "too_many_fields")
    bad(c, "C00001556", crm("C00001556", "@").replace("@", '袁"小芳'), "stray_quote")
    bad(c, "C00001647", crm("C00001647", "蒋丽丽", address="@").replace("@", '"北京市朝阳区"万达"广场3号"'), "stray_quote")
    bad(c, "C00001738", crm("C00001738", "@").encode().replace(b"@", "余芳".encode("gb18030")), "invalid_utf8")
    duplicate(c, 150)
    k = files["crm_consents"]
    bad(k, "C00001004", "C00001004,fax,marketing,granted,2025-03-01", "unknown_code")
    bad(k, "C00001305", "C00001305,sms,marketing,granted,2025-13-01", "invalid_date")
    bad(k, "C00099998", "C00099998,sms,marketing,refused,2026-01-08", "orphan")
    duplicate(k, 60)
    a = files["crm_assignments"]
    bad(a, "C00001104", "C00001104,,陈立群,active,B001,2024-07-01", "missing_key")
    bad(a, "C00001405", "C00001405,M0002,周雅文,retired,B002,2024-07-01", "unknown_code")
    t = files["crm_contacts"]
    bad(t, "T000005a>T900001", "T900001,C00000035,phone,call,wealth,closed,2026-11-05 25:10:00,answered",
        "invalid_timestamp")
    bad(t, "T000015a>T900002", "T900002,C00000042,telegram,message,wealth,closed,2026-11-05 10:10:00,", "unknown_code")
    bad(t, "T000025a>T900003", "T900003,C00099999,phone,call,wealth,closed,2026-11-04 10:10:00,answered", "orphan")
    duplicate(t, 8)
    r = files["crm_relations"]
    bad(r, "C00000020", "C00000020,C00000021,friend,2024-01-01", "unknown_code")
    bad(r, "C00000030", "C00000030,C00000031,spouse", "too_few_fields")


def core(number, name, **changes):
    fields = dict(no=number, name=name, type="01", document="", birth="19870312", sex="2", mobile="",
                  address="北京市海淀区学院路5号",
                  opened="20200202", status="0", updated="20261010")
    fields.update(changes)
    return "|".join(fields.values())


def plant_core(files, world):
    c = files["core_customers"]
    bad(c, "6200002104", core("6200002104", "于洋", birth="19900231"), "invalid_date")
    bad(c, "6200002304", core("6200002304", "叶青", sex="9"), "unknown_code")
    bad(c, "6200002504", core("", "杜鹃"), "missing_key")
    bad(c, "6200002704", core("6200002704", "苏红", type="88", document="8800123"), "unknown_document_type")
    bad(c, "6200002904", "6200002904|魏东|01||19790105|1", "too_few_fields")
    # A name cut in the middle of its last character: its first byte takes the separator with it (D6 7C is a character).
    cut = core("6200003104", "@").encode("gb18030").replace(b"@", "贾".encode("gb18030") + "中".encode("gb18030")[:1])
    bad(c, "6200003104", cut, "truncated_character")
    bad(c, "6200003304", core("6200003304", "丁香", address="北京市海淀区|学院路5号"), "too_many_fields")
    duplicate(c, 120)
    a = files["core_accounts"]
    fillers = [p for p in world.people if p.label.startswith("filler") and p.core and not p.crm]
    bad(a, "6229999999001", "6229999999001|6299999999|D001|CNY|730.15|20210506|99991231|0", "orphan")
    for person, product, matures, status, kind in [
            (fillers[0], "D002", "20261131", "0", "invalid_date"),
            (fillers[1], "D002", "20270301", "7", "unknown_code"),
            (fillers[2], "X900", "", "0", "unknown_product")]:
        number = "622%s090" % person.core["no"][-7:]
        bad(a, number, "|".join([number, person.core["no"], product, "CNY", "1500.00", "20250506", matures, status]),
            kind)
    duplicate(a, 77)
    t = files["core_transactions"]
    account = fillers[3].accounts[-1]["no"]
    for i, (at, kind, amount, what) in enumerate([
            ("20261011101112", "01", "120.505", "amount_three_decimals"),
            ("20261012101112", "02", "1,234.50", "amount_not_number"),
            ("20261013101112", "08", "壹佰元", "amount_not_number"), ("20261014101112", "99", "88.00", "unknown_code"),
            ("20261032101112", "01", "66.60", "invalid_timestamp")]):
        number = at[:8] + "9000%d" % i
        bad(t, number, "|".join([number, account, fillers[3].core["no"], at, kind, amount, "CNY", ""]), what)
    duplicate(t, 30)


def plant_mobile(files):
    u = files["mobile_users"]
    bad(u, "U0001054", "U0001054,许晴,,13500099054,2023-13-01,2026-11-01,Y", "invalid_date")
    bad(u, "U0001154", ",方圆,,13500099154,2023-01-01,2026-11-01,Y", "missing_key")
    bad(u, "U0001204", "U0001204,白雪,,13500099204", "too_few_fields")
    bad(u, "U0001254", "U0001254,石磊,,13500099254,2023-01-01,2026-11-01,Y,N", "too_many_fields")
    bad(u, "U0001304", 'U0001304,"熊壮"x,,13500099304,2023-01-01,2026-11-01,Y', "stray_quote")
    bad(u, "U0001354", "U0001354,秦@,,13500099354,2023-01-01,2026-11-01,Y".encode().replace(b"@", "岚".encode()[:2]),
        "invalid_utf8")
    duplicate(u, 40)
    bad(u, "U9000001", 'U9000001,"江河,,13500099901,2023-01-01,2026-11-01,Y', "unclosed_quote")
    e = files["mobile_events"]
    bad(e, "E00010a>E90001", '<event id="E90001" user="U0000001" type="swipe" at="2026-11-10T10:00:00"/>',
        "unknown_code")
    bad(e, "E00020a>E90002", '<event id="E90002" type="view" topic="wealth" at="2026-11-10T10:01:00"/>', "missing_key")
    bad(e, "E00030a>E90003", '<event id="E90003" user="U0000005" type="view" at="2026-11-31T10:02:00"/>',
        "invalid_timestamp")
    bad(e, "E00040a>E90004", '<event id="E90004" user="U9999999" type="view" topic="wealth" at="2026-11-10T10:03:00"/>',
        "orphan")
    duplicate(e, 12)


def visit(number, name="郝思嘉", document="", at="2026-11-10T10:30:00", purpose="service", extra=""):
    return ('<visit id="%s" at="%s"><visitor>%s%s%s</visitor><purpose>%s</purpose><note></note></visit>'
            % (number, at, "<name>%s</name>" % name if name else "", document, extra, purpose))


def plant_branch(files):
    v = files["branch_visits"]
    bad(v, "B001|V9000001", visit("V9000001", at="2026-11-18T26:00:00"), "invalid_timestamp")
    bad(v, "B002|V9000002", visit("V9000002", name="", extra="<mobile>13500099902</mobile>"), "missing_name")
    bad(v, "B003|V9000003", visit("V9000003", purpose="coffee"), "unknown_code")
    bad(v, "B004|V9000004", visit("V9000004", document='<document type="77" no="ZZ12345"/>'), "unknown_document_type")
    bad(v, "B006|V9000005", visit("V9000005", extra="<birth>1991-06-31</birth>"), "invalid_date")


def plant_second_night(files, world):
    """Most sources repaired their rows; a few did not."""
    bad(files["crm_customers"], "C00001101", crm("C00001101", "董洁", risk="C9"), "unknown_code")
    bad(files["crm_customers"], "C00001738", crm("C00001738", "@").encode().replace(b"@", "余芳".encode("gb18030")),
        "invalid_utf8")
    bad(files["crm_consents"], "C00099998", "C00099998,sms,marketing,refused,2026-01-08", "orphan")
    bad(files["core_customers"], "6200002504", core("", "杜鹃"), "missing_key")
    bad(files["core_accounts"], "6229999999001", "6229999999001|6299999999|D001|CNY|730.15|20210506|99991231|0",
        "orphan")
    person = [p for p in world.people if p.label.startswith("filler") and p.core and not p.crm][3]
    number = "2026112190001"
    bad(files["core_transactions"], number, "|".join([
        number, person.accounts[-1]["no"], person.core["no"], "20261121111213", "02", "300.001", "CNY", ""]),
        "amount_three_decimals")
    bad(files["mobile_users"], "U0001304", 'U0001304,"熊壮"x,,13500099304,2023-01-01,2026-11-01,Y', "stray_quote")
    bad(files["mobile_events"], "E00020a>E90002", '<event id="E90002" type="view" topic="wealth" at="2026-11-10T10:01:00"/>', "missing_key")
    bad(files["branch_visits"], "B003|V9000003", visit("V9000003", purpose="coffee"), "unknown_code")
