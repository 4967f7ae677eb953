"""An S3 prefix as the inbox: the rules of the folder, over a real object store."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from newsledger.errors import ConflictError, UnreadableError
from newsledger.inboxes import inbox
from newsledger.pipeline.status import of_file
from newsledger.records import sha256
from newsledger.settings import S3Prefix, Settings
from newsledger.store.objects import Objects
from newsledger.store.prefix import Prefix
from newsledger.store.tables import Articles
from tests.flow import STORY, run

DAY = "2024-08-25"


@pytest.fixture
def place(objects: Objects) -> Prefix:
    return Prefix(objects, "inbox/")


def origins(place: Prefix) -> list[str]:
    return [waiting.origin for waiting in place.look()]


def keys(objects: Objects) -> list[str]:
    return [listed.key for listed in objects.list("inbox/")]


def test_what_lies_below_the_prefix_waits_and_nothing_else(place: Prefix, objects: Objects) -> None:
    for key in ("inbox/a.txt", "inbox/kyiv/b c.txt", "inbox/kyiv/done/ж.txt", "inboxes/c.txt", "d.txt"):
        objects.put(key, b"News.")
    assert sorted(origins(place)) == ["a.txt", "kyiv/b c.txt", "kyiv/done/ж.txt"]


@pytest.mark.parametrize("name", [".hidden.txt", "film.part", ".git/x.txt", "done/2024-08-25/a.txt", "rejected/a.txt"])
def test_hidden_unfinished_and_dealt_with_is_left_alone(place: Prefix, objects: Objects, name: str) -> None:
    objects.put(f"inbox/{name}", b"News.")
    assert origins(place) == []


@pytest.mark.parametrize("key", ["inbox/", "inbox/kyiv/"])
def test_the_marks_of_empty_folders_are_no_files(place: Prefix, objects: Objects, key: str) -> None:
    objects.put(key, b"")
    assert origins(place) == []


def test_more_than_a_page_of_files_waits(place: Prefix, objects: Objects) -> None:
    for number in range(1_005):
        objects.put(f"inbox/{number}.txt", b"News.")
    assert len(origins(place)) == 1_005


def test_what_was_replaced_since_the_look_is_not_read(place: Prefix, objects: Objects) -> None:
    objects.put("inbox/a.txt", b"News.")
    (seen,) = place.look()
    assert place.read(seen) == b"News."
    objects.put("inbox/a.txt", b"Other")
    assert place.read(seen) is None
    objects.delete("inbox/a.txt")
    assert place.read(seen) is None


def test_a_finished_object_moves_to_done_and_keeps_its_sub_folder(place: Prefix, objects: Objects) -> None:
    objects.put("inbox/kyiv/a.txt", b"News.")
    moved = place.finish("kyiv/a.txt", sha256(b"News."), DAY)
    assert moved == f"s3://{objects.bucket}/inbox/done/{DAY}/kyiv/a.txt"
    assert keys(objects) == [f"inbox/done/{DAY}/kyiv/a.txt"]


def test_what_was_replaced_or_is_gone_is_not_finished(place: Prefix, objects: Objects) -> None:
    assert place.finish("a.txt", sha256(b"News."), DAY) is None
    objects.put("inbox/a.txt", b"Newer news.")
    assert place.finish("a.txt", sha256(b"News."), DAY) is None
    assert keys(objects) == ["inbox/a.txt"]


def test_what_is_replaced_while_it_moves_stays(objects: Objects) -> None:
    class Replacing(Objects):
        """Somebody drops a newer file right after the copy was made."""

        def copy(self, source: str, target: str, etag: str) -> None:
            super().copy(source, target, etag)
            objects.put(source, b"Newer news.")

    objects.put("inbox/a.txt", b"News.")
    racing = Replacing(objects._client, objects.endpoint, objects.bucket)
    assert Prefix(racing, "inbox/").finish("a.txt", sha256(b"News."), DAY) is None
    assert objects.get("inbox/a.txt") == b"Newer news."


def test_a_conditional_delete_spares_another_content(objects: Objects) -> None:
    etag = objects.put("inbox/a.txt", b"News.")
    objects.put("inbox/a.txt", b"Newer news.")
    with pytest.raises(ConflictError):
        objects.delete("inbox/a.txt", etag)
    assert objects.exists("inbox/a.txt")


def test_nothing_in_done_is_overwritten_and_the_same_content_lies_there_once(place: Prefix, objects: Objects) -> None:
    for data in (b"one", b"two", b"three", b"one", b"three"):
        objects.put("inbox/a.txt", data)
        assert place.finish("a.txt", sha256(data), DAY)
    assert sorted(objects.get(key) for key in keys(objects)) == [b"one", b"three", b"two"]


def test_a_rejected_object_lies_beside_its_reason(place: Prefix, objects: Objects) -> None:
    objects.put("inbox/kyiv/a.xyz", b"News.")
    (seen,) = place.look()
    assert place.reject(seen, "No reader for .xyz.", "0" * 64) == f"s3://{objects.bucket}/inbox/rejected/kyiv/a.xyz"
    assert keys(objects) == ["inbox/rejected/kyiv/a.xyz", "inbox/rejected/kyiv/a.xyz.reason.txt"]
    assert list(place.rejections()) == ["kyiv/a.xyz"]
    assert place.reason("kyiv/a.xyz") == "No reader for .xyz."


def test_what_changed_since_it_was_read_is_not_rejected(place: Prefix, objects: Objects) -> None:
    objects.put("inbox/a.xyz", b"News.")
    (seen,) = place.look()
    objects.put("inbox/a.xyz", b"Other")
    assert place.reject(seen, "No.", "0" * 64) is None
    assert keys(objects) == ["inbox/a.xyz"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_leads_out_of_its_place(place: Prefix, objects: Objects, name: str) -> None:
    for listed in objects.list("inbox/"):
        objects.delete(listed.key)
    moved = place._move(name, objects.put(f"inbox/{name}", b"News."), f"done/{DAY}", "0" * 64)
    if moved is not None:  # a server may keep a name in another spelling than it was given
        assert moved.startswith(f"s3://{objects.bucket}/inbox/done/{DAY}/")
        assert not {"", ".", ".."} & set(moved.removeprefix("s3://").split("/"))


def test_an_object_is_published_and_moved_and_a_bad_one_rejected(quick: Settings, objects: Objects) -> None:
    ours = quick.model_copy(update={"inbox": S3Prefix(quick.bucket, "drop/")})
    objects.put("drop/kyiv/story.txt", STORY.encode())
    objects.put("drop/story.xyz", STORY.encode())
    run(ours)
    (row,) = Articles.open(ours).rows("seq > 0")
    assert row["sources"][0]["origin"] == "kyiv/story.txt"
    assert origins(Prefix(objects, "drop/")) == []
    assert of_file(ours, f"s3://{ours.bucket}/drop/kyiv/story.txt").startswith("published as article")
    assert of_file(ours, f"s3://{ours.bucket}/drop/story.xyz").startswith("rejected: Its name")
    objects.put("drop/later.txt", STORY.encode() + b"More.")
    assert of_file(ours, f"s3://{ours.bucket}/drop/later.txt").startswith("waiting")
    with pytest.raises(UnreadableError, match="does not exist"):
        of_file(ours, f"s3://{ours.bucket}/drop/none.txt")
    assert "none of .txt" in inbox(ours).reason("story.xyz")


@pytest.mark.parametrize(
    "address", ["s3://news", "s3://news/", "s3://news/raw", "s3://news/records/x", "s3://A/b", "ftp://a"]
)
def test_a_place_that_is_ours_or_none_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsledger import settings
    from newsledger.errors import SettingsError

    monkeypatch.setenv("NEWSLEDGER_INBOX", address)
    with pytest.raises(SettingsError, match="NEWSLEDGER_INBOX"):
        settings.load()


def test_an_address_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from newsledger import settings

    for address, prefix in (
        ("s3://drops", ""),
        ("s3://drops/", ""),
        ("s3://drops/a/b", "a/b/"),
        ("s3://drops/a/", "a/"),
    ):
        monkeypatch.setenv("NEWSLEDGER_INBOX", address)
        assert settings.load().inbox == S3Prefix("drops", prefix)
