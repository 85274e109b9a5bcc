import json
import logging
import os
import signal
import socket
import subprocess
import sys

import pytest
import structlog

from app import cli, network, semantics
from app.cli import doctor
from app.settings import Settings
from app.store import articles, collations, collections, events, search
from app.store.db import open_engine, session
from app.store.locks import FileLock
from tests.factories import FIRST, REPOSITORY, SECOND


@pytest.fixture
def run(settings, monkeypatch, capsys):
    """A function: words of a command line → (exit status, standard output, standard error)."""
    monkeypatch.setenv("VARIORUM_DATA", str(settings.data))
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["variorum", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        told = capsys.readouterr()
        return end.value.code or 0, told.out, told.err

    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield call
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    structlog.reset_defaults()


@pytest.fixture
def texts(tmp_path):
    """A folder with two articles and a manifest."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST)
    (folder / "b.txt").write_text(SECOND)
    (folder / "manifest.toml").write_text(
        '[[article]]\nfile = "a.txt"\noutlet = "Morning Gazette"\npublished = 2024-03-01\n'
        '[[article]]\nfile = "b.txt"\noutlet = "Evening Post"\n'
    )
    return folder


@pytest.fixture
def store(settings):
    """A function: what is asked of the database after a command."""
    engine = open_engine(settings.database)

    def ask(question):
        with session(engine, reading=True) as db:
            return question(db)

    yield ask
    engine.dispose()


def test_import_stores_compares_and_knows_again(run, texts, store):
    status, _, told = run("import", texts)
    assert status == 0
    assert "2 stored." in told
    own = store(lambda db: collections.get_collection(db, "articles"))
    found = store(lambda db: articles.list_tellings(db, own.id))
    assert [(t.outlet.name, str(t.article.published)) for t in found] == [
        ("Morning Gazette", "2024-03-01"),
        ("Evening Post", "None"),
    ]
    assert store(lambda db: events.list_events(db, own.id))
    status, _, told = run("import", texts)
    assert (status, "2 known already." in told) == (0, True)


def test_import_refuses_by_file_and_stores_the_others(run, texts, store):
    (texts / "c.txt").write_bytes(b"%PDF-1.7")
    (texts / "d.txt").write_bytes(b"")
    status, _, told = run("import", texts, texts / "missing.txt", "--collection", "My desk")
    assert status == 1
    assert "2 stored, 3 refused." in told
    for name in ("c.txt", "d.txt", "missing.txt"):
        assert f"{name}: refused." in told
    assert store(lambda db: collections.get_collection(db, "my-desk").name) == "My desk"


def test_import_of_an_empty_folder_fails_and_makes_nothing(run, tmp_path, store):
    (tmp_path / "empty").mkdir()
    status, _, told = run("import", tmp_path / "empty")
    assert status == 1
    assert "nothing to read" in told
    assert run("status")[0] == 0
    assert store(collections.list_collections) == []


def test_import_takes_what_is_stated_on_the_command_line(run, tmp_path, store):
    path = tmp_path / "a.txt"
    path.write_text(FIRST)
    options = ["--outlet", "Post", "--published", "2024-05-06", "--language", "en"]
    assert run("import", path, *options, "--url", "https://post.example/a")[0] == 0
    (found,) = store(lambda db: articles.list_tellings(db, 1))
    assert found.outlet.name == "Post"
    assert str(found.article.published) == "2024-05-06"
    assert found.article.published_basis == "given"
    assert found.article.url == "https://post.example/a"


def test_import_into_the_demonstration_is_refused(run, texts):
    status, _, told = run("import", texts, "--collection", "demo")
    assert status == 1
    assert "demonstration" in told


@pytest.mark.parametrize("option", ["--url", "--language", "--published"])
def test_import_refuses_what_cannot_be_stated(run, texts, option):
    status, _, told = run("import", texts / "a.txt", option, "not so!")
    assert status in {1, 2}
    assert option in told


def test_a_first_load_that_was_cut_off_goes_on(run, store, settings):
    run("migrate")
    engine = open_engine(settings.database)
    with session(engine) as db:
        collections.add_collection(db, "demo", "Demonstration", demo=True)
    engine.dispose()
    assert "8 stored" in run("demo", "--first")[2]


def test_import_of_one_address_for_two_files_is_refused(run, texts):
    status, _, told = run("import", texts, "--url", "https://post.example/a")
    assert status == 1
    assert "--url belongs to one article" in told


def test_a_running_server_does_the_comparing(run, texts, settings):
    lock = FileLock(settings.data / "work.lock")
    assert lock.acquire()
    assert "running server" in run("import", texts)[2]
    lock.release()


def test_demo_comes_goes_and_stays_out(run, store):
    assert run("demo", "--first")[0] == 0
    demo = store(lambda db: collections.get_collection(db, "demo"))
    assert demo.demo
    assert store(lambda db: articles.count_articles(db, demo.id)) == 8
    assert run("demo", "--remove")[0] == 0
    assert run("demo", "--first") == (0, "", "")
    assert store(lambda db: articles.count_articles(db, demo.id)) == 0
    assert "8 stored" in run("demo")[2]
    assert store(lambda db: collections.get_collection(db, "demo").removed_at) is None


def test_the_demo_is_not_loaded_by_other_commands(run, texts, store):
    run("import", texts)
    run("status")
    assert store(lambda db: collections.find_collection(db, "demo")) is None


def test_events_and_compare_print_what_was_found(run, texts, store):
    run("import", texts)
    slug = store(lambda db: events.list_events(db, 1)[0].slug)
    assert slug in run("events")[1]
    status, told, _ = run("compare", slug)
    assert status == 0
    assert "MG" in told
    assert "Ferries" in told
    assert run("compare", "nothing")[0] == 1


def test_addresses_stay_whole_where_the_list_goes_into_a_pipe(run, texts, store, monkeypatch):
    run("import", texts)
    slug = store(lambda db: events.list_events(db, 1)[0].slug)
    monkeypatch.setenv("COLUMNS", "20")
    assert slug in run("events")[1].split()


def test_analyse_writes_one_object_and_messages_apart(run, texts):
    (texts / "c.txt").write_bytes(b"")
    status, told, messages = run("analyse", texts / "a.txt", texts / "b.txt", texts, "--json")
    assert status == 1
    found = json.loads(told)
    assert list(found["articles"]) == ["a.txt", "b.txt"]
    assert set(found) == {"articles", "aligned", "events", "event_passages"}
    assert "c.txt: refused." in messages
    assert not (texts.parent / "data" / "variorum.db").exists()


def test_status_names_collections(run, texts):
    run("import", texts)
    status, told, _ = run("status")
    assert status == 0
    assert "articles" in told


def test_config_names_every_setting_and_no_secret(run, monkeypatch, tmp_path):
    address = f"sqlite:///{tmp_path}/secret.db"
    monkeypatch.setenv("VARIORUM_DATABASE_URL", address)
    status, told, _ = run("config")
    assert status == 0
    for name in Settings.model_fields:
        assert f"VARIORUM_{name.upper()}=" in told
    assert "secret" not in told


def test_migrate_makes_the_database(run, settings):
    assert run("migrate")[0] == 0
    assert (settings.data / "variorum.db").is_file()


def test_rebuild_makes_the_index_anew_and_drops_the_comparisons(run, texts, store):
    run("import", texts)
    run("events")
    collection = store(lambda db: collections.get_collection(db, "articles")).id
    store(lambda db: search.remove_from_index(db, [1, 2]))
    assert store(lambda db: search.search(db, collection, "bridge")).total == 0
    status, _, told = run("rebuild")
    assert (status, "2 articles are in the search index" in told) == (0, True)
    assert store(lambda db: search.search(db, collection, "bridge")).total > 0
    assert store(lambda db: collations.list_collations(db, [1, 2, 3])) == []


def test_doctor_finds_nothing_wrong_on_a_sound_machine(run, monkeypatch):
    monkeypatch.setenv("VARIORUM_PORT", str(free_port()))
    status, told, _ = run("doctor")
    assert (status, "WRONG" in told) == (0, False)


def test_doctor_says_whether_meaning_is_compared(run, monkeypatch):
    assert "VARIORUM_SEMANTIC is off" in run("doctor")[1]
    monkeypatch.setenv("VARIORUM_SEMANTIC", "1")
    monkeypatch.setattr(semantics, "PACKAGE", "variorum_has_no_such_package")
    status, told, _ = run("doctor")
    assert status == 1
    assert "install the extra `semantic`" in told


def test_doctor_names_a_taken_port(run, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("VARIORUM_PORT", str(taken.getsockname()[1]))
        status, told, _ = run("doctor")
    assert status == 1
    assert "taken by another program" in told
    assert "VARIORUM_PORT" in told


def test_doctor_names_a_newer_database(run, settings):
    run("migrate")
    engine = open_engine(settings.database)
    with engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    engine.dispose()
    status, told, _ = run("doctor")
    assert status == 1
    assert "newer" in told
    assert run("status")[0] == 78


def test_doctor_names_a_setting_that_cannot_be_read(run, monkeypatch):
    monkeypatch.setenv("VARIORUM_PORT", "eighty")
    status, told, _ = run("doctor")
    assert status == 1
    assert "VARIORUM_PORT" in told


def test_a_wrong_setting_is_one_line(run, monkeypatch):
    monkeypatch.setenv("VARIORUM_PORT", "eighty")
    status, _, told = run("status")
    assert status == 78
    assert "VARIORUM_PORT" in told
    assert "Traceback" not in told


def test_doctor_says_how_to_mend_a_data_folder_that_is_none(run, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("VARIORUM_DATA", str(tmp_path / "file" / "data"))
    status, told, _ = run("doctor")
    assert status == 1
    assert "is a file" in told
    for command in ("serve", "status", "demo"):
        status, _, told = run(command)
        assert status == 78
        assert "VARIORUM_DATA" in told


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_doctor_gives_the_chown_line(run, settings):
    settings.data.chmod(0o500)
    status, told, _ = run("doctor")
    settings.data.chmod(0o700)
    assert status == 1
    assert f"chown -R {os.getuid()}:{os.getgid()}" in told


@pytest.mark.skipif(not doctor.MOUNTS.exists(), reason="no /proc on this machine")
def test_doctor_gives_no_useless_chown(run, monkeypatch):
    monkeypatch.setenv("VARIORUM_DATA", "/proc/variorum")
    status, told, _ = run("doctor")
    assert status == 1
    assert "mend it: set VARIORUM_DATA to a folder of yours" in told
    assert "chown" not in told


@pytest.mark.parametrize(("kind", "is_well"), [("ext4", True), ("nfs4", False), ("9p", False)])
def test_a_network_file_system_is_named(settings, tmp_path, monkeypatch, kind, is_well):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "1 0 8:1 / / rw - ext4 /dev/sda rw\n"
        f"2 1 0:9 / {settings.data} rw,relatime shared:1 - {kind} host:/share rw\n"
    )
    assert doctor.find_file_system(settings.data / "deep", mounts) == kind
    monkeypatch.setattr(doctor, "MOUNTS", mounts)
    assert doctor.check_file_system(settings).is_well is is_well


def test_healthcheck_fails_where_nothing_answers(run, monkeypatch):
    monkeypatch.setenv("VARIORUM_PORT", str(free_port()))
    status, _, told = run("healthcheck")
    assert status == 1
    assert "no answer" in told


def test_serve_says_so_when_the_port_is_taken(run, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("VARIORUM_PORT", str(taken.getsockname()[1]))
        status, _, told = run("serve")
    assert status == 78
    assert "VARIORUM_PORT" in told


def start(settings, *words):
    """Start the program as a process of its own; its first line has been read when this returns."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONUNBUFFERED": "1",
        "VARIORUM_DATA": str(settings.data),
        "VARIORUM_PORT": str(free_port()),
    }
    call = [sys.executable, "-m", "app.cli", *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    process = subprocess.Popen(call, cwd=REPOSITORY, env=environment, **pipes)
    return process, process.stdout.readline()


def test_serve_prints_its_address_answers_and_stops_cleanly(settings):
    process, told = start(settings, "serve")
    address = next(word for word in told.split() if word.startswith("http://")).rstrip("/")
    while not network.get_health(address).ready:
        assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    lock = FileLock(settings.data / "work.lock")
    assert lock.acquire()
    lock.release()


def test_serve_can_work_without_pages(settings, run):
    assert run("migrate")[0] == 0
    process, told = start(settings, "serve", "--only", "work")
    assert "background work" in told
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def test_python_m_app_cli_is_the_same_program():
    call = [sys.executable, "-m", "app.cli", "--help"]
    told = subprocess.run(call, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    for command in ("serve", "import", "demo", "events", "compare", "analyse", "doctor"):
        assert command in told.stdout
