"""Data Docs in object storage."""

from newsledger import pipeline
from newsledger.pipeline.data_docs import PREFIX
from newsledger.settings import Settings
from newsledger.store.objects import Objects
from tests.flow import drop, run


def test_every_batch_has_its_pages_and_what_did_not_change_is_left_alone(quick: Settings, objects: Objects) -> None:
    drop(quick, "a.txt")
    batch = run(quick)
    pipeline.build_data_docs(quick)
    first = {listed.key: listed.modified for listed in objects.list(PREFIX)}
    assert f"{PREFIX}index.html" in first
    assert any(f"/{batch}/" in key for key in first)
    pipeline.build_data_docs(quick)
    again = {listed.key: listed.modified for listed in objects.list(PREFIX)}
    fonts = [key for key in first if "/static/" in key]
    assert fonts
    assert [key for key in fonts if first[key] != again[key]] == []


def test_a_page_of_what_is_no_more_goes(quick: Settings, objects: Objects) -> None:
    objects.put(f"{PREFIX}old.html", b"old")
    pipeline.build_data_docs(quick)
    assert not objects.exists(f"{PREFIX}old.html")
