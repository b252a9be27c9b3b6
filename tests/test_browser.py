"""What a reader sees: the notebooks in JupyterLab and the report, both in a real browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile
from operator import not_
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Locator, Page, Playwright, expect, sync_playwright
from test_committed_outputs import find_drift, find_figure_drift, has_pinned_matplotlib, read_bytes

from helpers.execution import (
    WIDGET_VIEW,
    find_notebooks,
    kernel_environment,
    normalise,
    read_notebook,
    set_parameters,
)
from helpers.figures import write_gallery
from helpers.paths import FIGURES_DIR
from helpers.report import write_report

NOTEBOOKS = find_notebooks()
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
NO_BROWSER = "no browser was found: install chromium (on Debian `apt-get install chromium`) or Google Chrome"
# Every wait ends when something has happened; only on a machine that hangs does it last so long.
SECONDS = 180
TOKEN = "for-this-machine-only"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def find_browser(playwright: Playwright) -> str:
    """The program of a browser, one of the system before Playwright's own; skips, or fails, without one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None) or playwright.chromium.executable_path
    if Path(found).exists():
        return found
    # A check that runs by itself must not pass because nothing was checked.
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(NO_BROWSER)
    pytest.skip(NO_BROWSER)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        program = find_browser(playwright)
        # As root no sandbox can be made; every page opened here is one's own.
        switches = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        switches += ["--disable-background-networking", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=program, args=switches, timeout=1000 * SECONDS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Tab:
    """A page, and what it complained of or asked of another machine since it was opened."""

    page: Page
    complaints: list[str]


def open_tab(browser: Browser, **options: Any) -> Tab:
    """Open an empty page of its own, as in a fresh private window."""
    page = browser.new_page(**options)
    page.set_default_timeout(1000 * SECONDS)
    tab = Tab(page, [])
    page.on("pageerror", lambda error: tab.complaints.append(f"error: {error}"))
    page.on(
        "console",
        lambda said: tab.complaints.append(f"{said.type}: {said.text}") if said.type == "error" else None,
    )
    return tab


# ---- The notebooks in JupyterLab ----------------------------------------------------------------

# A control as the notebooks have them, and a word that is shown for each choice.
CONTROL = """
import ipywidgets as widgets
told = {"Daily": "It rained.", "Herald": "The sun shone."}
choice = widgets.Dropdown(options=list(told), description="Outlet")
shown = widgets.HTML()
def show(change):
    shown.value = f"<p>{change['new']}: {told[change['new']]}</p>"
choice.observe(show, "value")
show({"new": "Daily"})
widgets.VBox([choice, shown])"""


def write_copies(folder: Path, figures: Path) -> None:
    """Write every notebook without its outputs, so that what is seen afterwards is new."""
    for path in NOTEBOOKS:
        notebook = read_notebook(path)
        set_parameters(notebook, path.name, {"figures_folder": figures})
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.execution_count, cell.outputs = None, []
        nbformat.write(notebook, folder / path.name)
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    for name, source in {"control": CONTROL, "broken": "print(1)\n1 / 0"}.items():
        small = new_notebook(cells=[new_code_cell(source)], metadata={"kernelspec": kernel})
        nbformat.write(small, folder / f"{name}.ipynb")


def write_setting(folder: Path, plugin: str, **values: object) -> None:
    """Write what a user would choose in JupyterLab's settings."""
    package, name = plugin.split(":")
    (folder / package).mkdir(parents=True, exist_ok=True)
    (folder / package / f"{name}.jupyterlab-settings").write_text(json.dumps(values))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where JupyterLab has its files, and the notebooks theirs."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def server(browser: Browser, folder: Path) -> Iterator[str]:
    """JupyterLab on copies of the notebooks, with nothing of a user's settings; gives its address."""
    for name in ("notebooks", "figures", "runtime"):
        (folder / name).mkdir()
    write_copies(folder / "notebooks", folder / "figures")
    write_setting(
        folder / "settings",
        "@jupyterlab/apputils-extension:notification",
        fetchNews="false",
        checkForUpdates=False,
    )
    # All cells are in the page, not only those in view.
    write_setting(folder / "settings", "@jupyterlab/notebook-extension:tracker", windowingMode="none")
    environment = kernel_environment() | {
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }
    # Where this process is killed and cannot end the server, it ends by itself once nobody asks for it.
    ends = ["--ServerApp.shutdown_no_activity_timeout=120", "--MappingKernelManager.cull_idle_timeout=120"]
    ends += ["--MappingKernelManager.cull_interval=60"]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", *ends]
    command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder / 'notebooks'}"]
    command += ["--ServerApp.port_retries=100", "--LabApp.expose_app_in_browser=True"]
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        yield f"{find_address(process, folder)}lab?token={TOKEN}&reset"
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def find_address(process: subprocess.Popen[bytes], folder: Path) -> str:
    """Wait until the server listens; it looks for a free port itself and writes down which."""
    path = folder / "runtime" / f"jpserver-{process.pid}.json"
    for _ in range(10 * SECONDS):
        assert process.poll() is None, (folder / "log.txt").read_text()
        if path.exists() and (text := path.read_text()).endswith("}"):
            return str(json.loads(text)["url"])
        time.sleep(0.1)
    pytest.fail((folder / "log.txt").read_text())


@pytest.fixture(scope="module")
def lab(browser: Browser, server: str) -> Tab:
    """JupyterLab in the browser, as it stands after its start."""
    tab = open_tab(browser, viewport={"width": 1300, "height": 900})
    tab.page.goto(server)
    tab.page.wait_for_function("() => window.jupyterapp")
    tab.page.evaluate("() => jupyterapp.restored.then(() => null)")
    return tab


# The notebook in front; it has run when the kernel rests and no cell waits its turn any more.
IN_FRONT = "jupyterapp.shell.currentWidget"
HAS_RUN = f"""() => {{
  const {{ content, sessionContext }} = {IN_FRONT};
  const cells = content.widgets.filter(cell => cell.model.type === "code");
  const status = sessionContext.session?.kernel?.status;
  const done = cells.every(cell => cell.prompt !== "*") && cells.some(cell => cell.model.executionCount);
  return status === "dead" || status === "idle" && done;
}}"""


@dataclass(frozen=True)
class Opened:
    """A notebook that was opened and run in JupyterLab."""

    panel: Locator
    notebook: NotebookNode


def read_front(page: Page) -> NotebookNode:
    """The notebook in front, with the outputs that it now shows."""
    return nbformat.reads(
        page.evaluate(f"() => JSON.stringify({IN_FRONT}.content.model.toJSON())"), as_version=4
    )


def run_all_cells(page: Page, name: str) -> Opened:
    """Open a notebook from the list of files, run all its cells from the menu, wait for the last."""
    page.locator(".jp-DirListing-item", has_text=name).dblclick()
    page.wait_for_function(f"name => {IN_FRONT}?.context?.path === name", arg=name)
    page.evaluate(f"async () => {{ await {IN_FRONT}.revealed; await {IN_FRONT}.sessionContext.ready; }}")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(HAS_RUN)
    return Opened(page.locator(".jp-NotebookPanel:visible"), read_front(page))


def close_front(page: Page) -> None:
    """End the kernel of the notebook in front and close it, as the next one needs the memory."""
    page.evaluate(
        f"async () => {{ const shown = {IN_FRONT}; await shown.context.save();"
        " await shown.sessionContext.shutdown(); shown.close(); }"
    )


def find_troubles(notebook: NotebookNode) -> list[str]:
    """What went wrong in a notebook that was run; cells are counted from 1, text cells too."""
    troubles = []
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "code":
            continue
        if cell.execution_count is None and cell.source:
            troubles.append(f"cell {number} was not run")
        for output in cell.outputs:
            if output.output_type == "error":
                troubles.append(f"cell {number}: {output.ename}: {output.evalue}")
            elif output.get("name") == "stderr":
                troubles.append(f"cell {number} warns: {output.text}")
    return troubles


# What the control's output says beside the options themselves.
SAYS = """output => {
  const copy = output.cloneNode(true);
  copy.querySelectorAll("select, label, style").forEach(part => part.remove());
  return copy.textContent.trim();
}"""
SAYS_OTHER = f"([output, before]) => (now => now && now !== before)(({SAYS})(output))"


def check_control(page: Page, select: Locator) -> None:
    """Choose another option, by mouse and by key: what is shown changes with it, and back."""
    select.scroll_into_view_if_needed()
    assert select.evaluate("select => select.labels[0]?.textContent.trim()"), "a control without a label"
    output = select.locator("xpath=ancestor::*[contains(@class, 'jp-OutputArea-output')][1]")
    area = output.element_handle()

    def wait_for_other(before: str) -> None:
        page.wait_for_function(SAYS_OTHER, arg=[area, before], timeout=60_000)

    options = select.evaluate("select => [...select.options].map(option => option.textContent)")
    chosen = select.evaluate("select => select.selectedIndex")
    assert len(options) > 1, "a control without a choice"
    first = output.evaluate(SAYS)
    assert first, "a control that shows nothing"
    other = (chosen + 1) % len(options)
    select.select_option(index=other)
    wait_for_other(first)
    second = output.evaluate(SAYS)
    select.select_option(index=chosen)
    wait_for_other(second)
    assert output.evaluate(SAYS) == first
    # By key, from the first option to the second. JupyterLab takes the arrows while the list is shut
    # (ipywidgets issue 3912), so a reader opens it first.
    select.select_option(index=0)
    if chosen != 0:
        wait_for_other(first)
    at_first = output.evaluate(SAYS)
    select.focus()
    for key in ("Space", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    wait_for_other(at_first)
    assert select.evaluate("select => select.selectedIndex") == 1
    assert "Traceback" not in output.evaluate(SAYS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_in_jupyterlab(path: Path, lab: Tab, tmp_path: Path) -> None:
    lab.complaints.clear()
    committed = read_notebook(path)
    try:
        opened = run_all_cells(lab.page, path.name)
        assert find_troubles(opened.notebook) == []
        outputs = [output for cell in opened.notebook.cells for output in cell.get("outputs", [])]
        n_controls = sum(WIDGET_VIEW in output.get("data", {}) for output in outputs)
        assert n_controls > 0, "a notebook without a control"
        normalise(opened.notebook)
        assert find_drift(committed, opened.notebook, tmp_path, has_pinned_matplotlib()) == []

        n_figures = sum("save_figure(" in cell.source for cell in committed.cells if cell.cell_type == "code")
        pictures = opened.panel.locator(".jp-OutputArea-output img")
        expect(pictures).to_have_count(n_figures)
        for picture in pictures.all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_be_visible()
            assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0

        # The kernel rests before the last control is drawn.
        selects = opened.panel.locator(".jp-OutputArea-output .widget-dropdown select")
        selects.nth(n_controls - 1).wait_for()
        for select in selects.all():
            check_control(lab.page, select)
        assert find_troubles(read_front(lab.page)) == []
        assert lab.complaints == []
    finally:
        close_front(lab.page)


def test_figures_are_those_of_the_run_in_jupyterlab(lab: Tab, folder: Path, tmp_path: Path) -> None:
    """After the notebooks, which the tests above have run."""
    write_gallery(folder / "figures")
    assert find_figure_drift(read_bytes(FIGURES_DIR), read_bytes(folder / "figures"), tmp_path) == []


def test_a_control_is_moved(lab: Tab) -> None:
    lab.complaints.clear()
    opened = run_all_cells(lab.page, "control.ipynb")
    select = opened.panel.locator(".widget-dropdown select")
    check_control(lab.page, select)
    assert opened.panel.locator(".widget-html").inner_text() == "Herald: The sun shone."
    close_front(lab.page)
    assert lab.complaints == []


def test_what_goes_wrong_in_a_cell_is_seen(lab: Tab) -> None:
    opened = run_all_cells(lab.page, "broken.ipynb")
    assert find_troubles(opened.notebook) == ["cell 1: ZeroDivisionError: division by zero"]
    close_front(lab.page)


# ---- The report ---------------------------------------------------------------------------------

TITLE = "How outlets told it"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the committed notebooks and figures, alone in a folder."""
    return write_report(NOTEBOOKS, FIGURES_DIR, tmp_path_factory.mktemp("report") / "report.html", TITLE)


@pytest.fixture
def opened_report(browser: Browser, report: Path) -> Iterator[Tab]:
    """The report in a browser without a network."""
    tab = open_tab(browser, viewport={"width": 1200, "height": 900}, offline=True)
    address = report.as_uri()
    tab.page.on(
        "request",
        lambda asked: (
            tab.complaints.append(f"asks for {asked.url}")
            if asked.url.partition("#")[0] != address and not asked.url.startswith("data:")
            else None
        ),
    )
    tab.page.on("console", lambda said: tab.complaints.append(f"{said.type}: {said.text}"))
    tab.page.goto(address)
    yield tab
    tab.page.close()


def unfold(page: Page) -> int:
    """Open by click all that is folded, also within what is unfolded; return how much that was."""
    n_opened = 0
    while (folded := page.locator("details:not([open]) > summary:visible")).count():
        folded.first.click()
        n_opened += 1
    return n_opened


def test_the_report_opens_by_itself(opened_report: Tab) -> None:
    page = opened_report.page
    assert page.title() == TITLE
    assert page.locator("h1").all_inner_texts() == [TITLE]
    assert opened_report.complaints == []


def test_every_picture_of_the_report_is_loaded_and_in_words(opened_report: Tab) -> None:
    unfold(opened_report.page)
    pictures = opened_report.page.evaluate(
        """() => Promise.all([...document.images].map(async picture => {
          picture.loading = "eager";
          await picture.decode().catch(() => null);
          return [picture.naturalWidth, picture.offsetWidth, picture.alt.trim()];
        }))"""
    )
    assert len(pictures) >= len(list(FIGURES_DIR.glob("*.png")))
    assert [picture for picture in pictures if not all(picture)] == []


def test_every_link_within_the_report_leads_somewhere(opened_report: Tab) -> None:
    page = opened_report.page
    lost = page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')].map(link => link.getAttribute("href"))
          .filter(href => href === "#" || !document.getElementById(decodeURIComponent(href.slice(1))))"""
    )
    assert lost == []
    unfold(page)
    links = page.locator("nav a[href^='#']")
    assert links.count() >= len(NOTEBOOKS)
    for link in links.all():
        page.evaluate("() => scrollTo(0, 0)")
        link.click()
        name = (link.get_attribute("href") or "")[1:]
        # At the top of the window, or as near to it as the end of the page lets it come.
        page.wait_for_function(
            """name => {
              const top = document.getElementById(name).getBoundingClientRect().top;
              const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
              return top > -2 && (top < innerHeight / 4 || atEnd && top < innerHeight);
            }""",
            arg=name,
            timeout=10_000,
        )
    assert opened_report.complaints == []


def test_what_is_folded_in_the_report_opens_by_a_click(opened_report: Tab) -> None:
    page = opened_report.page
    n_folded = page.locator("details:not([open])").count()
    assert n_folded > 0
    assert unfold(page) == n_folded
    hidden = page.locator("details").evaluate_all("all => all.filter(d => !d.innerText.trim()).length")
    assert hidden == 0


def test_tables_of_the_report_can_be_copied(opened_report: Tab) -> None:
    """Into a spreadsheet: a row a line, a tab between cells."""
    unfold(opened_report.page)
    tables = opened_report.page.evaluate(
        """() => [...document.querySelectorAll("table")].map(table => {
          getSelection().selectAllChildren(table);
          const rows = [...table.rows].map(row => [...row.cells].map(cell => cell.innerText));
          return [rows, getSelection().toString()];
        })"""
    )
    assert tables
    for rows, copied in tables:
        lines = [[" ".join(cell.split()) for cell in line.split("\t")] for line in copied.split("\n")]
        for row in rows:
            cells = [" ".join(cell.split()) for cell in row]
            # A cell of several lines takes several; all others must stand in one, side by side. A selection
            # begins with the first cell that says something.
            if not any("\n" in cell.strip() for cell in row):
                assert cells in lines or (row is rows[0] and list(dropwhile(not_, cells)) in lines)


def find_faults(page: Page, rules: dict[str, object]) -> list[str]:
    """What axe finds wrong with a page, and some places where."""
    return [
        f"{fault['id']}: {fault['help']}: {node['html'][:200]}"
        for fault in Axe().run(page, options=rules).response["violations"]
        for node in fault["nodes"][:3]
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 1200), ("light", 390)])
def test_the_report_can_be_used_by_all(opened_report: Tab, width: int, scheme: str) -> None:
    page = opened_report.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    unfold(page)
    rules = {"runOnly": AXE_TAGS, "resultTypes": ["violations"]}
    found = []
    if scheme == "light":  # in the dark only the colours are others
        found += find_faults(page, rules | {"rules": {"color-contrast": {"enabled": False}}})
    if width == 1200:
        # Contrast takes long to measure: colours are the same at any width and in all rows of a table.
        page.evaluate("() => document.querySelectorAll('tr:nth-child(n+4)').forEach(row => row.remove())")
        found += find_faults(page, rules | {"runOnly": ["color-contrast"]})
    assert found == []
    paper = page.evaluate("() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (max(paper[:3]) < 128) == (scheme == "dark")


def test_the_report_fits_a_telephone(opened_report: Tab) -> None:
    page = opened_report.page
    page.set_viewport_size({"width": 390, "height": 800})
    unfold(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_the_report_can_be_printed(opened_report: Tab) -> None:
    printed = opened_report.page.pdf(format="A4")
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") >= len(NOTEBOOKS)


# ---- The browser itself -------------------------------------------------------------------------


@pytest.mark.parametrize(("required", "outcome"), [("", pytest.skip), ("1", pytest.fail)])
def test_without_a_browser_the_tests_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, required: str, outcome: Any
) -> None:
    """Skipped where someone has none; failed where REQUIRE_BROWSER says that there must be one."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("REQUIRE_BROWSER", required)
    own: Any = SimpleNamespace(chromium=SimpleNamespace(executable_path=str(tmp_path / "none")))
    with pytest.raises(outcome.Exception, match="no browser was found: install chromium"):
        find_browser(own)


def test_the_browser_of_the_system_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("own", "google-chrome"):
        (tmp_path / name).touch(mode=0o755)
        own: Any = SimpleNamespace(chromium=SimpleNamespace(executable_path=str(tmp_path / "own")))
        assert find_browser(own) == str(tmp_path / name)
