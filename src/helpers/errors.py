"""The one error a reader of a notebook is meant to see."""

# A sentence that quotes a whole file is none; a long one still names twenty columns.
_LONGEST = 1_500


class InputError(ValueError):
    """A file or value that cannot be used, said in one sentence with the way out.

    IPython and JupyterLab show the sentence alone, without the pages of traceback.
    """

    def __init__(self, sentence: str) -> None:
        cut = len(sentence) - _LONGEST
        super().__init__(sentence if cut <= 0 else f"{sentence[: _LONGEST - 500]} … {sentence[-500:]}")

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]
