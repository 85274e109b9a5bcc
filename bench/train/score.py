"""Score links of words as the project's benchmark does: micro, over all pairs."""

import numpy as np

from bench.train.pairs import Pair

Links = set[tuple[int, int]]


def links_of(grid: np.ndarray, threshold: float) -> Links:
    return {(int(i), int(j)) for i, j in zip(*np.nonzero(grid > threshold), strict=True)}


def f1(hits: int, predicted: int, gold: int) -> float:
    return float(2 * hits / max(1, predicted + gold))


def score(results: list[tuple[Pair, Links]]) -> dict[str, float]:
    """Micro F1 on sure links, share of pairs wholly right, F1 on links between unlike words; and
    `wrong_but_possible`, the share of the wrong links that annotators call possible.
    """
    whole, unlike = np.zeros(3, int), np.zeros(3, int)
    exact = possible = 0
    for pair, links in results:
        whole += len(links & pair.sure), len(links), len(pair.sure)
        a, b = (
            {(i, j) for i, j in some if pair.s[i].lower() != pair.t[j].lower()}
            for some in (links, pair.sure)
        )
        unlike += len(a & b), len(a), len(b)
        exact += int(links == pair.sure)
        possible += len(links & pair.possible - pair.sure)
    return {
        "sure_f1": round(f1(*whole), 4),
        "exact": round(exact / max(1, len(results)), 4),
        "unlike_f1": round(f1(*unlike), 4),
        "precision": round(float(whole[0] / max(1, whole[1])), 4),
        "recall": round(float(whole[0] / max(1, whole[2])), 4),
        "wrong_but_possible": round(float(possible / max(1, whole[1] - whole[0])), 4),
    }


def best_threshold(results: list[tuple[Pair, np.ndarray]]) -> float:
    tried = [round(float(t), 2) for t in np.arange(0.3, 0.81, 0.05)]
    return max(tried, key=lambda t: score([(p, links_of(g, t)) for p, g in results])["sure_f1"])
