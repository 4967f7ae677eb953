"""The plug for trained pipelines: chosen by configuration, loaded for real, its hits weighed by the rules."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import spacy
from spacy.training import Example
from thinc.api import fix_random_seed

from newsledger.errors import SettingsError
from newsledger.extract import document, recogniser, recogniser_choice
from newsledger.extract.english import read
from newsledger.extract.recogniser import Pointed
from newsledger.extract.spacy_recogniser import SpacyRecogniser
from newsledger.pipeline import collect
from newsledger.pipeline.configuration import problems
from newsledger.records import EXTRACTOR, Article, Extraction, Facts, Mention, sha256
from newsledger.settings import Settings
from newsledger.store import batches
from newsledger.store.objects import Objects
from newsledger.text import Text
from tests.flow import drop

# What the tiny pipeline learns by heart: three names that no rule can tell, and three that are nonsense.
TAUGHT = {
    "Quill Haverdorn": "PERSON",
    "Vantor": "ORG",
    "Zozuliv": "GPE",
    "Danes": "GPE",
    "Monday": "ORG",
    "Paris": "PERSON",
}
FRAMES = (
    "{} was there.",
    "People left for {} then.",
    "It was about {} and the rest.",
    "Some saw {} again, they said.",
    "Much was made of {} in the end.",
)
NEWS = (
    "People left for Zozuliv then. It was about Quill Haverdorn and the rest, and some saw Vantor again. "
    "Much was made of Danes in the end, some saw Paris again, and people left on Monday then. "
    "The mayor said that the roads would stay closed for the rest of the week and that the schools were open.\n"
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline trained for a second or two, in a folder as `nlp.to_disk` leaves it."""
    fix_random_seed(0)
    nlp = spacy.blank("en")
    tagger = nlp.add_pipe("ner")
    examples = []
    for name, label in TAUGHT.items():
        tagger.add_label(label)  # type: ignore[attr-defined]
        for frame in FRAMES:
            start = frame.index("{}")
            spans = {"entities": [(start, start + len(name), label)]}
            examples.append(Example.from_dict(nlp.make_doc(frame.format(name)), spans))
    nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples)
    folder = tmp_path_factory.mktemp("pipelines") / "tiny"
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that NEWSLEDGER_CONFIG names."""
    folder = tmp_path / "config"
    folder.mkdir()
    monkeypatch.setenv("NEWSLEDGER_CONFIG", str(folder))
    return folder


def choose(config: Path, text: str) -> None:
    (config / "recogniser.yaml").write_text(text)


def only(body: str) -> Extraction:
    (found,) = document.read(body.encode(), "news.txt")
    return found


def named(mentions: tuple[Mention, ...]) -> set[tuple[str, str]]:
    return {(one.exact, one.type) for one in mentions}


# ---------------------------------------------------------------- a pipeline takes part


def test_a_pipeline_named_in_the_configuration_finds_what_no_rule_can_tell(pipeline: Path, config: Path) -> None:
    rules = named(only(NEWS).mentions)
    choose(config, f"spacy: {pipeline}\n")
    told = named(only(NEWS).mentions)
    assert told - rules == {("Zozuliv", "place"), ("Quill Haverdorn", "person"), ("Vantor", "organisation")}
    assert rules - told == set()


def test_rules_of_precision_drop_nonsense_that_the_pipeline_points_at(pipeline: Path, config: Path) -> None:
    choose(config, f"spacy: {pipeline}\n")
    reader = recogniser.default()
    assert reader.recogniser
    body = NEWS.strip()
    pointed = {(body[one.start : one.end], one.type) for one in reader.recogniser(Text(body), _article(body))}
    assert pointed >= {("Danes", "place"), ("Paris", "person"), ("Monday", "organisation")}
    mentions = named(only(NEWS).mentions)
    assert ("Paris", "place") in mentions
    assert not mentions & {("Danes", "place"), ("Paris", "person"), ("Monday", "organisation")}


def test_every_fact_is_what_stands_there_however_long_the_text(pipeline: Path, config: Path) -> None:
    choose(config, f"spacy: {pipeline}\n")
    body = ("😀 Much was made of Zozuliv in the end. " + "a" * 30 + " ") * 900 + "\n" + NEWS * 50
    found = only(body)
    assert sum(one.exact == "Zozuliv" for one in found.mentions) == 950
    assert all(found.article.body[one.start : one.end] == one.exact for one in found.mentions)


def test_labels_can_be_given_other_meanings(pipeline: Path, config: Path) -> None:
    choose(config, f"spacy: {pipeline}\nlabels:\n  GPE: place\n")
    told = named(only(NEWS).mentions)
    assert ("Zozuliv", "place") in told
    assert not told & {("Quill Haverdorn", "person"), ("Vantor", "organisation")}


def test_a_folder_may_be_given_relative_to_the_file(pipeline: Path, config: Path) -> None:
    (config / "mine").symlink_to(pipeline)
    choose(config, "spacy: ./mine\n")
    assert ("Zozuliv", "place") in named(only(NEWS).mentions)


def test_an_installed_pipeline_is_found_by_its_name(
    pipeline: Path, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "en_tiny_for_tests"
    package.mkdir(parents=True)
    meta = json.loads((pipeline / "meta.json").read_text()) | {"name": "tiny_for_tests", "version": "1.2.3"}
    (package / "meta.json").write_text(json.dumps(meta))
    (package / "en_tiny_for_tests-1.2.3").symlink_to(pipeline)
    (package / "__init__.py").write_text(
        "from spacy.util import load_model_from_init_py\n"
        "def load(**options):\n    return load_model_from_init_py(__file__, **options)\n"
    )
    (tmp_path / "site" / "en_tiny_for_tests-1.2.3.dist-info").mkdir()
    (tmp_path / "site" / "en_tiny_for_tests-1.2.3.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: en-tiny-for-tests\nVersion: 1.2.3\n"
    )
    monkeypatch.syspath_prepend(tmp_path / "site")
    choose(config, "spacy: en_tiny_for_tests\n")
    found = only(NEWS)
    assert ("Zozuliv", "place") in named(found.mentions)
    assert found.article.extractor.startswith(f"{EXTRACTOR}+spacy:en_tiny_for_tests-1.2.3-")


# ---------------------------------------------------------------- the record says what read it


def test_a_record_names_the_pipeline_that_took_part(pipeline: Path, config: Path) -> None:
    assert only(NEWS).article.extractor == EXTRACTOR
    choose(config, f"spacy: {pipeline}\n")
    first = only(NEWS).article.extractor
    assert first.startswith(f"{EXTRACTOR}+spacy:en_pipeline-0.0.0-")
    choose(config, f"spacy: {pipeline}\nlabels: {{GPE: place}}\n")
    assert only(NEWS).article.extractor != first


def test_an_article_in_another_language_is_not_said_to_be_read_by_it(pipeline: Path, config: Path) -> None:
    choose(config, f"spacy: {pipeline}\n")
    found = only("Der Bürgermeister sagte am Montag, dass die Straßen in der Stadt bis zum Freitag gesperrt bleiben.")
    assert (found.article.language, found.article.extractor) == ("de", EXTRACTOR)


def test_retrained_files_are_another_extractor(pipeline: Path, tmp_path: Path) -> None:
    def identity() -> str:
        choice = recogniser_choice.Choice("f:1", str(tmp_path / "copy"), is_folder=True, labels=(("GPE", "place"),))
        return SpacyRecogniser(choice).identity

    nlp = spacy.load(pipeline)
    nlp.to_disk(tmp_path / "copy")
    first = identity()
    assert identity() == first
    nlp.update([Example.from_dict(nlp.make_doc("Ann left."), {"entities": [(0, 3, "PERSON")]})])
    nlp.to_disk(tmp_path / "copy")
    assert identity() != first


# ---------------------------------------------------------------- what is wrong is told


def test_without_the_file_or_with_comments_only_the_rules_read_alone(config: Path) -> None:
    assert recogniser.default() == (None, EXTRACTOR)
    choose(config, "# spacy: en_core_web_sm\n\n")
    assert recogniser.default() == (None, EXTRACTOR)
    assert recogniser.problems(config) == []


def test_the_file_that_comes_with_newsledger_is_off_and_sound_when_switched_on(tmp_path: Path) -> None:
    shipped = (Path(__file__).parent.parent / "config" / "recogniser.yaml").read_text()
    (tmp_path / "recogniser.yaml").write_text(shipped)
    assert recogniser_choice.read(tmp_path / "recogniser.yaml") == (None, [])
    on = re.findall(r"^# ((?:spacy: en|labels:|  [A-Z]+: [a-z]).*)", shipped, re.MULTILINE)
    (tmp_path / "recogniser.yaml").write_text("\n".join(on))
    choice, faults = recogniser_choice.read(tmp_path / "recogniser.yaml")
    assert faults == []
    assert choice
    assert (choice.pipeline, dict(choice.labels)) == ("en_core_web_sm", recogniser_choice.LABELS)


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("spacy: [a, b]\n", 1, "`spacy` is the name of an installed pipeline or the path of a folder"),
        ("# x\nspacy:\n", 2, "`spacy` is the name"),
        ("spacy: 3\n", 1, "`spacy` is the name"),
        ("labels: {GPE: place}\n", 1, "`spacy` is missing"),
        ("spacy: a/b\nspaccy: c\n", 2, "there is no option 'spaccy'; there are spacy and labels"),
        ("spacy: a/b\nspacy: c\n", 2, "stands here twice"),
        (
            "spacy: a/b\nlabels:\n  GPE: country\n",
            3,
            "'GPE' stands for 'country'; it may be person, organisation, place",
        ),
        ("spacy: a/b\nlabels: [GPE]\n", 2, "`labels` maps labels"),
        ("spacy: a/b\nlabels:\n  GPE: [place]\n", 3, "single words"),
        ("spacy: a/b\n  c: [\n", 2, "mapping values are not allowed"),
        ("- spacy\n", 1, "the file holds"),
        ("spacy: \x07\n", 1, "not YAML"),
        ("\n\nspacy: ./nowhere\n", 3, "there is no folder"),
        ("spacy: en_nowhere_at_all\n", 1, "no pipeline 'en_nowhere_at_all' is installed: install its wheel"),
        ("spacy: json\n", 1, "json is no spaCy pipeline"),
        ("spacy: ./empty\n", 1, "is no spaCy pipeline"),
        ("spacy: ./german\n", 1, "is a pipeline for 'de', and facts are read from en only"),
        ("spacy: ./nameless\n", 1, "points at no names"),
        ("spacy: ./broken\n", 1, "cannot be loaded"),
    ],
)
def test_a_fault_is_told_by_file_and_line(config: Path, text: str, line: int, fault: str) -> None:
    (config / "empty").mkdir()
    (config / "broken").mkdir()
    (config / "broken" / "meta.json").write_text('{"lang": "en"}')
    spacy.blank("de").to_disk(config / "german")
    spacy.blank("en").to_disk(config / "nameless")
    choose(config, text)
    (found,) = recogniser.problems(config)
    assert found.startswith(f"{config / 'recogniser.yaml'}:{line}: ")
    assert fault in found
    assert "\n" not in found
    assert found in problems(config)
    with pytest.raises(SettingsError, match=r"recogniser\.yaml"):
        only(NEWS)


def test_without_spacy_one_sentence_says_the_way_out(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsledger.extract.spacy_recogniser.find_spec", lambda name: None)
    choose(config, "spacy: en_core_web_sm\n")
    (found,) = recogniser.problems(config)
    assert "recogniser.yaml:1: spaCy is not installed: `pip install spacy`" in found


def test_the_command_stops_with_one_sentence_when_the_pipeline_is_missing(config: Path, tmp_path: Path) -> None:
    choose(config, "spacy: ./nowhere\n")
    (tmp_path / "a.txt").write_text(NEWS)
    command = [sys.executable, "-c", "from newsledger.cli import main; main()", "extract", str(tmp_path / "a.txt")]
    done = subprocess.run(command, capture_output=True, check=False, env=dict(os.environ))
    assert (done.returncode, done.stdout) == (1, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith(f"newsledger: {config / 'recogniser.yaml'}:1: there is no folder")


def test_the_same_bytes_every_time_with_a_pipeline_too(pipeline: Path, config: Path, tmp_path: Path) -> None:
    choose(config, f"spacy: {pipeline}\n")
    (tmp_path / "a.txt").write_text(NEWS * 3)
    command = [sys.executable, "-c", "from newsledger.cli import main; main()", "extract", str(tmp_path / "a.txt")]
    printed = {
        subprocess.run(command, capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed}).stdout
        for seed in ("0", "1")
    }
    assert len(printed) == 1
    assert b"Zozuliv" in printed.pop()


# ---------------------------------------------------------------- evidence, weighed


def _article(body: str) -> Article:
    return Article(article_id="a", body_sha256=sha256(body.encode()), language="en", body=body)


def told(body: str, **pointed: str) -> set[tuple[str, str]]:
    """What is read when a recogniser points at the words (joined by ``_``) with the types given."""

    def points(text: Text, article: Article) -> list[Pointed]:
        words = {name.replace("_", " "): kind for name, kind in pointed.items()}
        return [
            msgspec.convert((at := text.body.index(word), at + len(word), kind), Pointed)
            for word, kind in words.items()
        ]

    facts: Facts = read(Text(body), _article(body), points)
    return named(facts.mentions)


def test_evidence_alone_makes_a_person_of_capitalised_words() -> None:
    body = "People talked of Quill Haverdorn there."
    assert told(body) == set()
    assert told(body, Quill_Haverdorn="person") == {("Quill Haverdorn", "person")}


def test_titles_articles_and_possessives_around_a_name_are_no_part_of_it() -> None:
    assert told("They praised Quill Haverdorn’s work.", Quill_Haverdorn="person") == {("Quill Haverdorn", "person")}
    assert ("Vantor", "organisation") in told("So the Vantor came.", the_Vantor="organisation")
    assert ("Quellmark", "person") in told("They met Mr Quellmark there.", Mr_Quellmark="person")


@pytest.mark.parametrize(
    ("body", "pointed"),
    [
        ("They met on Monday and left.", {"Monday": "person"}),
        ("They met on Monday and left.", {"Monday": "place"}),
        ("They met on Monday and left.", {"Monday": "organisation"}),
        ("Some words in small letters.", {"small_letters": "person"}),
        ("It was said that Danes sing.", {"Danes": "place"}),
        ("It was said that Danes sing.", {"Danes": "organisation"}),
        ("They closed the Zozuliv Stadium again.", {"Zozuliv": "place"}),
        ("They closed the Zozuliv Stadium again.", {"Zozuliv_Stadium": "place"}),
        ("A case of Zozuliv virus was found.", {"Zozuliv": "place"}),
        ("It is in the Marburg virus family.", {"Marburg": "place"}),
        ("They saw half of Zozuliv there.", {"Zozu": "place"}),
    ],
)
def test_evidence_against_a_rule_counts_for_nothing(body: str, pointed: dict[str, str]) -> None:
    assert told(body, **pointed) == told(body)


def test_a_person_by_rule_is_no_organisation_and_a_place_by_rule_no_person() -> None:
    assert told("“No,” said John Smith.", John_Smith="organisation") == {("John Smith", "person")}
    assert told("They flew to Paris again.", Paris="person") == {("Paris", "place")}


def test_what_points_outside_the_text_is_passed_over() -> None:
    def wild(text: Text, article: Article) -> list[Pointed]:
        return [Pointed(-3, 4, "person"), Pointed(5, 5, "place"), Pointed(2, 9_999, "organisation")]

    assert read(Text("Quill left."), _article("Quill left."), wild).mentions == ()


# ---------------------------------------------------------------- through the pipeline


def test_a_batch_read_with_a_pipeline_is_other_work_than_one_read_by_rules(
    quick: Settings, objects: Objects, pipeline: Path, config: Path
) -> None:
    (config / "expectations").symlink_to(Path(__file__).parent.parent / "config" / "expectations")
    chosen = quick.model_copy(update={"config": config})
    choose(config, f"spacy: {pipeline}\n")
    drop(chosen, "news.txt", NEWS)
    work = collect(chosen)
    assert work
    manifest = batches.load(objects, work.batch_id)
    assert manifest
    assert manifest.extractor == recogniser.default().extractor != EXTRACTOR
    by_rules = batches.new(manifest.items, manifest.created_at, EXTRACTOR, manifest.suites)
    assert by_rules.batch_id != work.batch_id


def test_a_broken_choice_leaves_every_file_in_the_inbox(quick: Settings, objects: Objects, config: Path) -> None:
    (config / "expectations").symlink_to(Path(__file__).parent.parent / "config" / "expectations")
    chosen = quick.model_copy(update={"config": config})
    choose(config, "spacy: ./nowhere\n")
    path = drop(chosen, "news.txt", NEWS)
    with pytest.raises(SettingsError, match="there is no folder"):
        collect(chosen)
    assert path.exists()
