"""Who kills has to know whom: the process a request comes from, and no other."""

import os
import socket
import subprocess
import sys

from tests.faults.reaper import owner

CONNECTS = """
import socket, sys
there = socket.socket()
there.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
there.bind(("127.0.0.1", int(sys.argv[1])))
there.connect(("127.0.0.1", int(sys.argv[2])))
print("connected", flush=True)
sys.stdin.read()
"""


def listening() -> socket.socket:
    """A server of one connection, on any port."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(10)
    return server


def test_of_two_processes_on_one_port_the_one_that_asked_is_found() -> None:
    """A port is one process's towards Teams, and another's towards the storage."""
    with listening() as teams, listening() as storage, listening() as free:
        port = free.getsockname()[1]
        free.close()
        to = [one.getsockname()[1] for one in (storage, teams)]
        asking = [
            subprocess.Popen(
                [sys.executable, "-c", CONNECTS, str(port), str(one)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            for one in to
        ]
        try:
            for one in asking:
                assert one.stdout is not None
                assert one.stdout.readline().strip() == b"connected"
            pids = [one.pid for one in asking]
            assert [owner(port, one, [os.getpid(), *pids]) for one in to] == pids
        finally:
            for one in asking:
                one.kill()
                one.communicate()


def test_nobody_is_found_where_there_is_no_such_connection() -> None:
    """A request whose process is gone is nobody's."""
    with listening() as server:
        assert owner(1, server.getsockname()[1], [os.getpid()]) == 0
