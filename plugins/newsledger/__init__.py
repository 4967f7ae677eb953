"""newsledger: news in, checked facts out; every fact carries the exact words it was read from."""
