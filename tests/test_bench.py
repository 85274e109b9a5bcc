"""The benchmark contracts: what predict.py reads and writes, how quality.py judges."""

import contextlib
import gzip
import io
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bench import demo_links, quality
from bench import predict as predictor

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "demo" / "vostochny-summit"
SENTENCES = [
    "Kim told Putin that Russia had risen to a sacred fight.",
    "He met Putin in Vladivostok in April 2019.",
]
ITEMS = {
    "align": [
        {"id": "a", "s": ["Kim", "met", "Putin"], "t": ["Putin", "was", "met"], "sure": [[0, 0]]},
        {"id": "b", "s": [], "t": ["Kim"]},
        {"id": "broken", "s": 7},
    ],
    "passages": [
        {
            "id": "a",
            "docs": [
                {"id": "x", "sents": SENTENCES},
                {"id": "y", "sents": ["", *SENTENCES]},
            ],
        },
        {
            "id": "sides",
            "docs": [
                {"sents": SENTENCES, "side": "source"},
                {"sents": SENTENCES, "side": "source"},
                {"sents": SENTENCES[:1], "side": "summary"},
            ],
        },
        {"id": "broken"},
    ],
    "cluster": [
        {"id": "a", "text": "\n".join(SENTENCES), "title": "Kim meets Putin", "date": "2023-09-13"},
        {"id": "b", "text": "\n".join(SENTENCES), "cluster": 3},
        {"id": "c", "text": ""},
        {"id": "d", "text": 7},
    ],
    "actors": [
        {"id": "a", "group": "g", "doc": "1", "text": "North Korean leader Kim Jong Un"},
        {"id": "b", "group": "g", "doc": "2", "text": "Kim Jong Un"},
        {"id": "c", "group": "g", "doc": "2", "text": "the"},
        {"id": "d"},
    ],
    "similarity": [
        {"id": "a", "s": "Kim meets Putin", "t": "Putin meets Kim", "score": 4},
        {"id": "b", "s": "", "t": "Kim"},
        {"id": "d", "s": None},
        {"id": "c", "s": "Kim meets Putin", "t": "Rain in Oslo"},
    ],
    "quotes": [
        {"id": "a", "text": "“That was another lie,” Lavrov said."},
        {"id": "b", "text": ""},
        {"id": "broken"},
    ],
    "segmentation": [
        {"id": "a", "lang": "en", "text": " ".join(SENTENCES)},
        {"id": "b", "lang": "xx", "text": "Es regnet. Sehr."},
        {"id": "c", "text": ""},
    ],
    "extraction": [
        {"id": "a", "url": "https://wire.example/a", "html": "a.html.gz"},
        {"id": "gone", "html": "gone.html.gz"},
    ],
}
PAGE = "<html><head><title>Kim</title></head><body><article><p>{}</p></article></body></html>"


def predict(task: str, path: Path) -> list[dict]:
    """Run the command in this process; a first test runs it as a reader would."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with contextlib.redirect_stdout(out):
        assert predictor.main([task, str(path)]) == 0
    out.flush()
    return lines_of(out.buffer.getvalue())


def lines_of(output: bytes) -> list[dict]:
    return [json.loads(line) for line in output.decode("utf-8").split("\n") if line]


def written(folder: Path, items: list) -> Path:
    path = folder / "input.jsonl"
    lines = [json.dumps(item, ensure_ascii=False) for item in items]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> dict[str, dict[str, dict]]:
    """The predictions for every task, by id."""
    found = {}
    for task, items in ITEMS.items():
        folder = tmp_path_factory.mktemp(task)
        page = PAGE.format(" ".join(SENTENCES * 3))
        (folder / "a.html.gz").write_bytes(gzip.compress(page.encode()))
        lines = predict(task, written(folder, items))
        assert sorted(line["id"] for line in lines) == sorted(item["id"] for item in items)
        found[task] = {line["id"]: line for line in lines}
    return found


def test_predict_is_a_command_that_writes_predictions_alone(tmp_path):
    command = [sys.executable, ROOT / "bench" / "predict.py", "segmentation"]

    done = subprocess.run(
        [*command, written(tmp_path, ITEMS["segmentation"])],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )

    assert [line["id"] for line in lines_of(done.stdout)] == ["a", "b", "c"]


def test_predict_answers_each_id_once_whatever_is_missing(answers):
    assert set(answers) == set(ITEMS)


def test_predict_aligns_words(answers):
    assert [0, 0] not in answers["align"]["a"]["pairs"]
    assert [2, 0] in answers["align"]["a"]["pairs"]
    assert answers["align"]["b"]["pairs"] == []
    assert answers["align"]["broken"]["pairs"] == []


def test_predict_links_passages_of_different_docs(answers):
    links = {tuple(link) for link in answers["passages"]["a"]["links"]}

    assert (0, 0, 1, 1) in links
    assert all(a != b for a, _, b, _ in links)
    assert {(a, c) for a, _, c, _ in answers["passages"]["sides"]["links"]} <= {(0, 2), (1, 2)}


def test_predict_labels_texts_and_names(answers):
    assert all(isinstance(a["cluster"], str | int) for a in answers["cluster"].values())
    assert answers["actors"]["a"]["cluster"] == answers["actors"]["b"]["cluster"]
    assert answers["actors"]["a"]["cluster"] != answers["actors"]["c"]["cluster"]


def test_predict_scores_likeness(answers):
    assert answers["similarity"]["a"]["score"] > answers["similarity"]["c"]["score"]


def test_predict_finds_quotations_and_sentences(answers):
    (quotation,) = answers["quotes"]["a"]["quotes"]
    ((start, end),) = quotation["content"]

    assert "another lie" in ITEMS["quotes"][0]["text"][start:end]
    assert quotation["source_text"] == "Lavrov"
    assert answers["segmentation"]["a"]["sents"] == SENTENCES


def test_predict_extracts_pages(answers):
    assert SENTENCES[0] in answers["extraction"]["a"]["text"]
    assert answers["extraction"]["a"]["title"] == "Kim"
    assert answers["extraction"]["gone"] == {
        "id": "gone",
        "text": "",
        "title": "",
        "author": "",
        "date": "",
    }


def test_predict_gold_depends_on_no_name_and_no_order(tmp_path):
    texts = [path.read_bytes().decode("utf-8") for path in sorted(DEMO.glob("*.txt"))]
    once = [{"id": f"t{n}", "text": text} for n, text in enumerate(texts)]
    again = [{"id": f"{9 - n}.txt", "text": text} for n, text in reversed(list(enumerate(texts)))]

    (first,) = predict("gold", written(tmp_path, once))
    (second,) = predict("gold", written(tmp_path, again))

    names = {f"{9 - n}.txt": f"t{n}" for n in range(len(texts))}
    assert _renamed(second, names) == _renamed(first, {})
    assert set(first) == {"articles", "aligned", "events", "event_passages"}
    assert sorted(name for group in first["events"] for name in group) == ["t0", "t1", "t2", "t3"]


def _renamed(found: dict, names: dict[str, str]) -> dict:
    def places(groups):
        return sorted(
            sorted((names.get(p["file"], p["file"]), p["start"], p["end"]) for p in group)
            for group in groups
        )

    return {
        "articles": {names.get(name, name): part for name, part in found["articles"].items()},
        "aligned": places(found["aligned"]),
        "events": sorted(sorted(names.get(n, n) for n in group) for group in found["events"]),
        "event_passages": places(found["event_passages"]),
    }


def test_predict_leaves_out_faulty_lines_and_repeated_ids(tmp_path):
    path = tmp_path / "input.jsonl"
    item = json.dumps({"id": "a", "text": "Kim met Putin.\u2028Rain fell.", "lang": "en"})
    path.write_text(f"\ufeff{item}\nnot json\n{item}\n[1]\n", encoding="utf-8")

    assert [line["id"] for line in predict("segmentation", path)] == ["a"]


def test_quality_judges_by_the_floor():
    spec = {"name": "x", "seen": "", "figures": {"f1": 0.5, "recall": None, "gone": 0.1}}
    measured = quality.Measured(spec, {"f1": 0.49, "recall": 0.2})

    assert [row[3] for row in measured.rows()] == ["BELOW", "", "MISSING"]
    assert quality.Measured(spec, {"f1": 0.5}).verdict("f1") == "ok"
    assert quality.Measured(spec, None, note="SKIPPED").verdict("f1") == "SKIPPED"


def test_quality_has_the_floors_that_were_agreed():
    specs = json.loads(quality.FLOORS.read_text(encoding="utf-8"))["sets"]
    floors = {
        (spec["name"], figure): floor
        for spec in specs
        for figure, floor in spec["figures"].items()
        if floor is not None
    }

    agreed = {
        ("gold", "body_f1"): 0.97,
        ("gold", "sentence_f1"): 0.97,
        ("gold", "quote_f1"): 0.98,
        ("gold", "speaker_accuracy"): 0.95,
        ("gold", "verb_accuracy"): 0.92,
        ("gold", "links_lenient_f1"): 0.57,
        ("passages_superpal", "link_f1"): 0.642,
        ("quotes_riqua", "overlap_f1"): 0.936,
        ("align_edinburgh, unseen folds", "all.sure_f1"): 0.87,
        ("align_edinburgh, unseen folds", "all.exact"): 0.18,
        ("align_edinburgh, unseen folds", "all.unlike_f1"): 0.52,
        ("passages_ecb, unseen folds", "happening.link_f1"): 0.83,
        ("passages_ecb, unseen folds", "happening.calibrated"): 0.95,
        ("similarity_headlines, unseen folds", "plain.pearson"): 0.81,
    }
    assert not {key for key, floor in agreed.items() if floors.get(key, 0) < floor}


@pytest.mark.parametrize("event", demo_links.events())
def test_demo_gold_names_words_that_stand_in_the_texts(event):
    gold = tomllib.loads((demo_links.HERE / "gold" / f"{event}.toml").read_text(encoding="utf-8"))
    texts = demo_links.texts_of(event)

    links = demo_links.links_of(gold["row"], texts)

    assert len(links) > 50
    assert len(gold["row"]) > 10


def test_demo_links_score_counts_right_missed_and_optional_links():
    texts = demo_links.texts_of("march-2024-veto")

    def place(name: str, words: str) -> dict:
        start = texts[name].index(words)
        return {"file": name, "start": start, "end": start + len(words)}

    right = [
        place("meridian-wire", "The mandate of the panel"),
        place("central-bulletin-agency", "The powers of the panel"),
    ]
    wrong = [right[0], place("daily-lantern", "And no wonder.")]
    optional = [
        place("meridian-wire", "Russia vetoes renewal"),
        place("daily-lantern", "Putin pulls the plug"),
    ]

    found = demo_links.score({"march-2024-veto": {"aligned": [right, wrong, optional]}})

    assert found["links_precision"] == 0.5
    assert found["predicted_links"] == 2
    assert found["links_recall"] == pytest.approx(1 / found["gold_links"])
