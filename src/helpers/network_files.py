"""Write a network for Gephi, networkx and spreadsheets, the same bytes on every run."""

import itertools
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from .cooccurrence import check_edges
from .errors import InputError
from .figures import FIGURE_NAME, clean_words, guard_cell, write_if_changed
from .paths import FIGURES_DIR

_NODE_COLUMNS = ("actor_id", "actor", "type", "affiliation", "affiliation_name")
# What the formats keep for themselves, in nodes and in edges.
_OF_NODES = ("id", "label", "viz", "pid", "start", "end", "slices", "spells", "parents", "kind")
_OF_EDGES = ("id", "label", "viz", "start", "end", "kind", "source", "target", "type", "weight")


def make_nodes(counts: pd.DataFrame, measures: pd.DataFrame | None = None) -> pd.DataFrame:
    """Make a table of nodes: a row an actor, with its mentions by outlet and its place in the network.

    Parameters
    ----------
    counts : DataFrame
        From `count_mentions` by outlet and actor_id.
    measures : DataFrame, optional
        From `measure_actors`.

    Returns
    -------
    DataFrame
        actor_id, actor, type, affiliation, affiliation_name, n_mentions, a column "n_mentions, <outlet>" for
        each outlet, and of `measures` n_partners, strength, betweenness, eigenvector, community. Actors
        without a mention are left out.

    Raises
    ------
    InputError
        A missing column.

    Examples
    --------
    >>> from helpers import count_mentions, find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> nodes = make_nodes(count_mentions(corpus, find_mentions(corpus)))
    >>> nodes.columns[:6].tolist()
    ['actor_id', 'actor', 'type', 'affiliation', 'affiliation_name', 'n_mentions']
    """
    if missing := [c for c in (*_NODE_COLUMNS, "outlet", "n_mentions") if c not in counts.columns]:
        raise InputError(
            f"the counts lack the column {missing[0]!r}: expected a table from count_mentions by outlet "
            "and actor_id"
        )
    wide = counts.pivot_table(
        index="actor_id", columns="outlet", values="n_mentions", aggfunc="sum", fill_value=0
    )
    nodes = counts[list(_NODE_COLUMNS)].drop_duplicates("actor_id").set_index("actor_id")
    nodes["n_mentions"] = wide.sum(axis="columns")
    nodes = nodes.join(wide.add_prefix("n_mentions, ")).reset_index()
    nodes = nodes[nodes["n_mentions"] > 0]
    if measures is not None:
        columns = ["actor_id", "n_partners", "strength", "betweenness", "eigenvector", "community"]
        if missing := [c for c in columns if c not in measures.columns]:
            raise InputError(
                f"the measures lack the column {missing[0]!r}: expected a table from measure_actors"
            )
        nodes = nodes.merge(measures[columns], on="actor_id", how="left", validate="one_to_one")
        whole_numbers = ["n_partners", "community"]
        nodes[whole_numbers] = nodes[whole_numbers].astype("Int64")
    return nodes.reset_index(drop=True)


def _plain(value: Any) -> Any:
    """A value that every format can hold and read back; nothing for what is missing or infinite."""
    if value is None or value is pd.NA:
        return None
    if isinstance(value, float | np.floating) and not math.isfinite(value):
        return None
    if isinstance(value, np.generic):
        value = value.item()
    return value if isinstance(value, bool | int | float) else clean_words(str(value))


def _name_columns(
    table: pd.DataFrame, left_out: tuple[str, ...], reserved: tuple[str, ...]
) -> dict[str, str]:
    """A name that XML can hold for each column, no two alike."""
    names: dict[str, str] = {}
    for column in table.columns:
        if column in left_out:
            continue
        name = clean_words(str(column)) or "column"
        if name.lower() in reserved and column != "weight":
            raise InputError(
                f"the column {column!r} has a name that the files keep for themselves: rename it"
            )
        taken = {str(other) for other in table.columns if other != column} | set(names.values())
        free = (f"{name} ({number})" for number in itertools.count(2))
        clash = name in names.values() or (name != column and name in taken)
        names[column] = next(other for other in free if other not in taken) if clash else name
    return names


def make_network(edges: pd.DataFrame, nodes: pd.DataFrame) -> Any:
    """Make a networkx graph that holds all that is known of actors and pairs.

    Parameters
    ----------
    edges : DataFrame
        A row a pair: source, target, and further columns, each an attribute of the edge.
    nodes : DataFrame
        A row an actor: actor_id, actor, and further columns, each an attribute of the node.

    Returns
    -------
    networkx.Graph
        Nodes by actor_id, with `label` (the name) and the columns; edges with `id` ("0", "1" …) and the
        columns. A missing value is no attribute. Control characters, surrogates and marks that turn the
        direction of reading are taken out of text.

    Raises
    ------
    InputError
        An edge to an actor that `nodes` lacks; an actor or pair twice; a reserved column name.

    Examples
    --------
    >>> nodes = pd.DataFrame({"actor_id": ["a", "b"], "actor": ["Ann", "Bo"], "type": "person"})
    >>> graph = make_network(pd.DataFrame({"source": ["a"], "target": ["b"], "weight": [2.0]}), nodes)
    >>> graph.nodes["a"], graph.edges["a", "b"]
    ({'label': 'Ann', 'type': 'person'}, {'id': '0', 'weight': 2.0})
    """
    check_edges(edges, ("source", "target"))
    if missing := [c for c in ("actor_id", "actor") if c not in nodes.columns]:
        raise InputError(f"the nodes lack the column {missing[0]!r}: make them with make_nodes")
    if strangers := sorted({*edges["source"], *edges["target"]} - {*nodes["actor_id"]}):
        raise InputError(
            f"the edges name {strangers[0]!r}, which is no actor_id in nodes: count both in one corpus"
        )
    if nodes["actor_id"].duplicated().any():
        twice = nodes["actor_id"][nodes["actor_id"].duplicated()].iloc[0]
        raise InputError(f"{twice!r} stands twice in the nodes: make them with make_nodes")
    graph: Any = nx.Graph()
    names = _name_columns(nodes, ("actor_id", "actor"), _OF_NODES)
    for row in nodes.sort_values("actor_id").to_dict("records"):
        graph.add_node(row["actor_id"], label=_plain(row["actor"]), **_known(row, names))
    names = _name_columns(edges, ("source", "target"), _OF_EDGES)
    for number, row in enumerate(edges.sort_values(["source", "target"]).to_dict("records")):
        graph.add_edge(row["source"], row["target"], id=str(number), **_known(row, names))
    return graph


def _known(row: Mapping[Any, Any], names: Mapping[Any, str]) -> dict[str, Any]:
    """The values of a row that are known, by their new names."""
    data = {name: _plain(row[column]) for column, name in names.items()}
    return {name: value for name, value in data.items() if value is not None}


def save_network(
    edges: pd.DataFrame, nodes: pd.DataFrame, name: str, folder: Path | str = FIGURES_DIR
) -> list[Path]:
    """Write a network as GraphML and GEXF, and as two tables: its nodes and its edges.

    Parameters
    ----------
    edges : DataFrame
        As for `make_network`, which says what the files hold.
    nodes : DataFrame
        As for `make_network`.
    name : str
        Name of the files without their ending: letters, digits, ``_`` and ``-``.
    folder : Path or str
        Where to write; made if missing.

    Returns
    -------
    list of Path
        The .graphml, .gexf, _nodes.csv and _edges.csv file. The CSV files have the heads that Gephi's import
        looks for (Id, Label; Source, Target, Type, Weight); in them a string that a spreadsheet would take
        for a formula gets an apostrophe in front. No file holds a date or a version.

    Raises
    ------
    InputError
        A name with other characters; see `make_network`.

    Examples
    --------
    >>> import tempfile
    >>> nodes = pd.DataFrame({"actor_id": ["a", "b"], "actor": ["Ann", "Bo"]})
    >>> edges = pd.DataFrame({"source": ["a"], "target": ["b"], "weight": [2.0]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = save_network(edges, nodes, "pairs", folder)
    ...     nx.read_gexf(paths[1]).edges["a", "b"]["weight"]
    2.0
    """
    if not FIGURE_NAME.fullmatch(name):
        raise InputError(
            f"network name {name!r}: expected letters, digits, '_' and '-' only, no folder and no ending"
        )
    graph = make_network(edges, nodes)
    gexf = "\n".join(nx.generate_gexf(graph))
    # Its head holds the day on which it was written.
    gexf = re.sub(r"\s*<meta\b.*?</meta>", "", gexf, count=1, flags=re.DOTALL)
    contents = {
        f"{name}.graphml": "\n".join(nx.generate_graphml(graph)) + "\n",
        f"{name}.gexf": f'<?xml version="1.0" encoding="utf-8"?>\n{gexf}\n',
        f"{name}_nodes.csv": _write_table(
            [{"Id": actor_id, "Label": data["label"], **data} for actor_id, data in graph.nodes(data=True)],
            heads=["Id", "Label"],
        ),
        f"{name}_edges.csv": _write_table(
            [
                {"Source": a, "Target": b, "Type": "Undirected", **data}
                for a, b, data in graph.edges(data=True)
            ],
            heads=["Source", "Target", "Type"],
        ),
    }
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in contents.items():
        write_if_changed(folder / file, content.encode())
    return [folder / file for file in contents]


def _write_table(rows: list[dict[str, Any]], heads: list[str]) -> str:
    """A table as Gephi imports it; what a column head says already is left out."""
    # As objects, whole numbers stay whole beside missing ones.
    guarded = [{k: guard_cell(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows]
    table = pd.DataFrame(guarded, columns=None if rows else heads, dtype=object)
    table = table.drop(columns=["label", "id"], errors="ignore").rename(columns={"weight": "Weight"})
    return str(table.to_csv(index=False, lineterminator="\n"))
