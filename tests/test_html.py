"""The report as web pages: texts that do no harm, links that lead somewhere, pictures that show what the text shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from checker.model.answer import Verdict
from checker.model.picture import Lane, Picture, Piece
from checker.picture import as_text, drawing
from checker.report import sheet
from checker.report.escape import plain
from checker.report.html import difference, page, scale
from checker.report.html.markup import VOID, Html, escaped, prose, tag
from checker.report.html.pages import files
from checker.report.html.timeline import CLASSES, draw
from checker.report.model import Learner, Report
from checker.report.terminal import MARKS
from tests import graded_class, made_class
from tests.evidence import in_rounds, run, span

ANY_TEXT = made_class.ANY_TEXT | st.sampled_from(
    [made_class.MARKUP, "</title><b>", '"><a href=http://x>', "' onclick='x", "`</code><i>`", "<!--"]
)
SYNC = "def work():\n    return 1\n"
ATTEMPT = "def work():\n    return 1 < 2\n"
OURS = {
    "a", "bdi", "body", "button", "caption", "code", "dd", "del", "details", "div", "dl", "dt", "figcaption", "figure",
    "footer", "g", "h1", "h2", "h3", "head", "html", "ins", "li", "line", "link", "main", "meta", "nav", "p", "pre",
    "rect", "script", "section", "span", "strong", "summary", "svg", "table", "tbody", "td", "text", "th", "thead",
    "h4", "input", "label", "ol", "output", "title", "tr", "ul",
}  # fmt: skip


@dataclass
class Page(HTMLParser):
    """What a browser finds in a page: elements with their attributes, and the texts by the element around them."""

    source: str
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.source)
        self.close()

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((name, dict(attributes)))
        if name not in VOID:
            self.open.append(name)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.elements if found == name]

    def classes(self, wanted: str) -> int:
        return sum(wanted in (attributes.get("class") or "").split() for _, attributes in self.elements)


def pages(report: Report) -> dict[str, Page]:
    return {name: Page(text) for name, text in files(report).items() if name.endswith(".html")}


def with_attempts() -> Report:
    """The made class, and the text of one attempt and its stub."""
    made = made_class.report()
    info = msgspec.structs.replace(made.exercises[0], sync=SYNC)
    key = made.submissions[0].exercises[0].attempt_sha256 or ""
    return msgspec.structs.replace(made, attempts={key: ATTEMPT}, exercises=[info, *made.exercises[1:]])


def picture(number: int = 4) -> Picture:
    """Of operations that run two at a time."""
    return drawing.operations(run(1.0, spans=in_rounds(number, 2)))


# --- nothing that others wrote becomes markup ------------------------------------------------------


@made_class.MANY
@given(ANY_TEXT, ANY_TEXT)
def test_texts_of_others_stay_texts(name: str, output: str) -> None:
    """Whatever people are called and attempts print: only our elements, no handlers, no styles, no scripts but ours."""
    for found in pages(made_class.named(name, output)).values():
        assert {element for element, _ in found.elements} <= OURS
        assert not [key for _, keys in found.elements for key in keys if key.startswith("on") or key == "style"]
        assert [keys["src"] for keys in found.of("script")] == ["table.js"]
        assert found.open == []


@made_class.MANY
@given(ANY_TEXT)
def test_names_are_shown_as_they_are(name: str) -> None:
    """A name is all of the text of one isolated element, but for control characters."""
    shown = Page(files(made_class.named(name, ""))["learner-1.html"]).texts
    wanted = plain(name).replace("\r", "\n")
    assert wanted == "" or ("bdi", wanted) in shown


@made_class.MANY
@given(ANY_TEXT)
def test_pages_can_be_written(name: str) -> None:
    """Every page is text that a file can hold, also with half of a character in a name."""
    for text in files(made_class.named(name, name)).values():
        text.encode("utf-8")


def test_only_html_is_not_escaped() -> None:
    """Elements keep their markup inside others; joined with text they are text again."""
    bold = tag("b", "<")
    assert tag("p", bold, "<", title='"') == '<p title="&quot;"><b>&lt;</b>&lt;</p>'
    assert isinstance(bold, Html)
    assert escaped(f"{bold}") == "&lt;b&gt;&amp;lt;&lt;/b&gt;"


def test_code_in_sentences() -> None:
    """What stands between backticks is code, and a backtick alone is a backtick."""
    assert prose("use `a < b` and `") == "use <code>a &lt; b</code> and `"


# --- the pages -------------------------------------------------------------------------------------


def test_every_link_leads_somewhere() -> None:
    """Links, styles and scripts are files of the folder, and what follows a # is a place in the file."""
    texts, found = files(with_attempts()), pages(with_attempts())
    for name, one in found.items():
        links = [keys.get("href") or keys.get("src") or "" for kind in ("a", "link", "script") for keys in one.of(kind)]
        for path, _, place in (link.partition("#") for link in links if link != "data:,"):
            assert (path or name) in texts
            assert not place or place in [keys.get("id") for _, keys in found[path or name].elements]


def test_headings_are_in_order() -> None:
    """One first heading, and no level is left out."""
    for one in pages(with_attempts()).values():
        levels = [int(name[1]) for name, _ in one.elements if name in ("h1", "h2", "h3")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_page_has_the_strict_policy() -> None:
    """Nothing is loaded from elsewhere, and nothing inline runs."""
    for one in pages(with_attempts()).values():
        policies = [keys["content"] for keys in one.of("meta") if keys.get("http-equiv") == "Content-Security-Policy"]
        assert policies == [page.POLICY]
        assert [keys["lang"] for keys in one.of("html")] == ["en"]


def test_the_class_table_says_verdicts_without_colour() -> None:
    """Each attempt has its sign, its word and its points; who handed in nothing and who was late is named."""
    shown = files(made_class.report())["index.html"]
    for verdict in Verdict:
        assert f'aria-hidden="true">{MARKS[verdict]}</span><span class="unseen">{verdict} </span>' in shown
    assert "Mía, Miss" in shown
    assert "1.2 days, -20%" in shown


def test_a_failed_check_is_explained() -> None:
    """Diagnosis, hint, timeline and output are on the learner's page."""
    shown = Page(files(made_class.of(made_class.failed()))["learner-1.html"])
    assert ("code", "SERIAL") in shown.texts
    assert any(made_class.SERIAL.hint in text for _, text in shown.texts)
    assert shown.classes("timeline") == 2
    assert ("summary", "Output") in shown.texts


def test_what_could_not_be_judged_is_no_mark_against_the_learner() -> None:
    """The page says so for an inconclusive check, and that the checker failed for an error."""
    shown = files(made_class.of(made_class.unjudged()))["learner-1.html"]
    assert "This is not a mark against you." in shown
    assert "The checker failed, not you" in shown


def test_common_diagnoses_are_counted() -> None:
    """The exercise's page has the most common mistake first, with how many made it."""
    twice = made_class.of(made_class.hostile()[1], made_class.failed(), made_class.failed())
    shown = Page(files(twice)["exercise-03.html"])
    codes = [text for around, text in shown.texts if around == "code" and text.isupper()]
    assert codes[:2] == ["SERIAL", "CRASHED"]
    assert ("td", "2") in shown.texts


def test_exercises_that_the_report_does_not_describe_have_pages() -> None:
    """A report of one attempt, without a class, is shown as well."""
    alone = msgspec.structs.replace(made_class.of(made_class.passed()), exercises=[])
    assert {"index.html", "learner-1.html", "exercise-03.html", "exercise-22.html"} <= set(files(alone))


def test_an_empty_report_has_a_page() -> None:
    """Nothing graded yet: a page that says so, and no error."""
    assert set(files(made_class.of())) >= {"index.html", "style.css", "table.js"}


# --- attempt and stub ------------------------------------------------------------------------------


def test_the_attempt_is_compared_with_the_stub() -> None:
    """Added and removed lines are marked, by sign and by element; nothing else is."""
    shown = Page(files(with_attempts())["learner-1.html"])
    assert [text for around, text in shown.texts if around == "del"] == ["-    return 1"]
    assert [text for around, text in shown.texts if around == "ins"] == ["+    return 1 < 2"]


def test_an_unchanged_stub_is_named() -> None:
    """Instead of an empty difference."""
    assert "unchanged" in difference.show(SYNC, SYNC)


def test_differences_are_cut() -> None:
    """A huge attempt does not make a huge page, and the page says how much is left out."""
    shown = difference.show(SYNC, "\n".join(f"line {number}" for number in range(difference.MAX_LINES * 2)))
    assert shown.count("<ins>") <= difference.MAX_LINES
    assert "more lines" in shown


# --- pictures --------------------------------------------------------------------------------------


@made_class.MANY
@given(st.integers(1, 60))
def test_the_drawing_has_the_lanes_of_the_text(number: int) -> None:
    """As many lanes as the text has; where it leaves some out, so does the drawing, and says how many."""
    lines = as_text.render(picture(number)).splitlines()[1:-1]
    left_out = [line.strip() for line in lines if "more ..." in line]
    shown = Page(draw(picture(number)))
    assert shown.classes("lane") == len(lines) - len(left_out)
    assert [text for around, text in shown.texts if around == "text" and "more" in text] == left_out


def test_remarks_and_labels_are_drawn() -> None:
    """What is marked in the text is marked in the drawing."""
    spans = (span(0, 0.3, name="read", key="3"), span(0.1, 0.6, name="write", key="3", mark="needs read 3"))
    drawn = drawing.of(run(0.6, spans=spans))
    assert drawn is not None
    shown = [text for around, text in Page(draw(drawn)).texts if around == "text"]
    assert {"read 3", "write 3", "needs read 3"} <= set(shown)


def test_bars_say_what_they_are_and_when() -> None:
    """Under the pointer: which operation, what of it, from when to when."""
    titles = [text for around, text in Page(draw(picture())).texts if around == "title"]
    assert titles[0] == "say: in flight, 0 ms to 50 ms"


def test_kinds_of_bars_differ_in_shape() -> None:
    """What failed, what was cancelled and what waits for a core is not as high as what goes on."""
    heights = {}
    for kind, name in CLASSES.items():
        lane = Lane(label="a", pieces=(Piece(kind=kind, start_s=0.0, end_s=0.01),))
        drawn = Page(draw(Picture(length_s=0.06, lanes=(lane,))))
        heights[name] = next(keys["height"] for keys in drawn.of("rect") if keys["class"] == name)
    assert len(set(heights.values())) == len(set(CLASSES.values()))


def test_a_picture_that_is_only_text_stays_a_text() -> None:
    """Gradebooks of format 1 have no others."""
    assert draw(Picture(length_s=0.0, lanes=(), text="no <picture>")) == "<pre>no &lt;picture&gt;</pre>"


def test_the_text_stays_beside_the_drawing() -> None:
    """For those who hear the page, and for those who want to copy it."""
    assert as_text.render(picture()) in [text for around, text in Page(draw(picture())).texts if around == "pre"]


@made_class.MANY
@given(st.floats(0, 1e6), st.floats(1, 100), st.floats(0.5, 200))
def test_speed_ups_stay_on_the_scale(speedup: float, goal: float, limit: float) -> None:
    """Whatever was measured, it stands between 0 and the limit."""
    place = float(scale.Lines(goal, limit, None).x(speedup).rstrip("%"))
    assert 0 <= place <= scale.PLOT_PERCENT


@made_class.MANY
@given(st.lists(st.tuples(st.floats(0, 30), st.sampled_from(list(Verdict))), min_size=1))
def test_the_histogram_counts_every_attempt(measured: list[tuple[float, Verdict]]) -> None:
    """Each measured speed-up is in exactly one stack."""
    drawn = Page(scale.histogram(measured, scale.Lines(4.0, 10.0, 9.0)))
    assert sum(int(text.split()[0]) for around, text in drawn.texts if around == "title") == len(measured)


def test_learners_are_in_the_order_of_the_names_that_are_shown() -> None:
    """Not of what their submissions are called; case and accents do not matter, and the pages follow each other so."""
    people = {"z": "ada", "y": "Émile", "x": "Bob", "w": "Finn", "v": ""}
    handed_in = [made_class.submission(name, learner=Learner(id=name, name=shown)) for name, shown in people.items()]
    made = files(made_class.of(*handed_in))
    index = re.findall(r'<a href="(learner-\d.html)"><bdi>(.*?)</bdi>', made["index.html"])
    assert index == [(f"learner-{at}.html", name) for at, name in enumerate(["ada", "Bob", "Émile", "Finn", "v"], 1)]
    assert "<h1><bdi>Émile</bdi></h1>" in made["learner-3.html"]


def test_every_hand_in_stands_in_a_line() -> None:
    """Of who handed in more than once: when, and what came of it."""
    pages = files(made_class.report())
    bob = next(text for name, text in pages.items() if "<h1><bdi>Bob</bdi></h1>" in text)
    (line,) = re.findall(r'<ol class="history" aria-label="Handed in 3 times">(.*?)</ol>', bob)
    assert [" ".join(re.sub(r"<.*?>", " ", each).split()) for each in line.split("</li>")[:-1]] == [
        "2026-02-27 18:00 UTC ✗ failed 0 SYNTAX_ERROR",
        "2026-03-01 09:30 UTC not graded",
        "2026-03-02 09:30 UTC ✗ failed 3 SERIAL",
    ]


def test_what_was_not_handed_in_is_no_attempt() -> None:
    """It is counted as that: not as failed, and not as a mistake."""
    report = graded_class.report()
    made = files(report)
    handed_in = sum(not sheet.is_absent(result) for each in report.submissions for result in each.exercises)
    assert f"<dt>attempts</dt><dd>{handed_in}</dd>" in made["index.html"]
    assert made["index.html"].count('<td data-value="-1" class="nothing">') == len(report.verdicts) - handed_in
    assert '<strong aria-hidden="true">Not handed in</strong>' in made["learner-1.html"]
    assert not [name for name, text in made.items() if "<code>MISSING</code>" in text]


def test_nobody_is_no_median() -> None:
    """An exercise that nobody handed in has no median points; one for which everybody got 0 has."""
    failed = made_class.attempt("03", made_class.check("test_it", "It works", Verdict.FAILED))
    made = files(made_class.of(made_class.submission("ada", failed)))["index.html"]
    rows = re.findall(r'<a href="exercise-(\d\d).html">.*?</tr>', made)
    cells = re.findall(r'(?:<td[^>]*class="number">(?:(?!</td>).)*</td>){4}', made)
    medians = {row: re.sub("<.*?>", " ", cell.split("</td>")[2]).split() for row, cell in zip(rows, cells, strict=True)}
    assert medians == {"03": ["0", "of", "6"], "22": []}
