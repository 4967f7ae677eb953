-- What people ask the table for, in DuckDB. `articles` is the table itself: every revision of every version of every
-- article, its facts as lists. First say where it is, either in Python:
--
--   import duckdb, deltalake
--   articles = deltalake.DeltaTable("s3://news/records/articles", storage_options=options).to_pyarrow_dataset()
--   duckdb.register("articles", articles)
--
-- or in the DuckDB shell (with an S3 secret, once its extension is installed):
--
--   CREATE VIEW articles AS FROM delta_scan('s3://news/records/articles');
--
-- and then run this file. One row of quotes, mentions, figures and dates is one fact with the article that it is from;
-- `..._latest` keeps to the newest revision of the newest version.

CREATE OR REPLACE TEMP VIEW articles_latest AS
SELECT * FROM articles
WHERE seq IN (SELECT arg_max(seq, {'version': version, 'revision': revision}) FROM articles GROUP BY article_id);

CREATE OR REPLACE TEMP VIEW quotes AS
SELECT article_id, version, revision, seq, published_at, url, headline, publisher, date_published, language,
       unnest(quotes, max_depth := 2) FROM articles;

CREATE OR REPLACE TEMP VIEW quotes_latest AS
SELECT article_id, version, revision, seq, published_at, url, headline, publisher, date_published, language,
       unnest(quotes, max_depth := 2) FROM articles_latest;

CREATE OR REPLACE TEMP VIEW mentions AS
SELECT article_id, version, revision, seq, published_at, url, headline, publisher, date_published, language,
       unnest(mentions, max_depth := 2) FROM articles;

CREATE OR REPLACE TEMP VIEW mentions_latest AS
SELECT article_id, version, revision, seq, published_at, url, headline, publisher, date_published, language,
       unnest(mentions, max_depth := 2) FROM articles_latest;

CREATE OR REPLACE TEMP VIEW figures AS
SELECT article_id, version, revision, seq, published_at, url, headline, publisher, date_published, language,
       unnest(figures, max_depth := 2) FROM articles;

CREATE OR REPLACE TEMP VIEW figures_latest AS
SELECT article_id, version, revision, seq, published_at, url, headline, publisher, date_published, language,
       unnest(figures, max_depth := 2) FROM articles_latest;

CREATE OR REPLACE TEMP VIEW dates AS
SELECT article_id, version, revision, seq, published_at, url, headline, publisher, date_published, language,
       unnest(dates, max_depth := 2) FROM articles;

CREATE OR REPLACE TEMP VIEW dates_latest AS
SELECT article_id, version, revision, seq, published_at, url, headline, publisher, date_published, language,
       unnest(dates, max_depth := 2) FROM articles_latest;
