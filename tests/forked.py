"""``python -m tests.forked SOCKET``: the portal loaded once, and a fork of it for each script that comes along the socket."""

import os
import signal
import socket
import sys

import django

MOST = 64_000  # bytes of a script with its name


def fork_people(line: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    while True:
        asked, pipes, _flags, _address = socket.recv_fds(line, MOST, 3)
        if not asked:
            return
        if os.fork() == 0:
            line.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            live(*asked.decode().split("\0", 1), *pipes)
        for one in pipes:
            os.close(one)


def live(name: str, script: str, hears: int, says: int, ended: int) -> None:
    """As ``python -c script name`` would, and never back into the loop."""
    os.dup2(hears, 0)
    os.dup2(says, 1)
    for one in (hears, says):
        os.close(one)
    sys.argv = ["-c", name]
    well = False
    try:
        exec(compile(script, "<person>", "exec"), {"__name__": "__main__"})  # noqa: S102  the test's own script
        well = True
    except SystemExit as ending:
        well = not ending.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        os.write(ended, b"0" if well else b"1")
        os._exit(0)


if __name__ == "__main__":
    django.setup()
    fork_people(socket.socket(fileno=int(sys.argv[1])))
