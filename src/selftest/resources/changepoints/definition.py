"""The change points of short series by definition, as JSON: definition.py definition.json

E-divisive as Matteson and James define it (2014): energies are double sums over exact fractions, of
equal ones the first counts. The t-test is SciPy's. Weak points, below ten times the significance,
are taken in at first; then the weakest is left out until all are significant (Hunter, arXiv
2301.03034).
"""

import json
import sys
from fractions import Fraction
from itertools import combinations, product

from scipy.stats import ttest_ind

SHORTEST = 3


def energy(one, other):
    m, n = len(one), len(other)
    across = sum(abs(a - b) for a, b in product(one, other))
    left = sum(abs(a - b) for a, b in combinations(one, 2))
    right = sum(abs(a - b) for a, b in combinations(other, 2))
    distance = (Fraction(2 * across, m * n) - Fraction(2 * left, m * (m - 1))
                - Fraction(2 * right, n * (n - 1)))
    return distance * Fraction(m * n, m + n)


def farthest(series, start, end, ends):
    best = (-1, None)
    for stop in ends:
        for at in range(start + SHORTEST, stop - SHORTEST + 1):
            here = energy(series[start:at], series[at:stop])
            if here > best[0]:
                best = (here, at)
    return best


def p_value(series, start, at, end):
    return float(ttest_ind(series[start:at], series[at:end]).pvalue)


def change_points(series, significance):
    points = []
    stretches = [(0, len(series))]

    def split(stretch):
        start, end = stretch
        return farthest(series, start, end, range(start + 2 * SHORTEST, end + 1))

    def sure(stretch, at):
        return at is not None and p_value(series, stretch[0], at, stretch[1]) <= 10 * significance

    while True:
        stretch = max(stretches, key=lambda one: split(one)[0])
        start, end = stretch
        at = split(stretch)[1]
        if not sure(stretch, at):
            at = farthest(series, start, end, [end])[1]
            if not sure(stretch, at):
                break
        stretches.remove(stretch)
        stretches += [(start, at), (at, end)]
        points = sorted(points + [at])
    while points:
        bounds = [0] + points + [len(series)]
        p = [p_value(series, *bounds[i:i + 3]) for i in range(len(points))]
        if max(p) <= significance:
            return dict(zip(points, p))
        del points[p.index(max(p))]
    return {}


series = json.load(open(sys.argv[1]))
print(json.dumps({
    name: change_points(one["values"], float(one["significance"])) for name, one in series.items()
}))
