"""The one error a reader of a notebook is meant to see."""


class InputError(ValueError):
    """A file or value that cannot be used, said in one sentence with the way out.

    IPython and JupyterLab show the sentence alone, without the pages of traceback.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]
