"""Counts a copy of the proxy's database by itself, to be held against the evidence that the proxy exports (promise I7).
Uses nothing of the proxy: plain rows, and the binomial distribution summed with exact fractions."""

import json
import sqlite3
import sys
from fractions import Fraction
from math import comb

path, confidence = sys.argv[1], Fraction(sys.argv[2])
database = sqlite3.connect(path)
database.row_factory = sqlite3.Row
messages = database.execute("SELECT * FROM inbox").fetchall()
comparisons = database.execute("SELECT * FROM comparison").fetchall()
versions = database.execute("SELECT * FROM amazon_object_version ORDER BY object_id, version").fetchall()
orders_of = dict(database.execute("SELECT object_id, order_key FROM amazon_object").fetchall())

OPEN = ("mismatch", "both-failed")
AGREE = ("match", "match-late", "expected")
VERDICTS = ("match", "match-late", "expected", "mismatch", "incomparable", "both-failed")


def both_sides(row):
    return row["legacy"] is not None and row["migrated"] is not None


def type_of(row):
    return row["kind"] + ":" + (row["notification_type"] if row["kind"] == "v1" else row["object_type"])


genuine = [
    row
    for row in messages
    if row["verdict"] == "verified"
    and row["quarantine"] is None
    and row["is_sample"] == 0
    and row["kind"] in ("v1", "v2")
    and row["topic_arn"] != "sweep"
]

by_type, agreeing_by_type = {}, {}
for row in genuine:
    kind = type_of(row)
    by_type[kind] = by_type.get(kind, 0) + 1
    agreeing = agreeing_by_type.setdefault(kind, set())
    for one in comparisons:
        if one["order_key"] == row["order_key"] and one["closed_at"] >= row["received_at"]:
            if both_sides(one) and one["verdict"] in AGREE:
                agreeing.add(row["order_key"])

compared, differing, incomparable = set(), set(), set()
for row in comparisons:
    if row["verdict"] == "incomparable":
        incomparable.add(row["order_key"])
    elif both_sides(row):
        compared.add(row["order_key"])
        if row["verdict"] in OPEN:
            differing.add(row["order_key"])

transitions, previous = {}, {}
for row in versions:
    canonical = json.loads(row["canonical"])
    before = previous.get(row["object_id"], "new")
    previous[row["object_id"]] = canonical["amazonState"]
    name = f'{canonical["objectType"]} {before} > {canonical["amazonState"]}'
    seen = transitions.setdefault(name, [0, 0])
    seen[0] += 1
    seen[1] += any(
        one["order_key"] == orders_of[row["object_id"]]
        and one["closed_at"] >= row["fetched_at"]
        and both_sides(one)
        and one["verdict"] in AGREE
        for one in comparisons
    )


def at_least(hits, tries):
    """The largest share of which so many hits, or more, would be too much of a coincidence."""
    if hits == 0:
        return 0.0
    low, high = Fraction(0), Fraction(1)
    for _ in range(40):
        middle = (low + high) / 2
        tail = sum(comb(tries, n) * middle**n * (1 - middle) ** (tries - n) for n in range(hits, tries + 1))
        low, high = (middle, high) if tail < 1 - confidence else (low, middle)
    return float(low)


print(
    json.dumps(
        {
            "messages": {"total": len(genuine), "byType": by_type},
            "comparisons": {
                "total": len(comparisons),
                "bothSides": sum(map(both_sides, comparisons)),
                "byVerdict": {name: sum(row["verdict"] == name for row in comparisons) for name in VERDICTS},
            },
            "orders": {
                "compared": len(compared),
                "agreeing": len(compared - differing),
                "differing": len(differing),
                "incomparable": len(incomparable - compared),
            },
            "types": {name: len(orders) for name, orders in agreeing_by_type.items()},
            "transitions": transitions,
            "openDifferences": [row["id"] for row in comparisons if row["verdict"] in OPEN and row["resolved_at"] is None],
            "deadLetters": database.execute("SELECT COUNT(*) FROM job WHERE state = 'dead' AND kind LIKE 'deliver%'").fetchone()[0],
            "atLeast": at_least(len(compared - differing), len(compared)),
        }
    )
)
