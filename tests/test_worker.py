"""Work in a process of its own: what breaks a bound is that request's failure, and the next one is answered."""

import logging
import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from newsledger.worker import Bounds, LostError, Worker, began

QUICK = Bounds(seconds=0.5, memory=200_000_000, all_seconds=1.2, answers=1_000_000)


def spin(_: bytes) -> Iterator[bytes]:
    while True:
        pass


def eat(size: bytes) -> Iterator[bytes]:
    yield b"%d" % len(b"x" * int(size))


def nest(rest: bytes) -> Iterator[bytes]:
    began("page.html")
    yield from obey(rest)


def many(count: bytes) -> Iterator[bytes]:
    """Documents that take a third of their time each."""
    for number in range(int(count)):
        began(f"{number}")
        until = time.process_time() + QUICK.seconds / 3
        while time.process_time() < until:
            pass
        yield b"%d" % number


def die(number: bytes) -> Iterator[bytes]:
    os.kill(os.getpid(), int(number))
    yield b""


def sleep(_: bytes) -> Iterator[bytes]:
    time.sleep(60)
    yield b""


def flood(_: bytes) -> Iterator[bytes]:
    while True:
        yield b"x" * 100_000


def fail(_: bytes) -> Iterator[bytes]:
    raise ValueError("no")


def write(_: bytes) -> Iterator[bytes]:
    os.write(1, b"\x1b[2Jforged\n")
    os.write(2, b"\x1b[2Jforged\n")
    print("forged", flush=True)
    logging.getLogger(__name__).error("forged")
    yield b"written"


def held(_: bytes) -> Iterator[bytes]:
    """What is open."""
    for path in [*Path("/proc/self/fd").iterdir()]:
        with suppress(FileNotFoundError):
            yield str(path.readlink()).encode()


def pid(_: bytes) -> Iterator[bytes]:
    yield b"%d" % os.getpid()


def echo(rest: bytes) -> Iterator[bytes]:
    yield rest


DEEDS = {deed.__name__: deed for deed in (spin, eat, nest, many, die, sleep, flood, fail, write, held, pid, echo)}


def obey(request: bytes) -> Iterator[bytes]:
    """Does what it is told, as bytes that make a parser do so would have it."""
    what, _, rest = request.partition(b" ")
    return DEEDS[what.decode()](rest)


@pytest.fixture(params=["forked", "fresh"])
def worker(request: pytest.FixtureRequest) -> Iterator[Worker]:
    with Worker(obey, QUICK, fork=request.param == "forked") as made:
        yield made


def echoes(worker: Worker) -> bool:
    return [*worker.ask(b"echo hello")] == [b"hello"]


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (b"spin", "it took more than 0.5 s of processor time, or all that it holds more than 1.2 s"),
        (b"nest spin", "page.html in it took more than 0.5 s of processor time"),
        (b"many 100", "in it took more than 0.5 s of processor time, or all that it holds more than 1.2 s"),
        (b"eat 4000000000", "it takes more than 200 MB of memory"),
        (b"nest eat 4000000000", "page.html in it takes more than 200 MB of memory"),
        (b"die %d" % signal.SIGSEGV, r"it broke the process that read it \(SIGSEGV\)"),
        (b"die %d" % signal.SIGABRT, r"it broke the process that read it \(SIGABRT\)"),
        (b"sleep", "it hung: nothing was done for 5 s"),
        (b"flood", "it says more than 1 MB can hold"),
        (b"fail", r"it made reading fail: .*ValueError\('no'\)"),
    ],
)
def test_what_breaks_a_bound_is_told_in_a_sentence_and_the_next_request_is_answered(
    worker: Worker, request_: bytes, sentence: str
) -> None:
    assert echoes(worker)
    with pytest.raises(LostError, match=sentence):
        [*worker.ask(request_)]
    assert echoes(worker)


def test_each_document_of_a_request_has_its_own_time(worker: Worker) -> None:
    assert [*worker.ask(b"many 5")] == [b"%d" % number for number in range(5)]


def test_requests_and_answers_larger_than_a_pipe_go_through() -> None:
    with Worker(obey, Bounds(), fork=True) as worker:
        large = os.urandom(30_000_000)
        assert [*worker.ask(b"echo " + large)] == [large]


def test_one_process_answers_all_requests(worker: Worker) -> None:
    assert len({(*worker.ask(b"pid"),) for _ in range(5)}) == 1


def test_answers_that_are_not_wanted_to_the_end_do_not_reach_the_next_request(worker: Worker) -> None:
    assert next(worker.ask(b"flood")) == b"x" * 100_000
    assert echoes(worker)
    worker.ask(b"flood")
    assert echoes(worker)


def test_a_worker_that_died_between_requests_is_replaced(worker: Worker) -> None:
    (number,) = worker.ask(b"pid")
    os.kill(int(number), signal.SIGKILL)
    while psutil.Process(int(number)).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    assert echoes(worker)


def test_nothing_that_is_worked_on_reaches_a_terminal_or_a_log(
    worker: Worker, capfd: pytest.CaptureFixture[str]
) -> None:
    assert [*worker.ask(b"write")] == [b"written"]
    assert capfd.readouterr() == ("", "")


def test_a_worker_holds_no_connection_of_its_parent() -> None:
    with socket.create_server(("127.0.0.1", 0)), Worker(obey, QUICK, fork=True) as worker:
        kinds = Counter(name.partition(b":")[0] for name in worker.ask(b"held"))
        assert (kinds[b"socket"], kinds[b"pipe"]) == (0, 2)


def test_it_ends_with_its_owner_whatever_it_is_at() -> None:
    """The owner is killed in the middle of a request: the worker ends when its own time is over."""
    read, write = os.pipe()
    if (owner := os.fork()) == 0:
        worker = Worker(obey, QUICK, fork=True)
        os.write(write, next(worker.ask(b"pid")))
        worker.ask(b"spin")
        os.kill(os.getpid(), signal.SIGKILL)
    orphan = psutil.Process(int(os.read(read, 20)))
    os.waitpid(owner, 0)
    os.close(read)
    os.close(write)
    _, alive = psutil.wait_procs([orphan], timeout=20)
    assert not alive


def test_it_works_in_a_process_that_may_have_no_children_of_multiprocessing() -> None:
    """As a Celery worker's, which is a daemon."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    process = context.Process(target=_serve_once, daemon=True)
    process.start()
    process.join(20)
    assert process.exitcode == 0


def _serve_once() -> None:
    with Worker(obey, QUICK, fork=True) as worker:
        if not echoes(worker):
            raise SystemExit(1)


def test_starting_while_threads_run_takes_a_fresh_interpreter() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        with Worker(obey, QUICK, fork=False) as worker:
            assert echoes(worker)
    finally:
        stop.set()
        thread.join()
