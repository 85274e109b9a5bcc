import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from alembic import command

from app.errors import SetupError
from app.store import upgrade as upgrades
from app.store.db import open_engine, session
from app.store.upgrade import find_fault, head, list_drift, upgrade
from tests.factories import REPOSITORY, make_pair


def test_the_migrations_make_exactly_the_tables_of_the_program(engine):
    assert list_drift(engine) == []


def test_upgrade_twice_changes_nothing(engine):
    with session(engine) as db:
        make_pair(db)
    upgrade(engine)
    assert list_drift(engine) == []


def test_every_migration_can_be_taken_back(engine):
    config = upgrades.make_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    upgrade(engine)
    assert list_drift(engine) == []


def test_a_newer_database_is_refused_with_the_way_out(settings, engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    with pytest.raises(SetupError, match="newer"):
        upgrade(engine)
    fault = find_fault(settings.database)
    assert "newer" in fault.words
    assert "install" in fault.mend


def test_a_broken_database_is_named(settings):
    (settings.data / "variorum.db").write_bytes(b"this is no database, " * 100)
    fault = find_fault(settings.database)
    assert "does not answer" in fault.words
    with pytest.raises(SetupError, match="does not answer"):
        upgrade(open_engine(settings.database))


def test_an_older_database_is_copied_before_it_is_changed(settings, engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("create table kept (x)")
    upgrades.copy_aside(engine, "0000")
    aside = settings.data / "variorum.db.before-upgrade-from-0000"
    with closing(sqlite3.connect(aside)) as copied:
        tables = {row[0] for row in copied.execute("select name from sqlite_master")}
    assert "kept" in tables


UPGRADE = """
import sys
from app.store.db import open_engine
from app.store.upgrade import upgrade
upgrade(open_engine(sys.argv[1]))
"""


def test_two_processes_at_once_upgrade_one_after_the_other(settings):
    command_line = [sys.executable, "-c", UPGRADE, settings.database]
    running = [subprocess.Popen(command_line, cwd=REPOSITORY) for _ in range(2)]
    assert [process.wait(60) for process in running] == [0, 0]
    engine = open_engine(settings.database)
    with engine.connect() as connection:
        assert upgrades.find_version(connection) == head()
    engine.dispose()
