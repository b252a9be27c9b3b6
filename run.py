"""Set up the suite and run it.

python run.py                           set up, run every notebook, write the figures
python run.py test                      set up, run every check
python run.py lab                       set up, open the notebooks in JupyterLab
python run.py new FOLDER --from SOURCE  make a corpus folder from .txt, .html, .csv, .jsonl or .parquet files
python run.py check FOLDER              say what is wrong or doubtful in a corpus folder
python run.py --corpus FOLDER           run the notebooks on it; report, figures and copies in FOLDER/report
python run.py annotate FILES --actors FILE --out FOLDER
                                        write tables of any number of articles: .parquet, .jsonl, .csv
python run.py --help                    show this text

With --model NAME an installed spaCy model helps with new, check and --corpus.
Needs Python 3.11 or newer and, the first time, a network connection.
"""

# This file must parse on older Pythons too, so that it can name the version it needs.
from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
VENV = PROJECT / ".venv"
COMMANDS = ("test", "lab", "new", "check", "annotate", "--corpus", "--model", "--help")
UV = "uv==0.13.9"


def check_python(version: tuple[int, ...]) -> str | None:
    """Say in one sentence what is wrong with a Python version, or nothing if it will do."""
    if version[:2] >= (3, 11):
        return None
    found = ".".join(str(number) for number in version[:3])
    return (
        f"This is Python {found}, but the suite needs Python 3.11 or newer: "
        "start it with a newer one, for example `python3.11 run.py`."
    )


def child_environment() -> dict[str, str]:
    """Give the variables for every process started here."""
    environment = dict(os.environ)
    # Without bytecode every start of a notebook kernel takes twice as long.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    # The order of a set must not change an output from run to run.
    environment["PYTHONHASHSEED"] = "0"
    return environment


def venv_python() -> Path:
    """Name the Python inside the environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_path() -> Path:
    """Name the file that says the environment is complete; it is written last of all."""
    return VENV / "complete.txt"


def make_stamp() -> str:
    """Sum up all that the environment was built from."""
    import tomllib  # absent from the old Pythons that get a sentence instead

    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    # Settings of ruff or pytest change no package: no reason to install again.
    package = {key: settings.get(key) for key in ("build-system", "project")}
    package["setuptools"] = settings.get("tool", {}).get("setuptools")
    parts = [(PROJECT / "requirements.txt").read_text(encoding="utf-8"), repr(package)]
    # A moved folder breaks the link to the package; another Python cannot use these packages.
    parts += [str(PROJECT), sys.version]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_set_up() -> bool:
    """Tell whether the environment is complete and up to date."""
    return (
        venv_python().exists()
        and stamp_path().exists()
        and stamp_path().read_text(encoding="utf-8") == make_stamp()
    )


def run_step(label: str, command: list[str]) -> str | None:
    """Run one step of the setup, a line with its seconds; return its last words if it failed."""
    print(label, end=" ", flush=True)
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=child_environment(), cwd=PROJECT
        )
        while True:
            try:
                code = process.wait(timeout=5)
                break
            except subprocess.TimeoutExpired:
                print(".", end=" ", flush=True)
            except KeyboardInterrupt:
                process.kill()
                raise
        print(f"{time.monotonic() - start:.1f} s{'' if code == 0 else ', failed'}", flush=True)
        if code == 0:
            return None
        output.seek(0)
        lines = output.read().decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else f"exit code {code}"


def set_up() -> None:
    """Make the environment from nothing, so that no half-made one can survive."""
    stamp_path().unlink(missing_ok=True)
    python = str(venv_python())
    requirements = ["-r", "requirements.txt"]

    trouble = run_step("Making .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    if trouble is not None:
        raise SystemExit(
            f"Python could not make the environment .venv ({trouble}): install Python's venv "
            "module (on Debian and Ubuntu the package python3-venv), then run this again."
        )
    # The pins are complete; --no-deps keeps out what they leave out on purpose.
    uv = shutil.which("uv")
    command = [uv] if uv else [python, "-m", "uv"]
    command += ["pip", "install", "--python", python, "--compile-bytecode", "--no-deps"]
    if uv or run_step("Fetching uv", [python, "-m", "pip", "install", UV]) is None:
        trouble = run_step("Installing the packages with uv", command + requirements)
        if trouble is None:
            return finish()
    command = [python, "-m", "pip", "install", "--no-deps"]
    trouble = run_step("Installing the packages with pip (minutes)", command + requirements)
    if trouble is not None:
        raise SystemExit(
            f"The packages in requirements.txt could not be installed ({trouble}): "
            "check the network connection, then run this again."
        )
    return finish()


def finish() -> None:
    """Mark the environment as complete, in one stroke."""
    unfinished = stamp_path().with_suffix(".part")
    unfinished.write_text(make_stamp(), encoding="utf-8")
    unfinished.replace(stamp_path())


def hand_over(arguments: list[str]) -> int:
    """Let the package go on with a command, and return its exit code."""
    # -P: nothing in the folder one happens to stand in is taken for a package.
    process = subprocess.Popen(
        [str(venv_python()), "-P", "-m", "helpers.cli", *arguments], env=child_environment()
    )
    # Ctrl-C reaches the child as well: it ends in its own time, and this waits for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return process.wait()


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    if arguments in (["--help"], ["-h"]):
        print((__doc__ or "").strip())
        return 0
    if arguments and arguments[0].split("=")[0] not in COMMANDS:
        print(
            f"Unknown command {arguments[0]!r}: expected one of {', '.join(COMMANDS)}, or none.",
            file=sys.stderr,
        )
        return 2
    trouble = check_python(tuple(sys.version_info[:3]))
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    try:
        if not is_set_up():
            set_up()
        return hand_over(arguments)
    except KeyboardInterrupt:
        print("\nStopped: the next run makes .venv afresh.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
