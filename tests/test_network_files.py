"""Networks as files: what was written is read back whole, hostile text is harmless, bytes stay the same."""

import math
import os
import re
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from test_cooccurrence import as_tuples

from helpers import (
    Corpus,
    InputError,
    count_cooccurrences,
    count_mentions,
    find_backbone,
    find_communities,
    make_network,
    make_nodes,
    measure_actors,
    save_network,
    weigh_cooccurrences,
)

NODES = pd.DataFrame({"actor_id": ["b", "a", "c"], "actor": ["Bo", "Ann", "Cy"], "type": "person"})
EDGES = pd.DataFrame({"source": ["b", "a"], "target": ["c", "b"], "weight": [1.5, 2.0], "n_windows": [1, 2]})


@pytest.fixture
def toy_edges(toy: Corpus, toy_mentions: pd.DataFrame) -> pd.DataFrame:
    """The pairs of the toy corpus with all that the suite knows of them."""
    return find_backbone(weigh_cooccurrences(count_cooccurrences(toy, toy_mentions), "jaccard"))


@pytest.fixture
def toy_nodes(toy: Corpus, toy_mentions: pd.DataFrame, toy_edges: pd.DataFrame) -> pd.DataFrame:
    """The actors of the toy corpus with all that the suite knows of them."""
    return make_nodes(count_mentions(toy, toy_mentions), measure_actors(toy_edges))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def read_graphs(paths: list[Path]) -> list[Any]:
    """The GraphML and the GEXF file as networkx reads them."""
    return [nx.read_graphml(paths[0]), nx.read_gexf(paths[1])]


def check_same(graph: Any, other: Any) -> None:
    """Nodes and edges with their data, and of each value its type."""
    assert {n: dict(data) for n, data in graph.nodes(data=True)} == dict(other.nodes(data=True))
    ties, others = (
        {frozenset((a, b)): dict(data) for a, b, data in g.edges(data=True)} for g in (graph, other)
    )
    assert ties == others
    for data, again in [(graph.nodes[n], other.nodes[n]) for n in graph] + [
        (ties[t], others[t]) for t in ties
    ]:
        assert {key: type(value) for key, value in data.items()} == {
            key: type(value) for key, value in again.items()
        }


# The nodes.


def test_nodes_of_the_toy_corpus(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """Who is never mentioned is no node; the order is that of the counts."""
    nodes = make_nodes(count_mentions(toy, toy_mentions))
    assert as_tuples(nodes, list(nodes.columns)) == [
        ("norway", "Norway", "state", "norway", "Norway", 6, 5, 1),
        ("east_borduria", "East Borduria", "state", "east_borduria", "East Borduria", 5, 3, 2),
        ("west_borduria", "West Borduria", "state", "west_borduria", "West Borduria", 1, 0, 1),
        ("anna_berg", "Anna Berg", "person", "norway", "Norway", 4, 4, 0),
        ("jon_stone", "Jon Stone", "person", "east_borduria", "East Borduria", 4, 4, 0),
        ("nrk", "Norwegian Broadcasting Corporation", "organisation", "norway", "Norway", 1, 1, 0),
        ("norway_navy", toy.actors["norway_navy"].name, "organisation", "norway", "Norway", 1, 1, 0),
    ]
    assert list(nodes.columns) == [
        "actor_id", "actor", "type", "affiliation", "affiliation_name", "n_mentions", "n_mentions, Daily",
        "n_mentions, unknown outlet (c)",
    ]  # fmt: skip
    # Counted finer, they add up to the same.
    finer = make_nodes(count_mentions(toy, toy_mentions, by=["outlet", "actor_id", "kind"]))
    pd.testing.assert_frame_equal(finer, nodes)


def test_nodes_with_their_measures(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """An actor who meets nobody has mentions and no measures; whole numbers stay whole."""
    edges = count_cooccurrences(toy, toy_mentions)
    edges = edges[(edges["source"] != "norway") & (edges["target"] != "norway")]
    measures = measure_actors(edges)
    nodes = make_nodes(count_mentions(toy, toy_mentions), measures).set_index("actor_id")
    columns = ["n_partners", "strength", "betweenness", "eigenvector", "community"]
    assert list(nodes.columns[-5:]) == columns
    for row in measures.itertuples():
        assert nodes.loc[row.actor_id, columns].tolist() == [getattr(row, c) for c in columns]
    assert nodes.loc["norway", columns].isna().all()
    assert nodes.loc["norway", "n_mentions"] == 6
    assert [str(nodes[c].dtype) for c in ("n_partners", "community")] == ["Int64", "Int64"]


def test_nodes_of_a_corpus_without_a_mention(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    nodes = make_nodes(count_mentions(toy, toy_mentions.iloc[:0]))
    assert len(nodes) == 0
    assert nodes.columns[0] == "actor_id"


@pytest.mark.parametrize(
    "column", ["actor_id", "actor", "type", "affiliation", "affiliation_name", "outlet", "n_mentions"]
)
def test_counts_that_lack_a_column_are_an_error(column: str, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    message = (
        rf"^the counts lack the column '{column}': expected a table from count_mentions by outlet and "
        r"actor_id$"
    )
    with pytest.raises(InputError, match=message):
        make_nodes(count_mentions(toy, toy_mentions).drop(columns=column))


# The network.


def known(row: dict[str, Any]) -> dict[str, Any]:
    """What is left of a row of plain numbers and text when what is missing is taken out."""
    return {
        key: value.item() if isinstance(value, np.generic) else value
        for key, value in row.items()
        if value is not pd.NA and not (isinstance(value, float) and math.isnan(value))
    }


def test_the_network_holds_all_that_the_tables_say(toy_edges: pd.DataFrame, toy_nodes: pd.DataFrame) -> None:
    graph = make_network(toy_edges, toy_nodes)
    assert list(graph.nodes) == sorted(toy_nodes["actor_id"])
    for row in toy_nodes.to_dict("records"):
        data = known(row)
        actor_id, label = data.pop("actor_id"), data.pop("actor")
        assert graph.nodes[actor_id] == {"label": label, **data}
    ordered = toy_edges.sort_values(["source", "target"]).to_dict("records")
    assert graph.number_of_edges() == len(ordered)
    for number, row in enumerate(ordered):
        data = known(row)
        assert graph.edges[data.pop("source"), data.pop("target")] == {"id": str(number), **data}


@pytest.mark.parametrize("missing", [None, math.nan, math.inf, -math.inf, pd.NA, np.float64("nan")])
def test_a_missing_or_infinite_value_is_no_attribute(missing: Any, tmp_path: Path) -> None:
    nodes = NODES.assign(share=pd.Series([missing, 0.25, missing], dtype=object))
    edges = EDGES.assign(npmi=pd.Series([missing, -1.0], dtype=object))
    graph = make_network(edges, nodes)
    assert {a: data.get("share", "none") for a, data in graph.nodes(data=True)} == {
        "a": 0.25, "b": "none", "c": "none",
    }  # fmt: skip
    assert "npmi" not in graph.edges["b", "c"]
    assert graph.edges["a", "b"]["npmi"] == -1
    for again in read_graphs(save_network(edges, nodes, "n", tmp_path)):
        check_same(graph, again)


def test_a_whole_number_stays_whole_beside_a_missing_one(tmp_path: Path) -> None:
    nodes = NODES.assign(n=pd.array([3, None, 4], dtype="Int64"), yes=[True, False, True])
    graph = make_network(EDGES, nodes)
    assert graph.nodes["b"] == {"label": "Bo", "type": "person", "n": 3, "yes": True}
    assert type(graph.nodes["b"]["n"]) is int
    paths = save_network(EDGES, nodes, "n", tmp_path)
    for again in read_graphs(paths):
        check_same(graph, again)
    table = pd.read_csv(paths[2])
    assert as_tuples(table.dropna(), ["Id", "Label", "yes", "n"]) == [
        ("b", "Bo", True, 3),
        ("c", "Cy", True, 4),
    ]


# The files.


def test_what_was_written_is_read_back(
    toy_edges: pd.DataFrame, toy_nodes: pd.DataFrame, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "folder"
    paths = save_network(toy_edges, toy_nodes, "toy_network-1", folder)
    assert [path.name for path in paths] == [
        "toy_network-1.graphml", "toy_network-1.gexf", "toy_network-1_nodes.csv", "toy_network-1_edges.csv",
    ]  # fmt: skip
    assert sorted(folder.iterdir()) == sorted(paths)
    graph = make_network(toy_edges, toy_nodes)
    for again in read_graphs(paths):
        check_same(graph, again)
    # The tables hold the same, under the heads that Gephi's import looks for.
    nodes = pd.read_csv(paths[2]).sort_values("Id")
    expected = toy_nodes.rename(columns={"actor_id": "Id", "actor": "Label"}).sort_values("Id")
    pd.testing.assert_frame_equal(
        nodes[expected.columns], expected.reset_index(drop=True), check_dtype=False, check_exact=True
    )
    edges = pd.read_csv(paths[3])
    assert edges.columns[:3].tolist() == ["Source", "Target", "Type"]
    assert set(edges["Type"]) == {"Undirected"}
    wanted = toy_edges.rename(columns={"source": "Source", "target": "Target", "weight": "Weight"})
    wanted = wanted.sort_values(["Source", "Target"], ignore_index=True)
    pd.testing.assert_frame_equal(edges[wanted.columns], wanted, check_dtype=False, check_exact=True)
    assert not {"id", "label", "weight"} & {*edges.columns, *nodes.columns}


def test_the_files_as_they_are(tmp_path: Path) -> None:
    paths = save_network(EDGES, NODES, "n", str(tmp_path))
    assert read(paths[2]) == "Id,Label,type\na,Ann,person\nb,Bo,person\nc,Cy,person\n"
    assert (
        read(paths[3]) == "Source,Target,Type,Weight,n_windows\na,b,Undirected,2.0,2\nb,c,Undirected,1.5,1\n"
    )
    gexf = read(paths[1])
    assert gexf.startswith('<?xml version="1.0" encoding="utf-8"?>\n<gexf ')
    assert gexf.endswith("</gexf>\n")
    # Neither a day nor a version of the programs.
    for path in paths:
        assert "meta" not in read(path)
        assert "lastmodified" not in read(path).lower()
        assert "networkx" not in read(path).lower()
        assert not re.search(r"20\d\d-\d\d-\d\d", read(path))
        assert b"\r" not in path.read_bytes()


def test_text_that_looks_like_the_head_stays(tmp_path: Path) -> None:
    """Only the head's own date goes."""
    nodes = NODES.assign(actor="<meta lastmodifieddate='2024-01-01'></meta>")
    paths = save_network(EDGES, nodes, "n", tmp_path)
    for again in read_graphs(paths):
        check_same(make_network(EDGES, nodes), again)
    assert "<meta" not in read(paths[1])


HOSTILE = {
    "Jane\x07\x00 Doe": "Jane Doe",
    "J\ud800ane\udfff": "J ane",
    "\u202eenaJ\u202c \u2066Doe\u2069": "enaJ Doe",
    "\ufffe\uffff": "",
    '<b a="1">&\'</b>': '<b a="1">&\'</b>',
    "]]>&amp;&#0;": "]]>&amp;&#0;",
    "=1+1": "=1+1",
    "@SUM(A1)": "@SUM(A1)",
    "-2, \"a\"; b": "-2, \"a\"; b",
    "\tTab\r\nline ": "Tab line",
    "\x85\x9f": "",
    "": "",
    "Ω ≠ 平壤 😀": "Ω ≠ 平壤 😀",
    "nan": "nan",
    "true": "true",
}  # fmt: skip


@pytest.mark.parametrize("text", list(HOSTILE))
def test_hostile_text_is_harmless(text: str, tmp_path: Path) -> None:
    """In a name, in a value, in a column's head, of nodes and of edges."""
    nodes = NODES.assign(actor=["Bo", text, "Cy"], note=["", text, "x"], **{f"n_mentions, {text}": [1, 2, 3]})
    edges = EDGES.assign(source_name=text, **{f"x{text}": 0.5})
    graph = make_network(edges, nodes)
    clean = HOSTILE[text]
    assert graph.nodes["a"] == {
        "label": clean, "type": "person", "note": clean, f"n_mentions, {clean}".strip(): 2,
    }  # fmt: skip
    assert graph.edges["a", "b"]["source_name"] == clean
    paths = save_network(edges, nodes, "n", tmp_path)
    for again in read_graphs(paths):
        check_same(graph, again)
    table = pd.read_csv(paths[2], keep_default_na=False, dtype=str)
    guarded = f"'{clean}" if clean[:1] in ("=", "@", "-") and clean else clean
    assert table.loc[table["Id"] == "a", ["Label", "note"]].to_numpy().tolist() == [[guarded, guarded]]
    assert f"n_mentions, {clean}".strip() in table.columns
    assert pd.read_csv(paths[3], keep_default_na=False, dtype=str)["source_name"].tolist() == [guarded] * 2


def test_outlets_whose_names_become_alike_stay_apart(tmp_path: Path) -> None:
    counts = pd.DataFrame(
        {
            "outlet": ["A", "A\u202e", "\x07A", "B"],
            "actor_id": "a", "actor": "Ann", "type": "person", "affiliation": "", "affiliation_name": "",
            "n_mentions": [1, 2, 4, 8],
        }
    )  # fmt: skip
    nodes = make_nodes(counts)
    assert nodes["n_mentions"].tolist() == [15]
    graph = make_network(EDGES.iloc[:0], nodes)
    assert graph.nodes["a"] == {
        "label": "Ann", "type": "person", "affiliation": "", "affiliation_name": "", "n_mentions": 15,
        "n_mentions, A": 1, "n_mentions, A (2)": 4, "n_mentions, A (3)": 2, "n_mentions, B": 8,
    }  # fmt: skip
    paths = save_network(EDGES.iloc[:0], nodes, "n", tmp_path)
    for again in read_graphs(paths):
        check_same(graph, again)
    assert pd.read_csv(paths[2])[
        ["n_mentions, A", "n_mentions, A (2)", "n_mentions, A (3)"]
    ].to_numpy().tolist() == [[1, 4, 2]]


def test_a_column_without_a_name_gets_one() -> None:
    graph = make_network(EDGES.iloc[:0], NODES.assign(**{"\x00": 1, "": 2}))
    assert graph.nodes["a"] == {"label": "Ann", "type": "person", "column": 1, "column (2)": 2}


def test_actors_without_a_tie_and_networks_without_an_edge(tmp_path: Path) -> None:
    none = EDGES.iloc[:0]
    paths = save_network(none, NODES, "n", tmp_path)
    for again in read_graphs(paths):
        check_same(make_network(none, NODES), again)
        assert sorted(again.nodes) == ["a", "b", "c"]
    assert read(paths[3]) == "Source,Target,Type\n"
    assert len(pd.read_csv(paths[2])) == 3
    paths = save_network(none, NODES.iloc[:0], "nobody", tmp_path)
    assert [len(g) for g in read_graphs(paths)] == [0, 0]
    assert [read(path) for path in paths[2:]] == ["Id,Label\n", "Source,Target,Type\n"]


def test_the_same_network_is_the_same_bytes_and_written_once(
    toy_edges: pd.DataFrame, toy_nodes: pd.DataFrame, tmp_path: Path
) -> None:
    """Whatever the order of the rows; a file whose content is as before is not touched."""
    paths = save_network(toy_edges, toy_nodes, "n", tmp_path)
    before = [path.read_bytes() for path in paths]
    for path in paths:
        os.utime(path, (1, 1))
    save_network(toy_edges.iloc[::-1], toy_nodes.iloc[::-1], "n", tmp_path)
    assert [path.read_bytes() for path in paths] == before
    assert [path.stat().st_mtime for path in paths] == [1] * 4
    save_network(toy_edges.assign(weight=1.0), toy_nodes, "n", tmp_path)
    assert [path.stat().st_mtime == 1 for path in paths] == [False, False, True, False]
    other = save_network(toy_edges, toy_nodes, "n", tmp_path / "other")
    assert [path.read_bytes() for path in other] == before


def test_the_tables_are_left_as_they_were(
    toy_edges: pd.DataFrame, toy_nodes: pd.DataFrame, tmp_path: Path
) -> None:
    edges, nodes = toy_edges.copy(), toy_nodes.copy()
    save_network(toy_edges, toy_nodes, "n", tmp_path)
    pd.testing.assert_frame_equal(toy_edges, edges)
    pd.testing.assert_frame_equal(toy_nodes, nodes)


def test_communities_can_be_read_back_from_the_files(
    toy_edges: pd.DataFrame, toy_nodes: pd.DataFrame, tmp_path: Path
) -> None:
    graph = nx.read_gexf(save_network(toy_edges, toy_nodes, "n", tmp_path)[1])
    expected = dict(as_tuples(find_communities(toy_edges), ["actor_id", "community"]))
    assert dict(graph.nodes(data="community")) == expected


# Errors.


@pytest.mark.parametrize("name", ["", "a/b", "../a", "a.gexf", ".a", "-a", "a b", "ä", "a\n"])
def test_a_name_with_other_characters_is_an_error(name: str, tmp_path: Path) -> None:
    message = (
        rf"^network name {re.escape(repr(name))}: expected letters, digits, '_' and '-' only, no folder and "
        r"no ending$"
    )
    with pytest.raises(InputError, match=message):
        save_network(EDGES, NODES, name, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("column", ["source", "target"])
def test_edges_that_lack_a_column_are_an_error(column: str) -> None:
    message = rf"^the edges lack the column '{column}': expected a table from count_cooccurrences$"
    with pytest.raises(InputError, match=message):
        make_network(EDGES.drop(columns=column), NODES)


@pytest.mark.parametrize("column", ["actor_id", "actor"])
def test_nodes_that_lack_a_column_are_an_error(column: str) -> None:
    message = rf"^the nodes lack the column '{column}': make them with make_nodes$"
    with pytest.raises(InputError, match=message):
        make_network(EDGES, NODES.drop(columns=column))


def test_a_pair_that_stands_twice_is_an_error() -> None:
    message = r"^a pair stands twice in the edges: take those of one outlet, article or window at a time$"
    with pytest.raises(InputError, match=message):
        make_network(pd.concat([EDGES, EDGES]), NODES)


def test_an_actor_that_stands_twice_is_an_error() -> None:
    with pytest.raises(InputError, match=r"^'a' stands twice in the nodes: make them with make_nodes$"):
        make_network(EDGES, pd.concat([NODES, NODES.iloc[[1]]]))


@pytest.mark.parametrize("column", ["source", "target"])
def test_an_edge_to_a_stranger_is_an_error(column: str, tmp_path: Path) -> None:
    edges = EDGES.assign(**{column: ["zoe", "yan"]})
    message = r"^the edges name 'yan', which is no actor_id in nodes: count both in one corpus$"
    with pytest.raises(InputError, match=message):
        make_network(edges, NODES)
    with pytest.raises(InputError, match=message):
        save_network(edges, NODES, "n", tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "column",
    [
        "id",
        "label",
        "viz",
        "pid",
        "start",
        "end",
        "slices",
        "spells",
        "parents",
        "kind",
        "Label",
        "End",
        "i\x00d",
    ],
)
def test_a_name_that_the_formats_keep_for_themselves_is_an_error(column: str) -> None:
    name = column if column != "i\x00d" else "id\x00"
    message = (
        rf"^the column {re.escape(repr(name))} has a name that the files keep for themselves: rename it$"
    )
    with pytest.raises(InputError, match=message):
        make_network(EDGES, NODES.assign(**{name: 1}))


@pytest.mark.parametrize("column", ["id", "Label", "start", "type", "Type", "Source", "Target", "Weight"])
def test_a_column_of_edges_cannot_take_the_place_of_what_the_files_say_of_an_edge(column: str) -> None:
    message = rf"^the column {column!r} has a name that the files keep for themselves: rename it$"
    with pytest.raises(InputError, match=message):
        make_network(EDGES.assign(**{column: "z"}), NODES)


def test_a_whole_number_stays_whole_beside_a_missing_one_in_the_tables(tmp_path: Path) -> None:
    nodes = NODES.assign(n=pd.array([3, None, 4], dtype="Int64"))
    paths = save_network(EDGES, nodes, "n", tmp_path)
    assert read(paths[2]) == "Id,Label,type,n\na,Ann,person,\nb,Bo,person,3\nc,Cy,person,4\n"


def test_no_column_is_lost_to_another_that_has_the_name_made_for_it() -> None:
    graph = make_network(EDGES, NODES.assign(**{"A": 1, "A\u202e": 2, "A (2)": 3}))
    assert graph.nodes["a"] == {"label": "Ann", "type": "person", "A": 1, "A (3)": 2, "A (2)": 3}


def test_measures_of_another_kind_are_an_error(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    message = "^the measures lack the column 'n_partners': expected a table from measure_actors$"
    edges = count_cooccurrences(toy, toy_mentions)
    with pytest.raises(InputError, match=message):
        make_nodes(count_mentions(toy, toy_mentions), find_communities(edges))
