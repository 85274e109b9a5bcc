"""What SQLite needs of a folder."""

from app.store.probe import find_fault


def test_local_folder_can_hold_the_database_and_is_left_as_it_was(tmp_path):
    assert find_fault(tmp_path) is None
    assert not list(tmp_path.iterdir())


def test_missing_folder_is_a_fault_and_says_so(tmp_path):
    assert "nowhere" in find_fault(tmp_path / "nowhere")
