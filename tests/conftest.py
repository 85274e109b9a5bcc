"""Fixtures for all tests. Data is made by `tests/factories.py`."""

from pathlib import Path
from shutil import copyfile

import pytest

from app.main import create_app
from app.settings import Settings
from app.store.db import open_engine, session
from app.store.upgrade import copy_aside, upgrade
from tests.asgi import Client
from tests.factories import load_demo

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    """Settings of an installation of its own: an empty data folder, nothing from outside."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"VARIORUM_{name.upper()}", raising=False)
    folder = tmp_path / "data"
    folder.mkdir()
    return Settings(data=folder)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory) -> Path:
    """An empty database, brought up to date once for all tests, which copy it."""
    path = tmp_path_factory.mktemp("empty") / "variorum.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    copied = copy_aside(engine, "tests")
    engine.dispose()
    return copied


@pytest.fixture
def engine(settings, empty_database):
    """An empty database of its own."""
    copyfile(empty_database, settings.data / "variorum.db")
    engine = open_engine(settings.database)
    yield engine
    engine.dispose()


@pytest.fixture
def db(engine):
    """A session on an empty database; committed at the end of the test."""
    with session(engine) as db:
        yield db


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material that lies beside the checkout; tests that need it skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the folder {SHARED.name}/ beside the checkout")
    return SHARED


@pytest.fixture
def make_client():
    """A function: settings → a browser without a network, on an application of its own."""
    clients = []

    def make(settings: Settings) -> Client:
        clients.append(Client(create_app(settings)))
        return clients[-1]

    yield make
    for client in clients:
        client.app.state.engine.dispose()


@pytest.fixture
def client(settings, empty_database, make_client) -> Client:
    """A browser without a network on an empty installation."""
    copyfile(empty_database, settings.data / "variorum.db")
    return make_client(settings)


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory, empty_database) -> Path:
    """A database with one demonstration event, found and compared once for all tests."""
    path = tmp_path_factory.mktemp("demo") / "variorum.db"
    copyfile(empty_database, path)
    engine = open_engine(f"sqlite:///{path}")
    with session(engine) as db:
        load_demo(db)
    copied = copy_aside(engine, "tests")
    engine.dispose()
    return copied


@pytest.fixture
def demo(settings, demo_database, make_client) -> Client:
    """A browser without a network on an installation with one demonstration event."""
    copyfile(demo_database, settings.data / "variorum.db")
    return make_client(settings)
