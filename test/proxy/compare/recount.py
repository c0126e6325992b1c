"""Counts a copy of the proxy's database by itself, and holds that against what the proxy says (promise I7).

    python3 recount.py DATABASE EVIDENCE.json [STATUS.json]

prints a JSON list of the figures that differ: name, what was counted, what was said. Uses nothing of the proxy: plain rows,
and the binomial distribution summed with exact fractions.
"""

import json
import sqlite3
import sys
from fractions import Fraction
from math import comb

OPEN = ("mismatch", "both-failed")
AGREE = ("match", "match-late", "expected")
# Those that were asked for again, and those that a person has settled, are dead letters no more.
DEAD_LETTERS = """SELECT COUNT(*) FROM job WHERE state = 'dead' AND kind LIKE 'deliver%' AND settled_at IS NULL AND id = (
    SELECT MAX(id) FROM job AS last WHERE last.inbox_id = job.inbox_id AND last.kind = job.kind)"""
ASIDE = "SELECT COUNT(*) FROM inbox WHERE quarantine IS NOT NULL AND settled_at IS NULL"
# What Amazon has signed: for a topic that is configured, or another one of Amazon Pay.
KEPT_ASIDE = ASIDE + """ AND (
    (verdict = 'verified' AND quarantine NOT IN ('duplicate', 'confirmation'))
    OR (verdict = 'pending' AND quarantine = 'topic' AND (topic_arn GLOB 'arn:aws*:sns:*:291180941288:*'
      OR topic_arn GLOB 'arn:aws*:sns:*:598607868003:*' OR topic_arn GLOB 'arn:aws*:sns:*:A3BXB0YN3XH17H*'
      OR topic_arn GLOB 'arn:aws*:sns:*:A1G8446IYHA4MR*' OR topic_arn GLOB 'arn:aws*:sns:*:A35A4JO734ER04*')))"""
VERDICTS = ("match", "match-late", "expected", "mismatch", "incomparable", "both-failed")


def both_sides(row):
    return row["legacy"] is not None and row["migrated"] is not None


def type_of(row):
    return row["kind"] + ":" + (row["notification_type"] if row["kind"] == "v1" else row["object_type"])


def is_genuine(row):
    return (
        row["verdict"] == "verified"
        and row["quarantine"] is None
        and row["is_sample"] == 0
        and row["kind"] in ("v1", "v2")
        and row["topic_arn"] != "sweep"
    )


def covers(row, of_v2):
    """The legacy handler gets no order that v2 made: there the migrated one agrees with Amazon."""
    alone = row["migrated"] is not None and row["amazon"] is not None and row["order_key"] in of_v2
    return row["verdict"] in AGREE and (both_sides(row) or alone)


def resolver(orders_of):
    """Messages are kept under the number of their payment, comparisons under the agreement that it was made on."""
    by_number = {object_id[:19]: order for object_id, order in sorted(orders_of.items(), reverse=True) if len(object_id) > 19}
    return lambda row: orders_of.get(row["object_id"]) or by_number.get(row["order_key"], row["order_key"])


def last_agreements(comparisons, of_v2):
    """When each order agreed for the last time."""
    last = {}
    for row in comparisons:
        if covers(row, of_v2):
            last[row["order_key"]] = max(row["closed_at"], last.get(row["order_key"], 0))
    return last


def count_types(messages, agreed, order_of):
    """Messages of each type, and the orders that agreed after one of it."""
    by_type, agreeing_by_type = {}, {}
    for row in filter(is_genuine, messages):
        kind = type_of(row)
        by_type[kind] = by_type.get(kind, 0) + 1
        agreeing = agreeing_by_type.setdefault(kind, set())
        if agreed.get(order_of(row), -1) >= row["received_at"]:
            agreeing.add(order_of(row))
    return by_type, {name: len(orders) for name, orders in agreeing_by_type.items()}


def count_orders(comparisons, of_v2):
    compared, differing, incomparable = set(), set(), set()
    # One of v2 has no second handler that could tell: there Amazon's word is the comparison.
    told = {row["order_key"] for row in comparisons if covers(row, of_v2)}
    for row in comparisons:
        if row["verdict"] == "incomparable":
            incomparable.add(row["order_key"])
        elif both_sides(row):
            compared.add(row["order_key"])
        # Also one that only the migrated handler has.
        if row["migrated"] is not None and row["verdict"] in OPEN:
            compared.add(row["order_key"])
            differing.add(row["order_key"])
    return {
        "compared": len(compared),
        "agreeing": len(compared - differing),
        "differing": len(differing),
        "incomparable": len(incomparable - compared - told),
    }


def count_transitions(versions, agreed, orders_of):
    transitions, previous = {}, {}
    for row in versions:
        canonical = json.loads(row["canonical"])
        before = previous.get(row["object_id"], "new")
        state = canonical["amazonState"] or "unknown"
        previous[row["object_id"]] = state
        seen = transitions.setdefault(f'{canonical["objectType"]} {before} > {state}', [0, 0])
        seen[0] += 1
        seen[1] += agreed.get(orders_of[row["object_id"]], -1) >= row["fetched_at"]
    return transitions


def count_groups(comparisons):
    """Differences, and what could not be told, by their kind."""
    groups = {}
    for row in comparisons:
        if row["signature"] is not None:
            group = groups.setdefault(f'{row["verdict"]}: {row["signature"]}', [0, set()])
            group[0] += 1
            group[1].add(row["order_key"])
    return {name: [comparisons, len(orders)] for name, (comparisons, orders) in groups.items()}


def at_least(hits, tries, confidence):
    """The largest share of which so many hits, or more, would be too much of a coincidence."""
    if hits == 0:
        return 0.0
    low, high = Fraction(0), Fraction(1)
    for _ in range(40):
        middle = (low + high) / 2
        tail = sum(comb(tries, n) * middle**n * (1 - middle) ** (tries - n) for n in range(hits, tries + 1))
        low, high = (middle, high) if tail < 1 - confidence else (low, middle)
    return float(low)


def count_evidence(database, confidence):
    messages = database.execute(
        "SELECT kind, verdict, quarantine, is_sample, topic_arn, order_key, object_id, received_at, notification_type, object_type FROM inbox"
    ).fetchall()
    comparisons = database.execute("SELECT * FROM comparison ORDER BY id").fetchall()
    versions = database.execute("SELECT * FROM amazon_object_version ORDER BY object_id, version").fetchall()
    orders_of = dict(database.execute("SELECT object_id, order_key FROM amazon_object").fetchall())
    order_of = resolver(orders_of)
    sides = database.execute("SELECT order_key, NULL AS object_id FROM order_side WHERE origin = 'v2'").fetchall()
    of_v2 = {key for row in sides for key in (row["order_key"], order_of(row))}
    agreed = last_agreements(comparisons, of_v2)
    by_type, agreeing = count_types(messages, agreed, order_of)
    orders = count_orders(comparisons, of_v2)
    return {
        "messages": {"total": sum(by_type.values()), "byType": by_type},
        "comparisons": {
            "total": len(comparisons),
            "bothSides": sum(map(both_sides, comparisons)),
            "byVerdict": {name: sum(row["verdict"] == name for row in comparisons) for name in VERDICTS},
        },
        "orders": orders,
        "types": agreeing,
        "transitions": count_transitions(versions, agreed, orders_of),
        "groups": count_groups(comparisons),
        "openDifferences": [row["id"] for row in comparisons if row["verdict"] in OPEN and row["resolved_at"] is None],
        "deadLetters": one(database, DEAD_LETTERS),
        "keptAside": one(database, KEPT_ASIDE),
        "atLeast": round(at_least(orders["agreeing"], orders["compared"], confidence), 9),
    }


def read_evidence(evidence):
    """The same figures, as the proxy said them."""
    coverage = evidence["coverage"]
    return {
        **{name: evidence[name] for name in ("messages", "comparisons", "orders", "deadLetters", "keptAside")},
        # Of a type whose messages retention has deleted, all of them, no rows are left to count.
        "types": {row["type"]: row["agreeingOrders"] for row in coverage["types"] if row["messages"] > 0},
        "transitions": {row["transition"]: [row["seen"], row["agreeing"]] for row in coverage["transitions"]},
        "groups": {
            f'{row["verdict"]}: {row["signature"]}': [row["comparisons"], row["orders"]] for row in evidence["groups"]
        },
        "openDifferences": [row["id"] for row in evidence["openDifferences"]],
        "atLeast": round(evidence["agreement"]["atLeast"], 9),
    }


def one(database, sql):
    return database.execute(sql).fetchone()[0]


def count_status(database):
    rows = database.execute("SELECT kind, verdict, COUNT(*), SUM(seen_count) FROM inbox GROUP BY kind, verdict")
    return {
        "stored": {f"{kind} {verdict}": [count, seen] for kind, verdict, count, seen in rows},
        "quarantined": one(database, ASIDE),
        "openDeadLetters": one(database, DEAD_LETTERS),
    }


def read_status(status):
    return {
        "stored": {f'{row["kind"]} {row["verdict"]}': [row["count"], row["seen"]] for row in status["messages"]},
        "quarantined": status["quarantined"],
        "openDeadLetters": status["deadLetters"],
    }


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main(database_path, evidence_path, status_path=None):
    database = sqlite3.connect(database_path)
    database.row_factory = sqlite3.Row
    evidence = load(evidence_path)
    counted = count_evidence(database, Fraction(str(evidence["agreement"]["confidence"])))
    said = read_evidence(evidence)
    if status_path is not None:
        counted |= count_status(database)
        said |= read_status(load(status_path))
    differences = [{"figure": name, "counted": counted[name], "said": said[name]} for name in counted if counted[name] != said[name]]
    print(json.dumps(differences))


main(*sys.argv[1:])
