from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from yiwang.web.supervisor.postgres import Cluster
from yiwang.web.supervisor.trouble import CannotStart


@pytest.fixture
def folder():
    made = Path(tempfile.mkdtemp(prefix="yiwang-pg-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def running(folder):
    cluster = Cluster.at(folder)
    process = cluster.launch()
    cluster.wait(process)
    processes = [process]
    yield cluster, processes
    cluster.stop(processes[-1])


def _keep(cluster, number):
    with psycopg.connect(cluster.url()) as database:
        database.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        database.execute("INSERT INTO kept VALUES (%s)", [number])


def _kept(cluster):
    with psycopg.connect(cluster.url()) as database:
        return [row[0] for row in database.execute("SELECT number FROM kept ORDER BY number")]


def test_a_server_killed_in_the_middle_starts_again_with_its_data(running):
    cluster, processes = running
    _keep(cluster, 1)

    processes[0].send_signal(signal.SIGKILL)
    processes[0].wait()
    for _ in range(50):  # its children take a moment to notice
        processes.append(cluster.launch())
        try:
            cluster.wait(processes[-1])
            break
        except CannotStart:
            time.sleep(0.1)

    assert _kept(cluster) == [1]


def test_a_stopped_server_keeps_its_data(folder):
    for number in (1, 2):
        cluster = Cluster.at(folder)
        process = cluster.launch()
        cluster.wait(process)
        _keep(cluster, number)
        cluster.stop(process)

        assert process.returncode == 0

    assert not (folder / "data" / "postmaster.pid").exists()
    process = cluster.launch()
    cluster.wait(process)
    assert _kept(cluster) == [1, 2]
    cluster.stop(process)


STARTER = """
import sys, time
from pathlib import Path
from yiwang.web.supervisor.postgres import Cluster

cluster = Cluster.at(Path(sys.argv[1]), durable=False)
process = cluster.launch()
cluster.wait(process)
print(process.pid, flush=True)
time.sleep(60)
"""


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="parent-death signals are Linux's")
def test_a_server_does_not_outlive_whoever_started_it(folder):
    starter = subprocess.Popen([sys.executable, "-c", STARTER, str(folder)], stdout=subprocess.PIPE)
    server = int(starter.stdout.readline())
    starter.stdout.close()

    starter.kill()
    starter.wait()
    deadline = time.monotonic() + 5
    while _alive(server) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not _alive(server)


def test_a_pid_file_that_names_another_process_is_not_believed(running):
    cluster, processes = running
    cluster.stop(processes[0])
    note = cluster.data / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{cluster.data}\n")
    shutil.chown(note, cluster.user.uid, cluster.user.gid)

    processes.append(cluster.launch())
    cluster.wait(processes[-1])

    assert processes[-1].poll() is None


def test_a_leftover_server_is_stopped_before_a_new_one_starts(running):
    cluster, processes = running
    _keep(cluster, 7)

    processes.append(cluster.launch())  # as a new supervisor would, the old server still up
    cluster.wait(processes[-1])

    assert processes[0].wait(5) == 0
    assert _kept(cluster) == [7]


def test_a_folder_with_too_long_a_name_gets_its_socket_elsewhere(folder):
    cluster = Cluster.at(folder / ("long" * 30), durable=False)
    process = cluster.launch()
    cluster.wait(process)

    _keep(cluster, 3)

    assert _kept(cluster) == [3]
    assert len(os.fsencode(cluster.sockets)) < 40
    cluster.stop(process)
    assert not cluster.sockets.exists()


def test_the_socket_lets_nobody_else_in(running):
    cluster, _ = running

    mode = (cluster.sockets / ".s.PGSQL.5432").stat().st_mode & 0o777

    assert mode == 0o700
    assert cluster.sockets.stat().st_mode & 0o077 == 0


def test_data_of_another_major_version_is_refused_in_one_sentence(folder):
    data = folder / "data"
    data.mkdir()
    (data / "PG_VERSION").write_text("13\n")

    with pytest.raises(CannotStart) as told:
        Cluster.at(folder)

    assert "13" in told.value.text.en and "YIWANG_HOME" in told.value.text.zh


def test_an_interrupted_first_start_is_begun_again(folder):
    half = folder / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    cluster = Cluster.at(folder, durable=False)
    process = cluster.launch()
    cluster.wait(process)
    cluster.stop(process)

    assert not half.exists()
