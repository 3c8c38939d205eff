"""The change points that Apache Otava finds in the series of a file, as JSON: reference.py series.json 0.0005"""

import json
import sys

from otava.analysis import compute_change_points

series = json.load(open(sys.argv[1]))
print(json.dumps({
    name: [int(change.index) for change in compute_change_points(one["values"], max_pvalue=float(sys.argv[2]))[0]]
    for name, one in series.items()
}))
