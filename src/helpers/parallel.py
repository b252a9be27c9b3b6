"""Work on many articles on all cores; on few, in this process."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below this, starting processes costs more than it saves.
FROM_ITEMS = 400


def map_chunks(
    function: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], least: int = FROM_ITEMS
) -> list[Result]:
    """Apply a function to runs of items, and give its results, one an item, in the items' order.

    Parameters
    ----------
    function : callable
        From a run of items to as many results; found by name in its module, for other processes.
    items : sequence
        What to work on.
    least : int
        From how many items on processes are started.

    Returns
    -------
    list
        The same as ``function(items)``.

    Examples
    --------
    >>> map_chunks(sorted, [1, 2, 3])
    [1, 2, 3]
    """
    if len(items) < least:
        return function(items)
    from joblib import Parallel, cpu_count, delayed

    size = -(-len(items) // (4 * cpu_count()))
    chunks = [items[begin : begin + size] for begin in range(0, len(items), size)]
    done = Parallel(n_jobs=-1)(delayed(function)(chunk) for chunk in chunks)
    return [result for results in done for result in results]
