"""A peer to measure guiyi against: the same night in Python and DuckDB, by exact matching only.

    python Benchmarks/peer_duckdb.py EXTRACTS_FOLDER 2026-11-20 OUT_FOLDER [THREADS]

Reads the extracts of `guiyi generate`, joins records that share an identity document or a mobile and name, makes one profile per
customer, adds up AUM, tags, and writes the three lists of the worked example. It has no quarantine, no pinyin, no provenance and no
decisions: it is what a careful engineer would write in a day. Prints CPU seconds and peak memory per step.
"""

import os
import re
import resource
import sys
import time

import duckdb

extracts, date, out = sys.argv[1:4]
threads = int(sys.argv[4]) if len(sys.argv) > 4 else 2
stamp = date.replace("-", "")
folder = f"{extracts}/{stamp}"
os.makedirs(out, exist_ok=True)
db = duckdb.connect(f"{out}/peer.duckdb")
db.execute(f"SET threads={threads}")
db.execute("SET preserve_insertion_order=false")

marks = []


def mark(step):
    usage = resource.getrusage(resource.RUSAGE_SELF)
    marks.append((step, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, time.time()))


def transcode(name):
    """DuckDB reads no GB18030: write the file anew as UTF-8, without the trailer."""
    target = f"{out}/{name}"
    with open(f"{folder}/{name}", encoding="gb18030", errors="replace", newline="\n") as source, open(target, "w") as sink:
        for line in source:
            if not line.startswith("TRAILER|"):
                sink.write(line)
    return target


def elements(name, pattern, columns):
    """The XML files are regular enough for one expression an element; a real parser takes three times as long."""
    target = f"{out}/{name}.csv"
    compiled = re.compile(pattern, re.S)
    with open(f"{folder}/{name}", encoding="utf-8") as source, open(target, "w") as sink:
        sink.write(",".join(columns) + "\n")
        for match in compiled.finditer(source.read()):
            sink.write(",".join(value or "" for value in match.groups()) + "\n")
    return target


mark("start")
options = "header=true, all_varchar=true, quote='\"', ignore_errors=true"
core = "header=false, all_varchar=true, delim='|', quote='', ignore_errors=true, null_padding=true"
for table, columns in {
    "core_customers": "cust_no,name,cert_type,cert_no,birth_date,sex,mobile,address,open_date,status,updated_on",
    "core_accounts": "account_no,cust_no,product_code,currency,balance,opened_on,matures_on,status",
    "core_transactions": "txn_no,account_no,cust_no,happened_at,kind,amount,currency,product_code",
}.items():
    names = "[" + ",".join(f"'{name}'" for name in columns.split(",")) + "]"
    path = transcode(f"{table}_{stamp}.txt")
    db.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM read_csv('{path}', names={names}, {core})")
for table in ["crm_customers", "crm_consents", "crm_assignments", "crm_contacts", "mobile_users"]:
    db.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM read_csv('{folder}/{table}_{stamp}.csv', {options})")
events = elements(
    f"mobile_events_{stamp}.xml", r'<event id="([^"]*)" user="([^"]*)" type="([^"]*)"[^>]* at="([^"]*)"', ["id", "user", "type", "at"])
visits = elements(
    f"branch_visits_{stamp}.xml",
    r'<visit id="([^"]*)" at="([^"]*)">\s*<visitor>\s*<name>([^<]*)</name>(?:\s*<document type="[^"]*" no="([^"]*)"/>)?'
    r"(?:\s*<mobile>([^<]*)</mobile>)?(?:\s*<birth>([^<]*)</birth>)?\s*</visitor>\s*<purpose>([^<]*)</purpose>",
    ["id", "at", "name", "document", "mobile", "birth", "purpose"])
db.execute(f"CREATE OR REPLACE TABLE events AS SELECT * FROM read_csv('{events}', {options})")
db.execute(f"CREATE OR REPLACE TABLE visits AS SELECT * FROM read_csv('{visits}', {options})")
mark("ingest")

db.execute(
    r"""
    CREATE OR REPLACE TABLE party AS
    SELECT row_number() OVER (ORDER BY source, key) AS id, *,
           right(regexp_replace(mobile, '[^0-9]', '', 'g'), 11) AS phone
    FROM (
      SELECT 'core' AS source, cust_no AS key, name, cert_no AS document, mobile, birth_date AS birth, '' AS wecom FROM core_customers
      UNION ALL SELECT 'crm', customer_no, name, document_no, mobile, replace(birth_date, '-', ''), wecom_userid FROM crm_customers
      UNION ALL SELECT 'mobile', user_id, real_name, cert_no, phone, NULL, NULL FROM mobile_users
      UNION ALL SELECT 'visit', id, name, document, mobile, replace(birth, '-', ''), NULL FROM visits)
    """)
db.execute(
    """
    CREATE OR REPLACE TABLE edge AS
    SELECT id AS a, min(id) OVER (PARTITION BY document) AS b FROM party WHERE length(document) IN (15, 18) AND document NOT LIKE '%*%'
    UNION ALL SELECT id, min(id) OVER (PARTITION BY phone, name) FROM party WHERE length(phone) = 11
    """)
db.execute("CREATE OR REPLACE TABLE label AS SELECT id, id AS customer FROM party")
while True:
    db.execute(
        """
        CREATE OR REPLACE TABLE next AS
        WITH low AS (SELECT e.b, min(l.customer) AS customer FROM edge e JOIN label l ON l.id = e.a GROUP BY 1),
             back AS (SELECT e.a AS id, min(low.customer) AS customer FROM edge e JOIN low USING (b) GROUP BY 1)
        SELECT l.id, least(l.customer, coalesce(low.customer, l.customer), coalesce(back.customer, l.customer)) AS customer
        FROM label l LEFT JOIN low ON low.b = l.id LEFT JOIN back ON back.id = l.id
        """)
    changed = db.execute("SELECT count(*) FROM next n JOIN label l USING (id) WHERE n.customer <> l.customer").fetchone()[0]
    db.execute("DROP TABLE label")
    db.execute("ALTER TABLE next RENAME TO label")
    if changed == 0:
        break
db.execute("CREATE OR REPLACE TABLE member AS SELECT p.source, p.key, l.customer FROM party p JOIN label l USING (id)")
mark("resolve")

db.execute(
    """
    CREATE OR REPLACE TABLE profile AS
    SELECT l.customer, arg_min(name, source) AS name, arg_min(document, source) AS document, arg_min(phone, source) AS phone,
           arg_min(birth, source) AS birth, max(wecom) AS wecom, bool_or(source = 'core') AS known, count(*) AS records
    FROM party p JOIN label l USING (id) GROUP BY 1
    """)
db.execute(
    """
    CREATE OR REPLACE TABLE wealth AS
    SELECT m.customer,
           sum(CASE WHEN product_code NOT LIKE 'L%' AND product_code NOT LIKE 'C%' THEN
               try_cast(balance AS DECIMAL(18, 2)) * CASE currency WHEN 'USD' THEN 7.1 WHEN 'HKD' THEN 0.91 ELSE 1 END END) AS aum,
           count(*) FILTER (product_code LIKE 'W%' AND try_strptime(matures_on, '%Y%m%d')::DATE = ?::DATE + 15) AS maturing,
           count(*) FILTER (product_code = 'W001') AS w001
    FROM core_accounts a JOIN member m ON m.source = 'core' AND m.key = a.cust_no WHERE status = '0' GROUP BY 1
    """, [date])
db.execute(
    """
    CREATE OR REPLACE TABLE manager AS
    SELECT m.customer, max(manager_id) AS manager FROM crm_assignments a
    JOIN member m ON m.source = 'crm' AND m.key = a.customer_no WHERE manager_status = 'active' GROUP BY 1
    """)
db.execute(
    """
    CREATE OR REPLACE TABLE consent AS
    SELECT m.customer, max_by(decision, decided_on) AS sms FROM crm_consents c
    JOIN member m ON m.source = 'crm' AND m.key = c.customer_no WHERE channel IN ('sms', 'all') AND purpose = 'marketing' GROUP BY 1
    """)
mark("merge")

db.execute(
    """
    CREATE OR REPLACE TABLE activity AS
    SELECT customer, count(*) FILTER (kind = '03') AS wealth_bought, count(*) FILTER (kind = '05') AS card, count(*) FILTER (kind = '06') AS salary
    FROM core_transactions t JOIN member m ON m.source = 'core' AND m.key = t.cust_no GROUP BY 1
    """)
db.execute(
    """
    CREATE OR REPLACE TABLE contact AS
    SELECT customer, count(*) FILTER (kind = 'complaint' AND status = 'open') AS complaints FROM crm_contacts c
    JOIN member m ON m.source = 'crm' AND m.key = c.customer_no GROUP BY 1
    """)
db.execute(
    """
    CREATE OR REPLACE TABLE tags AS
    SELECT p.*, CASE WHEN known THEN coalesce(aum, 0) END AS aum, manager, maturing, w001, sms, complaints,
           wealth_bought > 0 AS bought_wealth, card >= 20 AS card_heavy, salary >= 2 AS payroll,
           CASE WHEN NOT known THEN 'held' WHEN coalesce(aum, 0) >= 50000 AND manager IS NOT NULL THEN 'assisted' ELSE 'direct' END AS mode
    FROM profile p LEFT JOIN wealth USING (customer) LEFT JOIN manager USING (customer) LEFT JOIN consent USING (customer)
    LEFT JOIN activity USING (customer) LEFT JOIN contact USING (customer)
    """)
mark("tag")

day = date[5:].replace("-", "")
for name, condition in {
    "wealth_maturing.todo": "mode = 'assisted' AND maturing > 0",
    "standard_wealth_sms.sms": "mode = 'direct' AND coalesce(w001, 0) = 0 AND sms = 'granted' AND coalesce(complaints, 0) = 0 AND length(phone) = 11",
    "birthday_care.sms": f"substr(birth, 5, 4) = '{day}'",
}.items():
    db.execute(f"COPY (SELECT customer, name, phone, manager FROM tags WHERE {condition} ORDER BY 1) TO '{out}/{name}.csv' (HEADER)")
mark("broadcast")

print("step        CPU s   peak MiB   wall s")
for (_, cpu0, _, wall0), (step, cpu, peak, wall) in zip(marks, marks[1:]):
    print(f"{step:<10}{cpu - cpu0:>7.2f}{peak:>11.0f}{wall - wall0:>9.2f}")
print(f"{'in all':<10}{marks[-1][1]:>7.2f}{marks[-1][2]:>11.0f}{marks[-1][3] - marks[0][3]:>9.2f}")
