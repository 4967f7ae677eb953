"""Documents in languages without rules: an article with its language, and no facts that English rules would invent."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from newsledger.extract import document
from newsledger.records import Extraction

# Each holds what the rules of English would take for quotes, names, figures and dates.
TEXTS = {
    "uk": "Мер міста сказав у понеділок, що 5 000 людей залишили Харків 3 травня 2024 року. «Ми відкриті», — додала "
    "Олена Гриценко, речниця ООН. Дороги будуть закриті до п’ятниці, а школи працюватимуть далі.",
    "ru": "Мэр города сказал в понедельник, что 5 000 человек покинули Харьков 3 мая 2024 года. «Мы открыты», — "
    "добавила Анна Берг, представитель ООН. Дороги будут закрыты до пятницы, а школы продолжат работу.",
    "de": "Der Bürgermeister sagte am Montag, dass 5.000 Menschen Paris am 3. Mai 2024 verlassen hätten. „Wir sind "
    "offen“, sagte Anna Berg, Sprecherin der UN in New York. Die Straßen bleiben bis Freitag gesperrt.",
    "zh": "市长周一表示，2024年5月3日已有5000人离开巴黎。“我们开放，”联合国发言人安娜·贝格说。道路将封闭至周五，"
    "学校照常上课，图书馆也将在周日对所有人开放。",
    "ar": "قال رئيس البلدية يوم الاثنين إن 5000 شخص غادروا باريس في 3 مايو 2024. وأضافت آنا بيرغ، المتحدثة باسم الأمم "
    "المتحدة: «نحن منفتحون». وستبقى الطرق مغلقة حتى يوم الجمعة بينما تعمل المدارس كالمعتاد.",
    "fr": "Le maire a déclaré lundi que 5 000 personnes avaient quitté Paris le 3 mai 2024. « Nous sommes ouverts », a "
    "ajouté Anna Berg, porte-parole de l’ONU à New York. Les routes resteront fermées jusqu’à vendredi.",
}


def unread(found: Extraction, language: str) -> None:
    assert (found.article.language, found.article.facts_read) == (language, False)
    assert (found.quotes, found.mentions, found.figures, found.dates) == ((), (), (), ())


@pytest.mark.parametrize("language", TEXTS)
def test_an_article_in_another_language_has_its_language_and_no_facts(language: str) -> None:
    (found,) = document.read(TEXTS[language].encode(), "a.txt")
    unread(found, language)
    assert found.article.body == TEXTS[language]


@pytest.mark.parametrize("language", TEXTS)
def test_the_text_decides_against_a_page_that_says_it_is_english(language: str) -> None:
    page = f'<html lang="en"><title>News</title><body><article><p>{TEXTS[language]}</p></article></body></html>'
    (found,) = document.read(page.encode(), "a.html")
    unread(found, language)
    data = {"@type": "NewsArticle", "headline": "News", "inLanguage": "en-GB", "articleBody": TEXTS[language]}
    (found,) = document.read(json.dumps(data).encode(), "a.json")
    unread(found, language)
    assert found.article.headline == "News"


@pytest.mark.parametrize(("language", "encoding"), [("uk", "cp1251"), ("ru", "koi8-r"), ("zh", "gb18030")])
def test_an_old_encoding_hides_no_language(language: str, encoding: str) -> None:
    (found,) = document.read((TEXTS[language] * 3).encode(encoding, "ignore"), "a.txt")
    unread(found, language)
    assert any("encoding" in note for note in found.article.notes)


def test_a_text_in_english_that_quotes_another_language_is_read() -> None:
    body = (
        "The mayor of the town said on Monday that the roads would stay closed for the rest of the week and that the "
        "schools were open to all who have children there. “Ми відкриті,” Anna Berg said, which means that they are."
    )
    (found,) = document.read(body.encode(), "a.txt")
    assert (found.article.language, found.article.facts_read) == ("en", True)
    assert "Anna Berg" in {one.exact for one in found.mentions}


def test_the_rules_of_english_are_not_even_imported_for_another_language(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS["uk"])
    program = (
        "import sys; from pathlib import Path; from newsledger.extract import document;"
        f"list(document.read_file(Path({str(tmp_path / 'a.txt')!r})));"
        "print(any(name.startswith('newsledger.extract.english') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]
