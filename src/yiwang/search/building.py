"""Building an index: documents and the lexicon of their words, written to a folder."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pypinyin
import rjieba
import tantivy

from yiwang.search.documents import Document
from yiwang.search.lexicon import Lexicon, Said
from yiwang.search.words import is_latin, plain, runs, tokens

FORMAT = 1  # of what is written: another number is another index
_CHINESE = re.compile(r"[㐀-鿿]+")
_LONGEST_PHRASE = 7


def schema() -> tantivy.Schema:
    """`name` what it is called, `about` what is said about it; `at` its number in the documents."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("name", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("about", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("at", stored=True, fast=True)
    return builder.build()


def build(folder: Path, documents: Sequence[Document], said: Mapping[str, Said]) -> None:
    """Write everything a search needs into an empty folder."""
    lexicon = lexicon_of(documents, said)
    inside = folder / "tantivy"
    inside.mkdir()
    index = tantivy.Index(schema(), path=str(inside))
    writer = index.writer(heap_size=20_000_000, num_threads=1)
    for at, one in enumerate(documents):
        row = tantivy.Document()
        row.add_unsigned("at", at)
        row.add_text("name", " ".join(tokens(plain(name_of(one)))))
        row.add_text("about", " ".join(tokens(plain(about(one)))))
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()
    _write(folder / "documents.json", [_data(one) for one in documents])
    _write(folder / "lexicon.json", lexicon.as_data())


def name_of(one: Document) -> str:
    """What a document is called, in every language."""
    return "\n".join((one.title.zh, one.title.en, *one.aliases))


def about(one: Document) -> str:
    """What else is said about it."""
    return "\n".join((*(f"{it.zh}\n{it.en}" for it in (*one.themes, *one.life_events)),
                      one.department.zh, one.summary.zh, one.summary.en, one.body))  # fmt: skip


def lexicon_of(documents: Sequence[Document], said: Mapping[str, Said]) -> Lexicon:
    """The words of these documents and of a vocabulary, with their sounds."""
    counts: Counter[str] = Counter()
    cut: dict[str, list[str]] = {}
    for one in documents:
        name = plain(name_of(one))
        counts.update(set(tokens(name)))
        for run in runs(name):
            if not is_latin(run):
                cut[run] = cut.get(run) or rjieba.cut(run)
    means = [word for one in said.values() for some in one.means for word in some.split()]
    for word in (*said, *means):
        counts.update(dict.fromkeys(tokens(word), 0))
    sounds = _sounds({*said, *means, *(word for words in cut.values() for word in words)})
    phrases = {phrase: heard for words in cut.values() for phrase, heard in _phrases(words, sounds)}
    return Lexicon(
        said=dict(said),
        sounds=phrases | {word: heard for word, heard in sounds.items() if len(word) > 1},
        readings=_readings({sign for word in sounds for sign in word}),
        counts=dict(counts),
        names=len(documents),
    )


def _sounds(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(pypinyin.lazy_pinyin(word)) for word in words if _CHINESE.fullmatch(word)}


def _phrases(
    words: Sequence[str], sounds: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Two or three neighbouring words of a name together, with their sound."""
    for start in range(len(words)):
        for end in range(start + 2, min(len(words), start + 3) + 1):
            phrase = "".join(words[start:end])
            if len(phrase) <= _LONGEST_PHRASE:
                yield phrase, tuple(one for word in words[start:end] for one in sounds[word])


def _readings(signs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The syllables of these characters, and of every common one."""
    common = (chr(n) for n in range(0x4E00, 0x9FA6))
    wanted = {*signs, *(sign for sign in common if _in_gb2312(sign))}
    return {
        sign: tuple(dict.fromkeys(heard[0]))
        for sign in sorted(wanted)
        if (heard := pypinyin.pinyin(sign, style=pypinyin.Style.NORMAL, heteronym=True))
    }


def _in_gb2312(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _data(one: Document) -> dict[str, Any]:
    data = asdict(one)
    for name in ("title", "summary", "department", "place", "days"):
        data[name] = [getattr(one, name).zh, getattr(one, name).en]
    for name in ("life_events", "themes"):
        data[name] = [[it.zh, it.en] for it in getattr(one, name)]
    return data


def _write(file: Path, data: Any) -> None:
    file.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
