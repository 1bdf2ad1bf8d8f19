"""The Python package beside the command: the same answers, as objects."""
import dataclasses
import json
import pickle
import threading
import warnings

import pytest

import recoupe


# -------------------------------------------------------------------------------------------------------------- compare


def test_compare_gives_what_the_command_writes(crue, command):
    dossier = recoupe.compare(crue)
    assert dossier.json() == command("compare", "--format", "json", *crue)
    assert dossier.text(width=100) == command("compare", "--format", "text", "--color", "never", *crue)
    assert dossier.html() == command("compare", "--format", "html", *crue)
    assert dossier.jsonld() == command("compare", "--format", "jsonld", *crue)


def test_a_dossier_is_made_of_frozen_dataclasses(crue):
    dossier = recoupe.compare(crue)
    assert dossier.summary.articles == len(dossier.articles) == 8
    assert dossier.lead.id == dossier.summary.lead
    assert dossier.lead.support.independent == dossier.summary.independent
    with pytest.raises(dataclasses.FrozenInstanceError):
        dossier.lead.gist = "another"
    texts = {a.id: a.text for a in dossier.articles}
    for claim in dossier.claims:
        for at in claim.appearances:
            assert texts[at.article][at.start:at.end] == at.exact
    assert any(claim.conflicts for claim in dossier.claims)


def test_the_order_of_inputs_does_not_matter(crue):
    assert recoupe.compare(reversed(crue)) == recoupe.compare(crue)


def test_compare_takes_what_one_has(crue):
    as_bytes = [open(path, "rb").read() for path in crue]
    records = [{"id": path, "text": data.decode()} for path, data in zip(crue, as_bytes)]
    for inputs in (as_bytes, records, [crue[0], *records[1:]]):
        assert recoupe.compare(inputs).summary.articles == 8


def test_explain_one_claim(crue):
    dossier = recoupe.compare(crue)
    assert dossier.lead.gist.split()[0] in dossier.text(explain=dossier.lead.id)
    with pytest.raises(recoupe.UsageError):
        dossier.text(explain="no such claim")


def test_a_dossier_can_be_saved_and_pickled(crue):
    dossier = recoupe.compare(crue[:3])
    for again in (recoupe.Dossier.from_json(dossier.json()), pickle.loads(pickle.dumps(dossier))):
        assert again == dossier
        with pytest.raises(ValueError):
            again.html()


# -------------------------------------------------------------------------------------------------------------- extract


def test_extract_gives_what_the_command_writes(crue, command):
    lines = command("extract", "--format", "jsonl", *crue).splitlines()
    assert [dataclasses.asdict(a) for a in recoupe.extract(crue)] == [json.loads(line) for line in lines]


def test_extract_a_page_from_memory():
    page = "<html><head><title>La digue tient</title></head><body><article><h1>La digue tient</h1>" \
           "<p>La digue de Brévigny a tenu toute la nuit, a dit la préfecture.</p>" \
           "<p>Les habitants de la rue basse ont pu rentrer chez eux mardi matin.</p></article></body></html>"
    [article] = recoupe.extract(page.encode())
    assert article.title == "La digue tient"
    assert "rue basse" in article.text and "<p>" not in article.text
    assert article.language == "fr" and 0 < article.confidence <= 1


def test_extract_is_lazy(crue):
    def inputs():
        yield crue[0]
        raise AssertionError("asked for more than was needed")
    assert next(recoupe.extract(inputs())).source == crue[0]


# ---------------------------------------------------------------------------------------------------------------- reuse


def line_of(pair):
    share = "{:.4f}".format
    passages = [{"a": {"start": p.a, "end": p.a_end}, "b": {"start": p.b, "end": p.b_end}, "verbatim": p.verbatim} for p in pair.passages]
    return {"a": pair.a, "b": pair.b, "kind": pair.kind, "resemblance": float(share(pair.resemblance)),
            "containment": float(share(pair.containment)), "passages": passages}


def test_reuse_gives_what_the_command_writes(corpus, command):
    lines = [json.loads(line) for line in command("reuse", "--quiet", "--format", "jsonl", corpus).splitlines()]
    assert [line_of(p) for p in recoupe.reuse(corpus)] == lines
    assert {p["kind"] for p in lines} == {"near-duplicate", "passage"}


def test_reuse_of_records_is_reuse_of_the_file(corpus):
    records = [json.loads(line) for line in open(corpus)]
    assert list(recoupe.reuse(records)) == list(recoupe.reuse(corpus))
    with_window = list(recoupe.reuse(iter(records), window_days=30))
    assert with_window == list(recoupe.reuse(corpus, window_days=30))


def test_passages_are_the_words_of_both(corpus):
    texts = {r["id"]: r["text"] for r in map(json.loads, open(corpus))}
    for pair in recoupe.reuse(corpus):
        for p in pair.passages:
            if p.verbatim:
                assert texts[pair.a][p.a:p.a_end].lower() == texts[pair.b][p.b:p.b_end].lower()


def test_a_corpus_goes_on_from_a_saved_one(corpus, tmp_path):
    records = [json.loads(line) for line in open(corpus)]
    first, second = recoupe.Corpus(), recoupe.Corpus()
    first.read(records[:20])
    first.finish()
    before = list(first.pairs())
    first.save(tmp_path / "index")
    second.load(tmp_path / "index")
    second.read(records[20:])
    second.finish()
    both = before + list(second.pairs())
    assert both == list(recoupe.reuse(corpus))
    assert second.stats().articles == 20   # of this run


def test_articles_and_phrases(corpus, command):
    whole = recoupe.Corpus(articles=True, phrases=True)
    whole.read(corpus)
    whole.finish()
    said = [json.loads(x) for x in command("reuse", "--quiet", "--articles", "--format", "jsonl", corpus).splitlines()]
    articles = [x for x in said if "originality" in x]
    assert [(x.id, x.group) for x in whole.articles()] == [(x["id"], x["group"]) for x in articles]
    assert list(whole.articles()) == []   # each once
    assert list(whole.phrases()) == []


# -------------------------------------------------------------------------------------------------------------- stories


def test_stories_gives_what_the_command_writes(crue, command):
    lines = [json.loads(line) for line in command("stories", "--final", *crue).splitlines()]
    assert [dataclasses.asdict(m) for m in recoupe.stories(crue, final=True)] == lines


# --------------------------------------------------------------------------------------------------------------- errors


def test_what_cant_be_read_is_told_and_passed_over(crue, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a", "text": "Un texte."}\n{"id": broken\n{"id": "c", "text": "Un autre."}\n')
    with pytest.warns(recoupe.InputWarning, match="bad.jsonl:2"):
        assert [a.id for a in recoupe.extract(bad)] == ["a", "c"]
    found = []
    assert [a.id for a in recoupe.extract([bad, tmp_path / "none"], errors=found.append)] == ["a", "c"]
    assert [e.text for e in found][1:] == ["No such file or directory"] and isinstance(found[0], recoupe.InputError)
    with pytest.raises(recoupe.InputError) as caught:
        list(recoupe.extract(bad, errors="raise"))
    assert caught.value.source.endswith("bad.jsonl:2") and caught.value.offset == 13
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(list(recoupe.extract(bad, errors="ignore"))) == 2
    found.clear()
    list(recoupe.reuse(bad, errors=found.append))
    assert [e.source.rsplit(":")[-1] for e in found] == ["2"]


def test_mistakes_are_exceptions(crue, tmp_path):
    with pytest.raises(recoupe.UsageError):
        recoupe.compare(crue, published="the day before")
    with pytest.raises(recoupe.UsageError):
        recoupe.compare(crue, input="docx")
    with pytest.raises(TypeError, match="text is wanted, not <class 'int'>"):
        recoupe.compare(crue, locale=3)
    with pytest.raises(recoupe.UsageError):
        recoupe.compare(crue, max_telling=-1)
    with pytest.raises(TypeError):
        list(recoupe.extract([5]))
    with pytest.raises(recoupe.Error):
        recoupe.compare([])
    (tmp_path / "index").write_bytes(b"no index")
    with pytest.raises(recoupe.DamagedError):
        recoupe.Corpus().load(tmp_path / "index")
    assert issubclass(recoupe.SystemFailure, OSError) and issubclass(recoupe.UsageError, ValueError)


def test_limits_may_be_set():
    page, said = b"La digue a tenu toute la nuit, a dit la mairie.\n" * 50, []
    assert len(list(recoupe.extract(page))) == 1
    assert not list(recoupe.extract(page, max_article=1000, errors=said.append)) and "1000 bytes" in str(said[0])
    assert recoupe.compare([page], max_telling=200).diagnostics


def test_a_complaint_may_stop_the_reading(tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a", "text": "Un texte."}\n' + '{"id": "b", broken\n' * 100)

    def stop(error):
        raise KeyError("enough")
    with pytest.raises(KeyError):
        list(recoupe.reuse(bad, errors=stop))


# -------------------------------------------------------------------------------------------------------------- threads


def test_threads_work_side_by_side(corpus):
    expected = list(recoupe.reuse(corpus))
    results = [None] * 4

    def work(i):
        results[i] = list(recoupe.reuse(corpus, threads=1))
    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert results == [expected] * 4


def test_one_object_serves_one_thread_at_a_time():
    """The GIL is released while an article is read: this thread goes on, and is refused the object."""
    whole = recoupe.Corpus(threads=1)
    text = "un mot et encore un autre mot " * 200_000
    thread = threading.Thread(target=lambda: [whole.add(str(i), text) for i in range(5)])
    refused = 0
    thread.start()
    while thread.is_alive() and not refused:
        try:
            whole.stats()
        except RuntimeError:
            refused += 1
    thread.join()
    assert refused


# --------------------------------------------------------------------------------------------------------------- tables


def test_arrow_tables(corpus, crue):
    pa = pytest.importorskip("pyarrow")
    pairs = list(recoupe.reuse(corpus))
    table = recoupe.to_arrow(pairs)
    assert table.schema == recoupe.schema_of(recoupe.Pair) and table.num_rows == len(pairs)
    assert table.column("passages")[0].as_py()[0]["a_end"] == pairs[0].passages[0].a_end
    batches = list(recoupe.arrow_batches(recoupe.extract(corpus), rows=15))
    assert [b.num_rows for b in batches] == [15, 15, 10]
    assert recoupe.to_arrow([], recoupe.Member).num_rows == 0
    claims = recoupe.to_arrow(recoupe.compare(crue).claims)
    assert claims.num_rows > claims.column("claim").combine_chunks().dictionary_encode().dictionary.__len__()
    assert isinstance(claims, pa.Table)
    with pytest.raises(recoupe.UsageError):
        recoupe.to_arrow([])


def test_pandas_frames(corpus):
    pytest.importorskip("pandas")
    frame = recoupe.to_pandas(recoupe.reuse(corpus))
    assert list(frame.columns) == ["a", "b", "kind", "resemblance", "containment", "passages"]
    assert (frame.resemblance <= frame.containment).all()
    assert list(recoupe.to_pandas([], recoupe.Phrase).columns) == ["text", "groups", "articles"]
