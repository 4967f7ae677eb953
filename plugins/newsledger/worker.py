"""Work on untrusted bytes, in a process of its own: what hangs or eats memory is ended, alone, and the rest goes on.

Some bytes keep a parser busy for hours (a megabyte of ``<`` is enough). A worker is started once and asked again and
again; to each request it gives any number of answers. It watches its own time and memory, so that it ends although
nobody looks any more. What it works on reaches no terminal and no log: it has neither.

Protocol over the pipes, both ways: a kind (1 byte), a length (4 bytes, big-endian) and that many bytes.
"""

import gc
import logging
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from math import inf
from types import TracebackType
from typing import BinaryIO, NamedTuple, NoReturn, Protocol, Self

Serving = Callable[[bytes], Iterable[bytes]]
"""What a worker does: answers to a request. A function of a module; what it needs it imports when first called."""

SECONDS = 60.0
MEMORY = 2_000_000_000
"""Defaults of `Bounds`. The largest texts that are read (five million characters) take about 15 s and 1 GB."""

_HEAD = struct.Struct(">cI")
_REQUEST, _ANSWER, _BEGAN, _END, _NO_MEMORY, _FAULT = b"R", b"A", b"B", b"E", b"M", b"F"
_PIECE = 1 << 20
_REST = 5.0
"""Seconds at least without any work, on a busy machine too, before a process counts as hung."""


class Bounds(NamedTuple):
    """What one request may take."""

    seconds: float = SECONDS
    """Of processor time, for each document in it: waiting for a busy machine is nobody's fault."""
    memory: int = MEMORY
    """Bytes that the process may take beyond those that it starts with."""
    all_seconds: float = inf
    """Of processor time, for the request as a whole."""
    answers: float = inf
    """Bytes of all its answers."""


class LostError(Exception):
    """A request broke its bounds, or the process; the text says what "it" did, to go behind a colon."""


class _Process(Protocol):
    pid: int

    def kill(self) -> None: ...
    def wait(self) -> int: ...


class _Forked:
    """A child by fork, with the two methods of ``Popen`` that are needed."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        try:
            return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        except ChildProcessError:  # somebody else waited for it, or children are not waited for in this process
            return 0


class Worker:
    """One process at a time, started anew after it was lost. Not to be shared between threads."""

    def __init__(self, serving: Serving, bounds: Bounds, *, fork: bool) -> None:
        """Nothing is started yet.

        ``fork``: start as a copy of this process, in a hundredth of a second and with all its imports; only where no
        other thread does anything. Else a fresh interpreter is started.
        """
        self._serving, self._bounds, self._fork = serving, bounds, fork
        self._process: _Process | None = None
        self._to = self._from = -1
        self._asking = False
        self._about = "it"

    def __enter__(self) -> Self:
        """Start it: best before anything else that holds connections."""
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.end()

    def ask(self, request: bytes) -> Iterator[bytes]:
        """Hand a request over, now; its answers come as they are asked for.

        Raises:
            LostError: the request broke a bound, or the process; the worker can be asked again.
        """
        if self._asking:  # its last answers were not wanted to the end
            self.end()
        if self._process is None:
            self._start()
        self._asking, self._about = True, "it"
        try:
            self._write(_HEAD.pack(_REQUEST, len(request)) + request)
        except OSError:  # it ended while nobody asked
            self.end()
            self._start()
            self._asking = True
            self._write(_HEAD.pack(_REQUEST, len(request)) + request)
        return self._answers()

    def end(self) -> int:
        """Kill it, and wait for its end; its exit status (0 where there was none)."""
        process, self._process, self._asking = self._process, None, False
        if process is None:
            return 0
        with suppress(ProcessLookupError):
            process.kill()
        os.close(self._to)
        os.close(self._from)
        return process.wait()

    def _answers(self) -> Iterator[bytes]:
        left = self._bounds.answers
        while (frame := self._frame()) is not None:
            kind, data = frame
            if kind == _END:
                self._asking = False
                return
            if kind == _BEGAN:
                self._about = f"{data.decode()} in it"
            elif kind == _ANSWER:
                left -= len(data)
                if left < 0:
                    self.end()
                    raise LostError(f"it says more than {self._bounds.answers / 1e6:,.0f} MB can hold")
                yield data
            else:
                self.end()
                raise LostError(self._no_memory if kind == _NO_MEMORY else f"{self._about} made reading fail: {data!r}")
        raise LostError(self._how_it_ended())

    @property
    def _no_memory(self) -> str:
        return f"{self._about} takes more than {self._bounds.memory / 1e6:,.0f} MB of memory"

    def _how_it_ended(self) -> str:
        process = self._process
        status = process.wait() if process else 0  # it closed its pipe: it is gone, or about to be
        self._process, self._asking = None, False
        os.close(self._to)
        os.close(self._from)
        if status == -signal.SIGPROF:
            whole = (
                f", or all that it holds more than {self._bounds.all_seconds:g} s"
                if self._bounds.all_seconds < inf
                else ""
            )
            return f"{self._about} took more than {self._bounds.seconds:g} s of processor time{whole}"
        how = signal.Signals(-status).name if status < 0 else f"status {status}"
        return f"{self._about} broke the process that read it ({how})"

    def _frame(self) -> tuple[bytes, bytes] | None:
        """The next frame; null when the process is gone."""
        try:
            kind, size = _HEAD.unpack(self._exactly(_HEAD.size))
            return kind, self._exactly(size)
        except EOFError:
            return None

    def _exactly(self, size: int) -> bytes:
        found = bytearray()
        while len(found) < size:
            self._wait(self._from, select.POLLIN)
            piece = os.read(self._from, min(size - len(found), _PIECE))
            if not piece:
                raise EOFError
            found += piece
        return bytes(found)

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            self._wait(self._to, select.POLLOUT)
            left = left[os.write(self._to, left[:_PIECE]) :]

    def _wait(self, descriptor: int, event: int) -> None:
        """Until the pipe is ready: for ever while the process works, whose own clock ends that; not when it rests."""
        poll, before = select.poll(), -1.0
        poll.register(descriptor, event)
        rest = max(self._bounds.seconds, _REST)
        while not poll.poll(rest * 1000):
            spent = self._spent()
            if spent == before:
                self.end()
                raise LostError(f"{self._about} hung: nothing was done for {rest:g} s")
            before = spent

    def _spent(self) -> float:
        """Seconds of processor time that the process has taken."""
        import psutil  # seldom needed

        with suppress(psutil.Error):
            times = psutil.Process(self._process.pid if self._process else 0).cpu_times()
            return float(times.user + times.system)
        return 0.0

    def _start(self) -> None:
        requests, self._to = os.pipe()
        self._from, answers = os.pipe()
        os.set_blocking(self._to, False)
        try:
            start = _forked if self._fork else _fresh
            self._process = start(self._serving, requests, answers, self._bounds)
        finally:
            os.close(requests)
            os.close(answers)


def _forked(serving: Serving, requests: int, answers: int, bounds: Bounds) -> _Process:
    if pid := os.fork():
        return _Forked(pid)
    try:  # from here on the child, which never returns
        _forget(requests, answers)
        _serve(serving, requests, answers, bounds)
    finally:
        os._exit(1)


def _forget(requests: int, answers: int) -> None:
    """Let go of what is the parent's: its handlers of signals, its log, its open files, the tidying of its objects."""
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    logging.disable(logging.CRITICAL)
    gc.freeze()  # else collecting the parent's sockets would close whatever has their numbers here
    null = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(null, standard)
    sys.stdout = sys.stderr = os.fdopen(1, "w")  # not what a test or a task put in their place
    for name in os.listdir("/dev/fd"):  # noqa: PTH208  names only
        if int(name) not in {0, 1, 2, requests, answers}:
            with suppress(OSError):  # the listing's own
                os.close(int(name))


def _fresh(serving: Serving, requests: int, answers: int, bounds: Bounds) -> _Process:
    code = "from newsledger.worker import main; main()"
    given = (f"{serving.__module__}:{serving.__name__}", requests, answers, *bounds)
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, given)],
        pass_fds=(requests, answers),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def main() -> NoReturn:
    """A worker in an interpreter of its own."""
    named, requests, answers, seconds, memory, all_seconds, most = sys.argv[1:]
    module, _, function = named.partition(":")
    bounds = Bounds(float(seconds), int(memory), float(all_seconds), float(most))
    _serve(getattr(import_module(module), function), int(requests), int(answers), bounds)


# ---------------------------------------------------------------- in the worker


class _Clock:
    """The time of the worker's present request; ends the process, whatever it is at, when that is over."""

    def __init__(self, answers: BinaryIO, bounds: Bounds) -> None:
        self._answers, self._bounds, self._begun = answers, bounds, 0.0

    def request(self) -> None:
        self._begun = time.process_time()
        self.document()

    def document(self, label: str | None = None) -> None:
        left = self._bounds.all_seconds - (time.process_time() - self._begun)
        signal.setitimer(signal.ITIMER_PROF, max(1e-6, min(self._bounds.seconds, left)))
        if label is not None:
            self.send(_BEGAN, label.encode(errors="replace"))

    def send(self, kind: bytes, data: bytes = b"") -> None:
        self._answers.write(_HEAD.pack(kind, len(data)) + data)
        self._answers.flush()


_clock: _Clock | None = None


def began(label: str) -> None:
    """Another document of the present request begins: it has its own time. Outside a worker nothing happens.

    ``label`` names it in the sentence that is said when it breaks a bound.
    """
    if _clock:
        _clock.document(label)


def _serve(serving: Serving, requests: int, answers: int, bounds: Bounds) -> NoReturn:
    """Answer request after request until nobody asks any more."""
    global _clock  # noqa: PLW0603  one for the process, as its timer is
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    _limit(bounds.memory)
    asked = os.fdopen(requests, "rb")
    _clock = clock = _Clock(os.fdopen(answers, "wb"), bounds)
    try:
        while len(head := asked.read(_HEAD.size)) == _HEAD.size:
            request = asked.read(_HEAD.unpack(head)[1])
            clock.request()
            for answer in serving(request):
                clock.send(_ANSWER, answer)
                clock.document()
            signal.setitimer(signal.ITIMER_PROF, 0)
            clock.send(_END)
    except MemoryError:
        clock.send(_NO_MEMORY)
    except BrokenPipeError:  # nobody listens any more
        pass
    except Exception as error:  # noqa: BLE001  a fault of what serves; told where it can be seen
        clock.send(_FAULT, repr(error).encode(errors="replace")[:1000])
    os._exit(0)


def _limit(memory: int) -> None:
    """At most so much more address space than there is now, where the system can say how much that is."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):
        with open("/proc/self/statm") as sizes:  # noqa: PTH123  nothing is imported for it
            present = int(sizes.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (present + memory, present + memory))
