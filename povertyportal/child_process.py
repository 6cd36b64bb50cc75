"""What a process says of itself before it becomes the program it was started for."""

import ctypes
import sys
from collections.abc import Callable
from signal import Signals

PR_SET_PDEATHSIG = 1


def end_with_parent(signal: Signals) -> Callable[[], None]:
    """For ``preexec_fn``: when the parent dies, however it dies, the child gets the signal (Linux; elsewhere nothing)."""

    def ask() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal)

    return ask
