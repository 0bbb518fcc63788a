"""The data files: lexicons, lists of names and rates as tables (``*.tsv``), and the articles of the demo."""

__all__: list[str] = []
