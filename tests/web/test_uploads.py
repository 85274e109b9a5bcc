"""Files of one upload: manifests speak for the texts beside and below them."""

from datetime import date

from app.ingest import Facts
from app.web.uploads import Upload, sort_uploads

TOML = b"""
outlet = "Gazette"

[[article]]
file = "a.txt"
published = 2024-03-01

[[article]]
file = "gone.txt"
"""


def test_manifest_speaks_for_the_files_beside_and_below():
    batch = sort_uploads(
        [
            Upload("press/manifest.toml", TOML),
            Upload("press/a.txt", b"one"),
            Upload("press/deep/b.txt", b"two"),
            Upload("c.txt", b"three"),
        ],
        Facts(),
    )
    stated = {text.name: text.facts for text in batch.texts}
    assert stated["press/a.txt"] == Facts(outlet="Gazette", published=date(2024, 3, 1))
    assert stated["press/deep/b.txt"] == Facts(outlet="Gazette")
    assert stated["c.txt"] == Facts()


def test_fault_of_a_manifest_is_told():
    batch = sort_uploads([Upload("manifest.toml", TOML), Upload("a.txt", b"one")], Facts())
    [(name, reason)] = batch.refused
    assert name == "manifest.toml"
    assert "gone.txt" in reason


def test_what_the_form_states_wins():
    uploads = [Upload("manifest.toml", TOML), Upload("a.txt", b"one")]
    [text] = sort_uploads(uploads, Facts(outlet="Post")).texts
    assert (text.facts.outlet, text.facts.published) == ("Post", date(2024, 3, 1))


def test_folder_leaves_out_what_is_no_text():
    uploads = [
        Upload("press/a.txt", b"one"),
        Upload("press/photo.jpg", b"two"),
        Upload("press/.hidden.txt", b"three"),
        Upload("photo.jpg", b"four"),
    ]
    names = [text.name for text in sort_uploads(uploads, Facts()).texts]
    assert names == ["press/a.txt", "photo.jpg"]


def test_broken_manifest_states_nothing():
    batch = sort_uploads([Upload("manifest.csv", b"\0\0"), Upload("a.txt", b"one")], Facts())
    assert [text.facts for text in batch.texts] == [Facts()]
    assert batch.refused
