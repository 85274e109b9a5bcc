"""Fast algorithms against slow, obvious ones that do the same."""

import math
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate import signals
from app.collate.partition import _linked
from app.collate.words import features, rows, run

words = st.text(alphabet="abcé ", max_size=9)
bags = st.lists(st.lists(st.sampled_from("pqrstu"), max_size=6), min_size=1, max_size=6)


@settings(deadline=None, max_examples=60)
@given(st.lists(words, min_size=1, max_size=5))
def test_likeness_of_characters_is_the_cosine_of_their_runs(texts):
    sizes = (2, 3, 4)
    runs = []
    for text in (f" {text} " for text in texts):
        runs.append(Counter(text[n : n + k] for k in sizes for n in range(len(text) - k + 1) if k))
    df = Counter(run for found in runs for run in found)
    weight = {g: math.log((len(texts) + 1 + signals.BACKGROUND) / (df[g] + 0.5)) for g in df}
    rows_ = [{g: (1 + math.log(n)) * weight[g] for g, n in found.items()} for found in runs]
    got = signals.characters(texts, sizes)
    for i, one in enumerate(rows_):
        for j, two in enumerate(rows_):
            length = math.hypot(*one.values(), 0) * math.hypot(*two.values(), 0)
            wanted = sum(v * two.get(g, 0) for g, v in one.items() if df[g] > 1)
            if i != j:
                assert abs(got[i, j] - wanted / (length or 1)) < 1e-4


@settings(deadline=None, max_examples=60)
@given(bags)
def test_bm25_is_summed_word_by_word_in_both_directions(found):
    table, column = signals.counts(found)
    weights = signals.idf(table)
    got = signals.bm25(table, weights)
    mean = max(1e-6, sum(map(len, found)) / len(found))

    def one_way(asked, told):
        total = 0.0
        for word in set(asked):
            tf = told.count(word)
            norm = signals._K1 * (1 - signals._B + signals._B * len(told) / mean)
            total += float(weights[column[word]]) * tf * (signals._K1 + 1) / (tf + norm or 1)
        return total

    for i, one in enumerate(found):
        for j, two in enumerate(found):
            assert abs(got[i, j] - one_way(one, two) - one_way(two, one)) < 1e-3


@settings(deadline=None, max_examples=15)
@given(
    st.lists(st.sampled_from(["The", "Kim", "said", "13", ",", "rocket"]), min_size=1, max_size=5),
    st.lists(st.sampled_from(["a", "Putin", "told", "13", ".", "missile"]), min_size=1, max_size=5),
    st.integers(0, 3),
)
def test_the_net_reads_the_grid_cell_by_cell(a, b, seed):
    net = random_net(np.random.default_rng(seed))
    got = run(features(a, b), rows(a), rows(b), net)
    assert np.abs(got - slow_run(features(a, b), rows(a), rows(b), net)).max() < 1e-3


def random_net(rng, channels=3, heads=2, width=2):
    size = rows(["a"]).shape[1]

    def some(*shape):
        return rng.normal(0, 0.3, shape).astype(np.float32)

    return {
        "w_in": some(features(["a"], ["a"]).shape[2] + heads, channels),
        "b_in": some(channels),
        "heads": some(size, heads, width),
        "kind": some(size, channels),
        "k": some(2, 3, 3 * channels, channels),
        "line": some(2, channels, channels),
        "mean": some(2, channels, channels),
        "b": some(2, channels),
        "w": some(channels, 1),
        "c": some(),
    }


def slow_run(grid, a, b, net):
    n, m = grid.shape[:2]
    channels = len(net["b_in"])
    h = {}
    for i in range(n):
        for j in range(m):
            like = [(a[i] @ head) @ (b[j] @ head) for head in net["heads"].transpose(1, 0, 2)]
            cell = np.concatenate([grid[i, j], like])
            kinds = a[i] @ net["kind"] + b[j] @ net["kind"]
            h[i, j] = np.maximum(cell @ net["w_in"] + net["b_in"] + kinds, 0)
    for layer, kernel in enumerate(net["k"]):
        after = {}
        for i, j in h:
            u = net["b"][layer].copy()
            for di in (-1, 0, 1):
                for dj in (-1, 0, 1):
                    part = kernel[di + 1][(dj + 1) * channels : (dj + 2) * channels]
                    u += h.get((i + di, j + dj), np.zeros(channels)) @ part
            for line in ([h[i, x] for x in range(m)], [h[x, j] for x in range(n)]):
                u += np.max(line, 0) @ net["line"][layer] + np.mean(line, 0) @ net["mean"][layer]
            after[i, j] = h[i, j] + np.maximum(u, 0)
        h = after
    logits = np.array([[(h[i, j] @ net["w"])[0] for j in range(m)] for i in range(n)]) + net["c"]
    return 1 / (1 + np.exp(-logits))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=21, unique=True))
def test_average_linkage_merges_the_most_alike_first(numbers):
    size = int((1 + math.isqrt(1 + 8 * len(numbers))) // 2)
    matrix = np.zeros((size, size))
    cells = [(i, j) for i in range(size) for j in range(i)]
    for (i, j), number in zip(cells, numbers, strict=False):
        matrix[i, j] = matrix[j, i] = number / 10**6
    labels = _linked(matrix, 0.4)
    groups = [[n] for n in range(size)]
    while len(groups) > 1:
        pairs = [(x, y) for k, x in enumerate(groups) for y in groups[:k]]
        x, y = max(pairs, key=lambda two: mean_between(matrix, *two))
        if mean_between(matrix, x, y) < 0.4:
            break
        groups.remove(x)
        y += x
    assert {frozenset(g) for g in groups} == {
        frozenset(np.flatnonzero(labels == label).tolist()) for label in labels
    }


def mean_between(matrix, x, y):
    return matrix[np.ix_(x, y)].mean()
