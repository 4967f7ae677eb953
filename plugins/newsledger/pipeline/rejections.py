"""Files that gave no article, as they lie in quarantine."""

from typing import Any

from newsledger.records import Reason, Rejection, sha256
from newsledger.store.batches import Item, Manifest


def unread_id(digest: str, origin: str) -> str:
    """By what a file is known in quarantine that gave no article; ``digest`` is of the bytes that are read."""
    return sha256(f"{digest}\x1f{origin}".encode())[:32]


def unread(manifest: Manifest, item: Item, expectation: str, message: str) -> Rejection:
    """The rejection of a whole file. ``expectation`` names what it fell short of."""
    return Rejection(
        rejection_id=unread_id(item.read_sha256, item.origin),
        kind="article",
        article_id=item.read_sha256,
        batch_id=manifest.batch_id,
        input=item.origin,
        raw_key=item.raw_key,
        raw_member=item.raw_member,
        reasons=(Reason(expectation=expectation, message=message),),
        suite_version=manifest.suites,
        record={},
        rejected_at=manifest.created_at,
    )


def brief(rejection: Rejection) -> dict[str, Any]:
    """A rejection in one line, for the outcome of its batch."""
    return {
        "kind": rejection.kind,
        "input": rejection.input,
        "rejection_id": rejection.rejection_id,
        "reasons": [reason.message for reason in rejection.reasons],
    }
