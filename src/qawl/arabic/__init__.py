"""The language, nothing of news: folding, words, sentences, quotations, dates, names."""
