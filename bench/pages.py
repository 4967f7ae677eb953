"""Made-up web pages of newspapers: an article among the navigation, pointers, pleas and scripts around it."""

import html
import json

from bench.articles import article

_LINKS = "".join(f'<li><a href="/section/{n}">Section number {n}</a></li>' for n in range(40))
_CARDS = "".join(
    f'<div class="card teaser"><a href="/story/{n}"><img src="/{n}.jpg" alt=""><h3>Another story, number {n}</h3></a>'
    f'<p class="summary">A summary of story {n} in a few words.</p></div>'
    for n in range(30)
)
_SCRIPT = "<script>window.data = " + json.dumps([{"id": n, "slot": f"ad-{n}", "sizes": [300, 250]} for n in range(200)])
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{headline} | The Test Courier</title>
<meta property="og:title" content="{headline}"><meta property="og:site_name" content="The Test Courier">
<meta property="article:published_time" content="2024-03-0{day}T08:30:00+01:00">
<link rel="canonical" href="https://courier.example/story/{number}">
<script type="application/ld+json">{stated}</script>{script}</script><style>.card {{ float: left }}</style></head>
<body><header><nav class="menu"><ul>{links}</ul></nav></header><main><article><h1>{headline}</h1>
<p class="byline">By Anna Berg</p><figure><img src="/a.jpg" alt="The quay">
<figcaption>The quay. Photo: A. Berg</figcaption></figure>
<div class="article-body">{paragraphs}</div>
<div class="newsletter"><p>Sign up for our daily newsletter</p></div></article>
<aside class="related"><h2>Related stories</h2>{cards}</aside></main>
<footer><ul>{links}</ul><p>Copyright 2024 The Test Courier. All rights reserved.</p></footer></body></html>"""


def page(number: int, paragraphs: int = 13) -> str:
    """One page around ``bench.articles.article`` of the same number."""
    headline, _, text = article(number, paragraphs).partition("\n\n")
    stated = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": f"2024-03-0{1 + number % 9}T08:30:00+01:00",
        "author": [{"@type": "Person", "name": "Anna Berg"}],
        "publisher": {"@type": "Organization", "name": "The Test Courier"},
    }
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line)
    return _PAGE.format(
        headline=headline, day=1 + number % 9, number=number, stated=json.dumps(stated), script=_SCRIPT, links=_LINKS,
        paragraphs=lines, cards=_CARDS,
    )  # fmt: skip
