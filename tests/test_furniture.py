"""Furniture: a catalogue of lines that are not text, and of lines that only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract import furniture


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("READ MORE: Harbour talks stall again", "pointer"),
        ("READ MORE Harbour talks stall again", "pointer"),
        ("Read more: How the strike began", "pointer"),
        ("Also read: Ferry fares rise", "pointer"),
        ("Related: Ferry fares rise", "pointer"),
        ("DON'T MISS", "pointer"),
        ("Most read in Sport", "pointer"),
        ("You may also like...", "pointer"),
        ("(Image: PA)", "credit"),
        ("[Photo: Anna Berg/AP]", "credit"),
        ("Photo by Anna Berg", "credit"),
        ("Image credit: Holt Library", "credit"),
        ("The quay at dawn. Anna Berg/Getty Images", "credit"),
        ("© 2025 The Courier. All rights reserved.", "credit"),
        ("Source: Harbour Office", "credit"),
        ("Sign up for our daily newsletter", "plea"),
        ("Get the day's headlines in your inbox.", "plea"),
        ("Click here to sign up for alerts", "plea"),
        ("CLICK HERE TO GET THE COURIER APP", "plea"),
        ("Follow Anna Berg on Twitter @annaberg", "plea"),
        ("Have a tip? Write to desk@courier.example.", "plea"),
        ("We may earn a commission from links on this page.", "plea"),
        ("We use cookies to improve your experience. Accept or manage them here.", "consent"),
        ("Advertisement", "label"),
        ("Story continues below", "label"),
        ("___", "label"),
        ("Filed under: Holt, ferries", "label"),
        ("This is a breaking news story. More follows.", "label"),
        ("Updated at 1:23 p.m.", "time"),
        ("Published 3 May 2024", "time"),
        ("Posted: Friday, March 8, 2013 2:39 pm", "time"),
    ],
)
def test_furniture_is_told_by_its_kind(line: str, kind: str) -> None:
    assert furniture.kind(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Read more than one book a week, the minister advised.",
        "The newsletter was sent to 400 people, and the police want to know by whom.",
        "Cookies are baked in Holt on Sundays, and the whole street smells of them.",
        "Related companies of the port paid nothing, the auditors said.",
        "Get out of the way, the captain shouted when the ferry came in.",
        "Photographs of the quay were found in the office, the police said.",
        "Popular anger has grown since the fares rose.",
        "Follow the money, the lawyer said, and you will find the harbour master.",
        "Published in 2019, the report named nobody and was forgotten.",
        "Share prices fell by four per cent on Monday.",
        "Subscribers to the old tariff pay nothing more until June, the company said.",
        "Video of the crash shows the ferry turning too late.",
        "Strategic importance of the harbour",
        "Comments from the mayor were not available on Sunday.",
        "Help is on its way, the coast guard said.",
        "Sources: three people in the office, who asked not to be named, and a letter that the newspaper has seen",
    ],
)
def test_text_stays(line: str) -> None:
    assert furniture.kind(line) is None


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Mayor Ida Krog (pictured) said no.", "Mayor Ida Krog said no."),
        ("He told Ida Krog (below) what he had seen.", "He told Ida Krog what he had seen."),
        ("Ida Krog (pictured, left) and Per Aas (right) met.", "Ida Krog and Per Aas met."),
        ("See Table (below) for the fares.", "See Table (below) for the fares."),
        ("The temperature was low (below zero) for weeks.", "The temperature was low (below zero) for weeks."),
        ("The party was small (left) of centre.", "The party was small (left) of centre."),
    ],
)
def test_pointers_to_pictures_go_where_they_follow_a_name(line: str, text: str) -> None:
    assert list(furniture.without([line])) == [text]


@given(st.text(min_size=furniture.LONGEST + 1, max_size=2000))
def test_a_long_paragraph_is_text(line: str) -> None:
    assert furniture.kind(line) is None
