"""An embedder for tests: a small dictionary of three languages. Deterministic."""

import numpy as np

WORDS = """
bridge brücke мост
harbour hafen порт
closed shut gesperrt закрыт
twelve zwölf двенадцать
ferry boat fähre паром
carry take bringt везёт
hour stunde час
mayor bürgermeister мэр
choice wahl выбор
shop laden магазин
fear fürchtet боится
rain regen дождь
"""
CONCEPTS = {word: n for n, line in enumerate(WORDS.split("\n")) for word in line.split()}


class Glossary:
    """Each concept is a direction; `asked` keeps the texts that were embedded, in order."""

    name = "glossary 1"

    def __init__(self):
        self.asked = []

    def embed(self, texts):
        self.asked += texts
        rows = np.full((len(texts), len(WORDS.split("\n"))), 0.01, np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().replace(".", "").split():
                if word in CONCEPTS:
                    row[CONCEPTS[word]] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


ENGLISH = """The bridge in the harbour is closed.

The bridge in the harbour is closed for twelve days.
A ferry will carry people every hour. The mayor said that there was no choice.
Every shop on the quay must fear for its trade.
"""
GERMAN = """Die Brücke im Hafen ist gesperrt.

Die Brücke im Hafen ist für zwölf Tage gesperrt.
Eine Fähre bringt jede Stunde die Leute hinüber. Der Bürgermeister hatte keine Wahl.
Am Abend kam der Regen.
"""
