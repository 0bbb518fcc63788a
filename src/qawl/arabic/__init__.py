"""The language, nothing of news: folding, words, sentences, quotations, dates, names."""

__all__: list[str] = []
