"""Headless Chromium, over its DevTools protocol."""

import base64
import json
import re
import subprocess
import tempfile
import time
from types import TracebackType
from typing import Any, Self

import httpx
from websockets.sync.client import ClientConnection, connect

PATIENCE = 90.0


class Browser:
    """One page of a browser of its own, which ends with the ``with``."""

    def __enter__(self) -> Self:
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,1000")
        where = (f"--user-data-dir={self._profile.name}", "--remote-debugging-port=0", "about:blank")
        self._process = subprocess.Popen(["chromium", *options, *where], stderr=subprocess.PIPE, text=True)
        assert self._process.stderr is not None
        found = next(match for line in self._process.stderr if (match := re.search(r"ws://([^/]+)/", line)))
        pages = httpx.get(f"http://{found[1]}/json/list", timeout=30).json()
        address = next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
        self._socket: ClientConnection = connect(address, max_size=50_000_000, legacy=True)
        self._number = 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(30)
        self._profile.cleanup()

    def open(self, address: str) -> None:
        """Go to an address."""
        self._ask("Page.navigate", url=address)

    def text(self) -> str:
        """All text that is shown."""
        return str(self._value("document.body ? document.body.innerText : ''"))

    def wait_for(self, selector: str) -> None:
        """Wait until such an element is there."""
        self._wait(f"document.querySelector({json.dumps(selector)}) !== null", selector)

    def wait_for_text(self, text: str) -> None:
        """Wait until a text is shown."""
        self._wait(f"document.body !== null && document.body.innerText.includes({json.dumps(text)})", text)

    def log_in(self, user: str, password: str) -> None:
        """Fill in the form of the login and send it; wait until it is gone."""
        for name, value in (("username", user), ("password", password)):
            self._value(f"document.querySelector('input[name={name}]').value = {json.dumps(value)}")
        self._value("document.querySelector('input[name=password]').form.submit()")
        self._wait(
            "document.querySelector('input[name=password]') === null && document.readyState === 'complete'", "UI"
        )

    def picture(self) -> bytes:
        """The page as PNG."""
        return base64.b64decode(self._ask("Page.captureScreenshot", format="png")["data"])

    def _wait(self, condition: str, what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._value(condition):
            assert time.monotonic() < deadline, f"{what} did not appear; shown is: {self.text()[:500]}"
            time.sleep(0.3)

    def _value(self, expression: str) -> Any:
        return self._ask("Runtime.evaluate", expression=expression)["result"].get("value")

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE))
            if answer.get("id") == self._number:
                found: dict[str, Any] = answer["result"]
                return found
