"""The gazetteer: what a name may mean, built once, mapped, shared."""

import multiprocessing
import time
from pathlib import Path

import pytest

from newsledger.errors import SettingsError
from newsledger.extract import gazetteer, gazetteer_build, gazetteer_sources
from newsledger.extract.folding import fold
from newsledger.extract.gazetteer import Gazetteer, Kind

HEAD = ",".join(gazetteer_sources.COLUMNS) + "\n"
MIDDLES = {("UA", "05"): (48.1, 37.8)}


@pytest.fixture(scope="module")
def world() -> Gazetteer:
    return gazetteer.default()


def rows(path: Path) -> list[gazetteer_sources.Row]:
    return list(gazetteer_sources.read_list(path, MIDDLES))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Łódź", "lodz"),
        ("St. Louis", "saint louis"),
        ("Ft. Worth", "fort worth"),
        ("Port-au-Prince", "port au prince"),
        ("Xi'an", "xian"),
        ("Luhans’k", "luhansk"),
        ("U.S.", "us"),
        ("  Côte  d'Ivoire ", "cote divoire"),
        ("", ""),
    ],
)
def test_spellings_of_one_name_fold_together(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_names_that_differ_stay_apart() -> None:
    assert fold("Kursk") != fold("Kurssk")
    assert fold("Austria") != fold("Australia")


@pytest.mark.parametrize(
    ("name", "found", "country", "kind"),
    [
        ("Kyiv", "Kyiv", "UA", Kind.city),
        ("Kiev", "Kyiv", "UA", Kind.city),
        ("Paris", "Paris", "FR", Kind.city),
        ("New York", "New York City", "US", Kind.city),
        ("Kursk", "Kursk", "RU", Kind.city),
        ("Kursk Oblast", "Kursk Oblast", "RU", Kind.region),
        ("Donbass", "Donbas", "UA", Kind.area),
        ("Bavaria", "Bavaria", "DE", Kind.region),
        ("U.K.", "United Kingdom", "GB", Kind.country),
        ("Georgia", "Georgia", "GE", Kind.country),
        ("Black Sea", "Black Sea", None, Kind.water),
        ("Dnieper", "Dnieper", None, Kind.water),
        ("Africa", "Africa", None, Kind.continent),
        ("Tarrant County", "Tarrant County", "US", Kind.district),
        ("Mexico", "Mexico", "MX", Kind.country),
    ],
)
def test_the_best_known_place_of_a_name_comes_first(
    world: Gazetteer, name: str, found: str, country: str | None, kind: Kind
) -> None:
    first = world.places(name)[0]
    assert (first.name, first.country, first.kind) == (found, country, kind)


def test_a_name_may_mean_several_places(world: Gazetteer) -> None:
    states = {place.admin1 for place in world.places("Springfield") if place.country == "US"}
    assert {"IL", "MA", "MO"} <= states


def test_an_unknown_name_means_nothing_and_a_beginning_goes_on(world: Gazetteer) -> None:
    assert world.find("qwertyuiop") is None
    assert world.find("rio de") == ()


def test_no_place_lies_off_the_globe(world: Gazetteer) -> None:
    for name in ("Kyiv", "Fiji", "Alaska", "Antarctica", "Samoa", "Pacific"):
        for place in world.places(name):
            assert place.latitude is not None
            assert place.longitude is not None
            assert abs(place.latitude) <= 90
            assert abs(place.longitude) <= 180


def test_a_list_gives_names_kind_and_point(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(HEAD + "# a note\nOlhivka,Olgovka|Ol'hivka,city,UA,05,48.5,37.5,\nQuill Spit,,area,UA,05,,,\n")
    village, spit = rows(path)
    assert village.own == ("Olhivka", "Olgovka", "Ol'hivka")
    assert (village.latitude, village.longitude, village.kind) == (48.5, 37.5, Kind.city)
    assert (spit.latitude, spit.longitude) == (48.1, 37.8), "the middle of its subdivision"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name,kind\nOlhivka,city\n", "line 1: the columns name, aliases"),
        (HEAD + "Olhivka,,hamlet,UA,05,1,2,\n", "line 2: kind 'hamlet' is none of country"),
        (HEAD + "A,,city,UA,05,1,2,\nB,,city,UA,05,north,2,\n", "line 3 (B)"),
        (HEAD + "Olhivka,,city,UA,05,91,2,\n", "out of range"),
        (HEAD + ",,city,UA,05,1,2,\n", "the name is missing"),
        (HEAD + "Olhivka,,city,XX,99,,,\n", "coordinates are missing"),
        (HEAD + "Olhivka,,city\n", "line 2 (Olhivka)"),
    ],
)
def test_a_wrong_list_is_refused_with_file_and_line(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text)
    with pytest.raises(SettingsError) as refused:
        rows(path)
    assert str(path) in str(refused.value)
    assert complaint in str(refused.value)


def test_the_packaged_and_the_user_lists_are_right() -> None:
    for path in gazetteer_sources.lists(Path("config/gazetteer")):
        middles = _any_middle()
        for row in gazetteer_sources.read_list(path, middles):
            assert row.own[0] == row.name
            assert row.country == "" or len(row.country) == 2


def _any_middle() -> dict[tuple[str, str], tuple[float, float]]:
    class Anywhere(dict[tuple[str, str], tuple[float, float]]):
        def get(self, key: object, default: object = None) -> tuple[float, float]:
            return (1.0, 1.0)

    return Anywhere()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A small index in place of the world's, so that building takes no time."""
    row = gazetteer_sources.Row(7, 48.5, 37.5, 900, "Olhivka", "05", Kind.city, "UA", ("Olhivka", "Olhivka Velyka"), ())
    monkeypatch.setattr(gazetteer_sources, "rows", lambda folder: iter([row]))
    return gazetteer_build.build(None)


def test_an_index_gives_back_what_went_in(small: bytes) -> None:
    index = Gazetteer(small)
    (place,) = index.places("OLHIVKA")
    assert (place.geonames_id, place.latitude, place.longitude, place.country, place.admin1, place.own) == (
        7,
        48.5,
        37.5,
        "UA",
        "05",
        True,
    )
    assert index.places("Olhivka Velyka") == (place,)
    assert index.find("velyka") is None


def test_the_index_is_the_same_bytes_each_time(small: bytes) -> None:
    assert gazetteer_build.build(None) == small


def test_the_index_is_built_once_and_then_mapped(tmp_path: Path, small: bytes) -> None:
    said: list[str] = []
    for _ in range(2):
        assert gazetteer.open_cached(None, tmp_path, said.append).places("Olhivka")
    assert len(said) == 1
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [small]


def test_a_broken_cache_file_is_built_anew(tmp_path: Path, small: bytes) -> None:
    gazetteer.open_cached(None, tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"")
    assert gazetteer.open_cached(None, tmp_path).places("Olhivka")
    assert path.read_bytes() == small


def test_without_a_writable_cache_the_index_stays_in_memory(tmp_path: Path, small: bytes) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert gazetteer.open_cached(None, blocked / "cache").places("Olhivka")


def test_another_list_makes_another_index(tmp_path: Path) -> None:
    before = gazetteer_build.fingerprint(tmp_path)
    (tmp_path / "own.csv").write_text(HEAD)
    assert gazetteer_build.fingerprint(tmp_path) != before


def _open(cached: Path) -> bool:
    return bool(gazetteer.open_cached(None, cached).places("Olhivka"))


def test_builders_may_race(tmp_path: Path, small: bytes) -> None:
    context = multiprocessing.get_context("fork")
    with context.Pool(4) as pool:
        assert all(pool.map(_open, [tmp_path] * 8))
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [small]


def test_a_built_index_is_ready_at_once(world: Gazetteer) -> None:
    started = time.perf_counter()
    gazetteer.open_cached(gazetteer.user_folder(), gazetteer.cache_folder()).places("Kyiv")
    assert time.perf_counter() - started < 0.5, "0.02 s on an idle machine; the promise is 0.2 s"


def test_folders_follow_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLEDGER_CONFIG", "/etc/newsledger")
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache")
    assert gazetteer.user_folder() == Path("/etc/newsledger/gazetteer")
    assert gazetteer.cache_folder() == Path("/var/cache/newsledger")


def test_the_command_says_what_is_wrong_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gazetteer").mkdir()
    (tmp_path / "gazetteer" / "own.csv").write_text("name\nOlhivka\n")
    monkeypatch.setenv("NEWSLEDGER_CONFIG", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(gazetteer_sources, "PACKAGED", tmp_path / "none")
    monkeypatch.setattr(gazetteer_sources, "geonames", lambda: _nothing(tmp_path))
    with pytest.raises(SystemExit, match=r"own\.csv, line 1: the columns name, aliases"):
        gazetteer.main()


def _nothing(folder: Path) -> Path:
    for name, content in {"cities500": "{}", "countries": "{}", "us_counties": "[]"}.items():
        (folder / f"{name}.json").write_text(content)
    return folder
