"""What each run of characters is: every rule and reason, and the ways other sites print an article."""

import re
import subprocess
import sys
from collections.abc import Callable
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import structure
from helpers.structure import BLOCK_KINDS, COUNTED_KINDS, Block, find_blocks, structure_rules

HEAD = "Talks Open in Geneva"
FIRST = "The ministers met in Geneva on Monday and spoke for nine hours."
SECOND = "They will meet again on Tuesday, a spokesman for the Bordurian side said."

HEADLINE = "first line, does not close like a sentence"
SUBHEADING = "short, does not close like a sentence"
TWICE = "printed twice in a row, as a picture's text and its caption"
BEFORE = "printed before in this article"
BEHIND = "credit behind the text"

thorough = settings(derandomize=True, deadline=None, max_examples=100)


def read(raw: str) -> list[tuple[str, str]]:
    """The kind and text of each block."""
    return [(block.kind, raw[block.start : block.end]) for block in find_blocks(raw)]


def find_one(line: str) -> Block:
    """The block of a line that stands between a headline and two paragraphs."""
    raw = f"{HEAD}\n\n{line}\n\n{FIRST}\n\n{SECOND}"
    (block,) = [b for b in find_blocks(raw) if b.start <= raw.index(line, len(HEAD)) < b.end]
    assert raw[block.start : block.end] == line
    return block


def test_an_article_of_every_kind() -> None:
    raw = (
        "Skip to content\n\nTalks Open in Geneva\n\nBy Anna Berg\n\nMarch 4, 2024 9:15 AM\n\n"
        "Anna Berg, left, greets Jon Stone on March 4, 2024. (Daily Photo/Per Lund)\n\n"
        f"{FIRST}\n\nA Bridge Too Few\n\n{SECOND}\n\nLeave a Reply\nYour name\n"
    )
    assert [(b.kind, raw[b.start : b.end], b.reason) for b in find_blocks(raw)] == [
        ("boilerplate", "Skip to content", "site navigation"),
        ("headline", "Talks Open in Geneva", HEADLINE),
        ("boilerplate", "By Anna Berg", "byline"),
        ("boilerplate", "March 4, 2024 9:15 AM", "time stamp"),
        ("caption", "Anna Berg, left, greets Jon Stone on March 4, 2024.", "ends in a photo credit"),
        ("credit", "(Daily Photo/Per Lund)", BEHIND),
        ("body", FIRST, "running text"),
        ("subheading", "A Bridge Too Few", SUBHEADING),
        ("body", SECOND, "running text"),
        ("boilerplate", "Leave a Reply", "comment form"),
        ("boilerplate", "Your name", "comment form, continued"),
    ]


@pytest.mark.parametrize(
    ("raw", "blocks"),
    [
        ("", []),
        (" \n\t\r\n\f", []),
        ("x", [Block("headline", 0, 1, HEADLINE)]),
        ("  Talks Open \n", [Block("headline", 2, 12, HEADLINE)]),
        ("\nHe left.", [Block("body", 1, 9, "running text")]),
        (
            "He left. (AP)",
            [Block("body", 0, 8, "running text"), Block("credit", 9, 13, BEHIND)],
        ),
        ("***", [Block("boilerplate", 0, 3, "no words")]),
    ],
)
def test_offsets_of_short_texts(raw: str, blocks: list[Block]) -> None:
    assert find_blocks(raw) == blocks


def test_counted_kinds_are_the_kinds_that_tell_the_story() -> None:
    assert COUNTED_KINDS == ("headline", "subheading", "caption", "body")
    assert set(BLOCK_KINDS) - set(COUNTED_KINDS) == {"credit", "boilerplate"}


# ---- site furniture -----------------------------------------------------------------------------


@pytest.mark.parametrize("reason", structure_rules()["furniture_lines"])
@pytest.mark.parametrize("style", [str, str.title, str.upper, "» {}:".format, "[ {} ]".format])
def test_every_listed_line_is_furniture_in_any_dress(reason: str, style: Callable[[str], str]) -> None:
    for line in structure_rules()["furniture_lines"][reason]:
        block = find_one(style(line))
        assert (block.kind, block.reason) == ("boilerplate", reason), line


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Accessibility links", "site navigation"),
        ("Skip to main content", "site navigation"),
        ("Breaking   News", "site navigation"),
        ("READ MORE >>", "link to other articles"),
        ("You may also like:", "link to other articles"),
        ("Editor’s Picks", "link to other articles"),
        ("Don't miss", "link to other articles"),
        ("Read more: Ferry stopped by ice", "link to other articles"),
        ("Related | Ferry stopped by ice", "link to other articles"),
        ("See also the map of the valley", "link to other articles"),
        ("Watch: Ferry stopped by ice", "link to other articles"),
        ("Click here for the map.", "link to other articles"),
        ("https://daily.example/ferry", "link to other articles"),
        ("Download our app", "link to other articles"),
        ("Follow us on Facebook and X.", "link to other articles"),
        ("Follow Anna Berg on Twitter", "link to other articles"),
        ("Share this article", "sharing buttons"),
        ("Share via e-mail", "sharing buttons"),
        ("12 Comments", "sharing buttons"),
        ("1 share", "sharing buttons"),
        ("pic.twitter.com/aBc123", "sharing buttons"),
        ("— ADVERTISEMENT —", "advertisement"),
        ("Story continues below", "advertisement"),
        ("Privacy Policy", "site policy"),
        ("© 2024 The Daily. All rights reserved.", "site policy"),
        ("(c) 2024 The Daily", "site policy"),
        ("Copyright 2024 The Daily.", "site policy"),
        ("This material may not be published, broadcast or rewritten.", "site policy"),
        ("We use cookies to improve this page.", "site policy"),
        ("This site is protected by a puzzle.", "site policy"),
        ("By commenting, you agree to our Terms of Use.", "site policy"),
        ("By Anna Berg", "byline"),
        ("BY ANNA BERG", "byline"),
        ("By Anna Berg and Jon Stone", "byline"),
        ("By Anna Berg, Daily Correspondent", "byline"),
        ("By Anna Berg for The Daily", "byline"),
        ("By J. O’Neill-Berg | Daily", "byline"),
        ("Home > World > Europe", "breadcrumb"),
        ("World › Europe", "breadcrumb"),
        ("Tags: Norway, ships", "list of topics"),
        ("Filed under: ships", "list of topics"),
        ("Know more? Write to desk@daily.example", "contact of the newsroom"),
        ("Facebook | Twitter | Email", "sharing buttons"),
        ("Share  Print  12 comments", "sharing buttons"),
        ("Name *", "comment form"),
        ("The Daily Newsletter", "newsletter invitation"),
        ("Receive our best stories each night", "newsletter invitation"),
        ("2-minute listen", "reading time"),
        ("five minute read", "reading time"),
        ("Daily Photo", "image label"),
        ("Getty Images", "image label"),
        ("Leave a Reply", "comment form"),
        ("Leave a comment below", "comment form"),
        ("Your email address will not be published.", "comment form"),
        ("Required fields are marked *", "comment form"),
        ("Save my name, email, and website in this browser.", "comment form"),
        ("Post a comment", "comment form"),
        ("You must be logged in to post a comment.", "comment form"),
        ("daily newsletter icon", "newsletter invitation"),
        ("Newsletter sign-up", "newsletter invitation"),
        ("Sign up for the Daily", "newsletter invitation"),
        ("Sign up here", "newsletter invitation"),
        ("Subscribe to the Daily", "newsletter invitation"),
        ("Get the best of the Daily in your inbox", "newsletter invitation"),
        ("Our stories, straight to your inbox.", "newsletter invitation"),
        ("All you need, in one e-mail.", "newsletter invitation"),
        ("By subscribing, you accept our rules.", "newsletter invitation"),
        ("Join our newsletter", "newsletter invitation"),
        ("…", "no words"),
        ("[…]", "no words"),
        ("* * *", "no words"),
        ("-----", "no words"),
        ("\u200b", "no words"),
    ],
)
def test_furniture_and_its_reason(line: str, reason: str) -> None:
    block = find_one(line)
    assert (block.kind, block.reason) == ("boilerplate", reason)


@pytest.mark.parametrize(
    "line",
    [
        "July 27, 2023",
        "27 July 2023",
        "JULY 27, 2023 AT 10:15 PM",
        "Thursday, July 27, 2023 - 10:15 a.m. EST",
        "Published: July 27, 2023",
        "Published 12:30 GMT, 3 March 2024",
        "Last updated on March 3, 2024 at 09:15 UTC",
        "Updated 3 hours ago",
        "2 days ago",
        "2024-03-03",
        "2024-03-03T09:15:00Z",
        "03/03/2024",
        "3.3.2024 | 9:15",
        "Mar. 3, 2024 • 9:15 PM KST",
        "Posted on March 3rd, 2024 (9:15)",
        "Published March 3, 2024 · Updated March 4, 2024",
        "10:15",
    ],
)
def test_time_stamps(line: str) -> None:
    block = find_one(line)
    assert (block.kind, block.reason) == ("boilerplate", "time stamp")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("March Is Here", "subheading"),
        ("May Day", "subheading"),
        ("Nine Hours on Monday", "subheading"),
        ("12 Ships on March 3", "subheading"),
        ("The 1950-1953 war", "subheading"),
        ("On March 3, 2024, he left.", "body"),
        ("It came at 10:15.", "body"),
    ],
)
def test_dates_within_words_are_no_time_stamps(line: str, kind: str) -> None:
    assert find_one(line).kind == kind


@pytest.mark.parametrize(
    "line", ["1" * 60 + "x", "2010 2011 2012 2013 2014 2015 2016 2017 2018 2019 2020 Total"]
)
def test_rows_of_figures_do_not_hang(line: str) -> None:
    # A table's row or a reference number; in a process of its own so that a hang ends.
    code = "import sys; from helpers.structure import find_blocks; print(find_blocks(sys.argv[1])[0].kind)"
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, line], capture_output=True, text=True, timeout=10, check=True
        )
    except subprocess.TimeoutExpired:
        pytest.fail("find_blocks did not return")
    assert done.stdout == "headline\n"


@pytest.mark.parametrize(
    "line",
    [
        "Norway will not agree to the truce on such terms.",
        "Signing up to the treaty would cost Norway dearly, Mr. Stone said.",
        "By signing up to the pact, Norway gave away two islands.",
        "Copyright law in East Borduria forbids satire.",
        "Some of the guests were from Norway.",
    ],
)
def test_sentences_of_the_story_are_no_furniture(line: str) -> None:
    assert find_one(line).kind == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Bordurian Army Releases Video",
        "Minister Quits Over Newsletter",
        "Agencies Warn of Famine",
        "Sources: Minister to Resign",
        "First 100 Days",
    ],
)
def test_headlines_are_no_furniture(line: str) -> None:
    assert read(f"{line}\n\n{FIRST}") == [("headline", line), ("body", FIRST)]


@pytest.mark.parametrize("opening", ["Sign up for the Daily", "Leave a reply"])
def test_invitations_and_forms_reach_to_the_next_empty_line(opening: str) -> None:
    reason = find_one(opening).reason
    raw = f"{HEAD}\n\n{opening}\nWhat you need to know.\nStay informed.\n\n{FIRST}"
    assert [(b.kind, b.reason) for b in find_blocks(raw)] == [
        ("headline", HEADLINE),
        ("boilerplate", reason),
        ("boilerplate", f"{reason}, continued"),
        ("boilerplate", f"{reason}, continued"),
        ("body", "running text"),
    ]


def test_a_list_of_links_reaches_to_the_next_sentence_or_empty_line() -> None:
    links = "Read more\nA Ferry Stopped by Ice\n• The bridge is shut."
    kinds = ["boilerplate"] * 3
    assert [kind for kind, _ in read(f"{SECOND}\n\n{links}\n{FIRST}\n\n{HEAD}")] == [
        "body",
        *kinds,
        "body",
        "subheading",
    ]
    assert [kind for kind, _ in read(f"{SECOND}\n\n{links}\n\n{HEAD}\n\n{FIRST}")] == [
        "body",
        *kinds,
        "subheading",
        "body",
    ]


def test_other_furniture_does_not_reach_on() -> None:
    assert read(f"{SECOND}\n\nAdvertisement\n{HEAD}\n\n{FIRST}")[2] == ("subheading", HEAD)


def test_an_invitation_reaches_as_far_with_line_ends_of_windows() -> None:
    raw = f"{HEAD}\r\n\r\nSign up for the Daily\r\nStay informed.\r\n\r\n{FIRST}"
    assert [kind for kind, _ in read(raw)] == ["headline", "boilerplate", "boilerplate", "body"]


def test_furniture_within_an_invitation_keeps_its_own_reason() -> None:
    raw = f"{FIRST}\n\nSign up for the Daily\nShare\nStay informed."
    assert [b.reason for b in find_blocks(raw)[1:]] == [
        "newsletter invitation",
        "sharing buttons",
        "newsletter invitation, continued",
    ]


def test_an_invitation_does_not_swallow_an_article_without_empty_lines() -> None:
    raw = f"{HEAD}\n{FIRST}\nSign up for the Daily\n{SECOND}\nNorway sent no ship, Mr. Stone said."
    assert [kind for kind, _ in read(raw)] == ["headline", "body", "boilerplate", "body", "body"]


def test_long_paragraphs_are_never_furniture_or_credit() -> None:
    story = "The ministers wrote that all rights reserved to the islanders stay, " + "very " * 28 + "long."
    assert len(story.split()) == 40
    assert find_one(story).kind == "boilerplate"
    assert find_one("Yes: " + story).kind == "body"
    credit = "The Lantern contributed to this report, " + "very " * 33 + "long."
    assert len(credit.split()) == 40
    assert find_one(credit).kind == "credit"
    assert find_one("Yes: " + credit).kind == "body"


# ---- credits ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("The Lantern contributed to this report.", "agency credit"),
        ("Jon Lund in Szohod contributed reporting.", "agency credit"),
        ("This story was first published by the Lantern.", "agency credit"),
        ("This article is provided by the Lantern.", "agency credit"),
        ("Some information for this report came from the Lantern.", "agency credit"),
        ("Material in this story is from the Lantern", "agency credit"),
        ("(Reporting by Per Lund; editing by Eva Dahl)", "agency credit"),
        ("Additional reporting by Per Lund.", "agency credit"),
        ("With inputs from Lantern", "agency credit"),
        ("Source: Lantern", "agency credit"),
        ("Sources: Lantern, Harbour Post", "agency credit"),
        ("Via Lantern", "agency credit"),
        ("Agencies", "agency credit"),
        ("Photo: Per Lund", "photo credit"),
        ("Photo by Per Lund", "photo credit"),
        ("(Image credit: Per Lund)", "photo credit"),
        ("Video courtesy of the navy", "photo credit"),
        ("Credit: Per Lund/Lantern", "photo credit"),
    ],
)
def test_credits_and_their_reason(line: str, reason: str) -> None:
    block = find_one(line)
    assert (block.kind, block.reason) == ("credit", reason)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the ships had left.",
        "By noon, Anna Berg was gone.",
        "Sources in the ministry said that the talks went well. No one else was asked.",
        "The source of the river is in Norway. It is cold.",
    ],
)
def test_sentences_that_open_like_credits(line: str) -> None:
    assert find_one(line).kind == "body"


@pytest.mark.parametrize(
    "credit", ["(AP)", "(Reuters)", "(AFP, Reuters)", "(Reporting by Per Lund)", "(AP) ."],
)  # fmt: skip
def test_an_agency_in_brackets_at_the_end_is_a_block_of_its_own(credit: str) -> None:
    raw = f"{HEAD}\n\n{FIRST} {credit}"
    assert read(raw) == [("headline", HEAD), ("body", FIRST), ("credit", credit)]
    assert find_blocks(raw)[-1].reason == BEHIND


@pytest.mark.parametrize(
    "line", ["They met at the harbour (north side).", "SZOHOD (AP) — They met on Monday.", "(AP) They met."]
)
def test_other_brackets_stay_where_they_are(line: str) -> None:
    assert find_one(line) == Block("body", 22, 22 + len(line), "running text")


@pytest.mark.parametrize(
    "credit", ["Photo by Per Lund", "© Per Lund", "Image: Lantern", "Per Lund/Lantern", "Credit: Per Lund"]
)
def test_a_photo_credit_behind_the_last_sentence(credit: str) -> None:
    raw = f"{HEAD}\n\nA ship leaves Szohod. {credit}\n\n{FIRST}"
    assert read(raw)[1:3] == [("caption", "A ship leaves Szohod."), ("credit", credit)]
    assert [b.reason for b in find_blocks(raw)][1:3] == ["ends in a photo credit", BEHIND]


@pytest.mark.parametrize(
    "line",
    ["He left. Norway and/or East Borduria will pay.", "He left. Photo shops in Szohod are shut on Monday."],
)
def test_a_last_sentence_is_no_credit(line: str) -> None:
    assert find_one(line).kind == "body"


def test_a_credit_alone_on_the_first_line_leaves_the_headline_its_place() -> None:
    assert read(f"(Reuters)\n\n{HEAD}\n\n{FIRST}") == [
        ("credit", "(Reuters)"),
        ("headline", HEAD),
        ("body", FIRST),
    ]


# ---- captions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "credit", "reason"),
    [
        ("Anna Berg lands in Szohod.", "(AP Photo/Per Lund)", "ends in a photo credit"),
        ("Anna Berg lands in Szohod.", "(Lantern via AP)", "ends in a photo credit"),
        ("Anna Berg lands in Szohod", "(Navy handout)", "ends in a photo credit"),
        ("Anna Berg lands in Szohod.", "(Lund/Reuters)", "ends in a photo credit"),
        ("Anna Berg lands in Szohod.", "(Per Lund/Getty Images)", "ends in a photo credit"),
        ("In this photo taken on Monday, a ship leaves.", "", "opens like a caption"),
        ("On this undated handout photo a ship leaves.", "", "opens like a caption"),
        ("In this satellite image, a ship leaves.", "", "opens like a caption"),
        ("FILE - A ship leaves Szohod.", "", "opens like a caption"),
        ("File photo: A ship leaves Szohod.", "", "opens like a caption"),
        ("Pictured: a ship that leaves Szohod.", "", "opens like a caption"),
        ("A file photo shows a ship in Szohod.", "", "opens like a caption"),
        ("This image released by the navy has a ship in it.", "", "opens like a caption"),
        (
            "Anna Berg, left, and Jon Stone sign a paper in Szohod on March 4, 2024.",
            "",
            "says who stands where, and the day",
        ),
        (
            "Jon Stone (second from right) speaks on Monday, March 4, 2024, in Szohod.",
            "",
            "says who stands where, and the day",
        ),
    ],
)
def test_captions_and_their_reason(told: str, credit: str, reason: str) -> None:
    raw = f"{HEAD}\n\n{told} {credit}\n\n{FIRST}"
    blocks = find_blocks(raw)
    assert (blocks[1].kind, blocks[1].reason) == ("caption", reason)
    credits_found = [("credit", credit)] if credit else []
    assert read(raw) == [("headline", HEAD), ("caption", told), *credits_found, ("body", FIRST)]


@pytest.mark.parametrize(
    "line",
    [
        "Jon Stone left, and Anna Berg stayed, the navy said on March 4, 2024.",
        "The party of the left, or what remains of it, met on Monday.",
        "Video-sharing sites were shut in Szohod on Monday.",
    ],
)
def test_sentences_that_are_no_captions(line: str) -> None:
    assert find_one(line).kind == "body"


def test_a_caption_above_everything_is_no_headline() -> None:
    assert read(f"FILE - Anna Berg in Szohod\n\n{HEAD}\n\n{FIRST}")[0][0] == "caption"


# ---- printed twice ------------------------------------------------------------------------------


def test_a_paragraph_printed_twice_in_a_row_is_a_caption_once() -> None:
    caption = "Anna Berg and Jon Stone sign a paper in Szohod."
    raw = f"{HEAD}\n\n{caption}\n{caption}\n\n{FIRST}"
    assert [(b.kind, b.reason) for b in find_blocks(raw)] == [
        ("headline", HEADLINE),
        ("caption", TWICE),
        ("boilerplate", BEFORE),
        ("body", "running text"),
    ]


def test_a_caption_whose_second_printing_has_its_credit() -> None:
    caption = "Anna Berg and Jon Stone sign a paper in Szohod."
    raw = f"{HEAD}\n\n{caption}\n{caption} (AP Photo/Per Lund)\n\n{FIRST}"
    assert [b.kind for b in find_blocks(raw)] == ["headline", "caption", "boilerplate", "body"]


def test_a_second_printing_is_known_by_its_letters_alone() -> None:
    raw = (
        f"{HEAD}\n\n{FIRST}\n\n{SECOND}\n\nTHE MINISTERS met, in Geneva, on Monday and spoke for nine hours!"
    )
    assert [(b.kind, b.reason) for b in find_blocks(raw)][1:] == [
        ("body", "running text"),
        ("body", "running text"),
        ("boilerplate", BEFORE),
    ]


def test_two_words_may_stand_twice() -> None:
    raw = f"{FIRST}\n\nHe left.\n\n{SECOND}\n\nHe left."
    assert [kind for kind, _ in read(raw)] == ["body"] * 4


def test_a_headline_printed_twice_is_still_the_headline() -> None:
    # The page's title and the article's: the commonest repetition of all.
    assert read(f"{HEAD}\n\n{HEAD}\n\n{FIRST}") == [
        ("headline", HEAD),
        ("boilerplate", HEAD),
        ("body", FIRST),
    ]


def test_a_headline_whose_words_open_the_story_is_still_the_headline() -> None:
    story = "Talks open in Geneva after nine years of silence between the two neighbours."
    assert read(f"{HEAD}\n\n{story}") == [("headline", HEAD), ("body", story)]


# ---- headline, sub-headings, body ---------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Talks Open in Geneva",
        "TALKS OPEN IN GENEVA",
        "Will Norway Send a Ship?",
        "Norway, Borduria and the U.S.",
        "“No Ship,” Says Norway",
        "Norway: no ship",
        "12 Ships Leave Szohod (and No One Knows Why)",
        "word " * 29 + "word",
    ],
)
def test_headlines(line: str) -> None:
    assert read(f"{line}\n\n{FIRST}") == [("headline", line), ("body", FIRST)]


@pytest.mark.parametrize(
    "line",
    [
        "Norway sent no ship.",
        "Norway sent no ship…",
        "Norway sent “no ship.”",
        "Norway sent no ship!",
        "Norway sent no ship (not one.)",
        "Norway sent these:",
        "word " * 30 + "word",
    ],
)
def test_a_first_line_that_is_no_headline(line: str) -> None:
    assert read(f"{line}\n\n{SECOND}") == [("body", line), ("body", SECOND)]


def test_a_headline_stands_once_and_before_the_story() -> None:
    assert read(f"{HEAD}\n\nA Long Night\n\n{FIRST}") == [
        ("headline", HEAD),
        ("subheading", "A Long Night"),
        ("body", FIRST),
    ]
    assert read(f"{FIRST}\n\n{HEAD}") == [("body", FIRST), ("subheading", HEAD)]


@pytest.mark.parametrize(("n_words", "kind"), [(1, "subheading"), (12, "subheading"), (13, "body")])
def test_sub_headings_are_short(n_words: int, kind: str) -> None:
    line = " ".join(["Word"] * n_words)
    assert read(f"{FIRST}\n\n{line}\n\n{SECOND}")[1] == (kind, line)


@pytest.mark.parametrize(("n_words", "kind"), [(30, "subheading"), (31, "body")])
def test_the_line_under_the_headline_may_be_longer(n_words: int, kind: str) -> None:
    line = " ".join(["Word"] * n_words)
    assert read(f"{HEAD}\n\n{line}\n\n{FIRST}")[1] == (kind, line)


@pytest.mark.parametrize(
    "line", ["• Norway", "- Norway", "– Norway", "* Norway", "“Norway first”", "and so on"]
)
def test_list_items_slogans_and_torn_lines_are_no_sub_headings(line: str) -> None:
    assert read(f"{FIRST}\n\n{line}\n\n{SECOND}")[1] == ("body", line)


def test_a_list_after_a_colon_is_no_sub_heading() -> None:
    assert read(f"{HEAD}\n\nThree states signed:\n\nNorway") == [
        ("headline", HEAD),
        ("body", "Three states signed:"),
        ("body", "Norway"),
    ]


@pytest.mark.parametrize("closing", [".", "!", "…", ";", ",", ".”", '."', ".’", ".)", ".]", ".*", ".»"])
def test_what_closes_a_short_paragraph(closing: str) -> None:
    assert find_one(f"They left{closing}").kind == "body"


@pytest.mark.parametrize(
    "line",
    [
        "SZOHOD, March 4 (Reuters) - The ministers met again.",
        "SZOHOD (AP) — The ministers met again.",
        "SZOHOD, East Borduria — The ministers met again.",
        "Szohod: The ministers met again.",
    ],
)
def test_datelines_stay_with_their_paragraph(line: str) -> None:
    assert find_one(line) == Block("body", 22, 22 + len(line), "running text")


def test_trailing_ellipsis() -> None:
    raw = f"{HEAD}\n\n{FIRST}\n\nThe ministers will …\n\n…"
    assert read(raw)[2:] == [("body", "The ministers will …"), ("boilerplate", "…")]


# ---- ways of printing ---------------------------------------------------------------------------


def test_hard_wrapped_paragraphs_are_joined() -> None:
    first = (
        "The ministers of Norway and East Borduria met in Geneva on Monday and\n"
        "spoke for nine hours about the bridge, the ferry and the price of salt\n"
        "in the valley."
    )
    second = '"We will build the bridge," Ms. Berg said after the meeting, "and all\nof us will pay."'
    assert read(f"{HEAD}\n\n{first}\n\n{second}\n") == [("headline", HEAD), ("body", first), ("body", second)]


def test_hard_wrapped_paragraphs_with_an_indent_are_joined() -> None:
    first = (
        "The ministers of Norway and East Borduria met in Geneva on Monday and\n"
        "    spoke for nine hours about the bridge, the ferry and the salt."
    )
    assert read(f"    {first}") == [("body", first)]


def test_a_hard_wrapped_line_may_end_in_a_title() -> None:
    first = (
        "The ministers of Norway and East Borduria met on Monday night and Mr.\n"
        "Stone spoke for nine hours about the bridge, the ferry and the salt."
    )
    assert read(f"{HEAD}\n\n{first}") == [("headline", HEAD), ("body", first)]


def test_lines_with_room_left_are_paragraphs_of_their_own() -> None:
    lines = [
        HEAD,
        "The ministers of Norway and East Borduria met.",
        "A Long Night",
        "No one in the house slept.",
    ]
    assert [text for _, text in read("\n".join(lines))] == lines


def test_the_longest_line_is_not_joined_to_the_next_for_being_the_longest() -> None:
    lines = ["Ministers of Norway and East Borduria Meet in Geneva", "They met on Monday.", "They left."]
    assert read("\n".join(lines)) == list(zip(["headline", "body", "body"], lines, strict=True))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_one_paragraph_a_line(end: str) -> None:
    lines = [HEAD, FIRST, "A Long Night", SECOND]
    kinds = ["headline", "body", "subheading", "body"]
    assert read(end.join(lines)) == list(zip(kinds, lines, strict=True))


def test_very_long_lines_are_never_joined() -> None:
    lines = [HEAD, FIRST[:-1] + " and " * 20 + "went home", "so they say, as if it were over"]
    assert [text for _, text in read("\n".join(lines))] == lines


# ---- properties ---------------------------------------------------------------------------------

LINES = [
    HEAD, FIRST, SECOND, "A Long Night", "Read more", "Leave a Reply", "Sign up for the Daily",
    "By Anna Berg", "March 4, 2024 9:15 AM", "…", "(AP)", "FILE - A ship (AP Photo/Per Lund).", "“No ship,",
    "and so on", f"{FIRST} (AFP)", "Three states signed:", "  Norway\t", "((AP))", "Photo: Per Lund", "",
]  # fmt: skip
articles = st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\n\n", "\n \n"]))).map(
    lambda lines: "".join(line + gap for line, gap in lines)
)


@thorough
@given(articles | st.text(max_size=80) | st.text(alphabet="aA. (AP)\n\r\t…:\x0b\u2028\x1e", max_size=80))
def test_blocks_cover_all_but_white_space_in_order(raw: str) -> None:
    blocks = find_blocks(raw)
    covered = [0] * len(raw)
    for block in blocks:
        assert block.kind in BLOCK_KINDS
        assert block.reason
        assert raw[block.start : block.end].strip() == raw[block.start : block.end] != ""
        for at in range(block.start, block.end):
            covered[at] += 1
    assert [b.start for b in blocks] == sorted(b.start for b in blocks)
    assert max(covered, default=0) <= 1
    assert all(n or c.isspace() for n, c in zip(covered, raw, strict=True))


@thorough
@given(articles)
def test_line_ends_of_windows_change_no_block(raw: str) -> None:
    windows = raw.replace("\n", "\r\n")
    found = [(b.kind, b.reason, raw[b.start : b.end]) for b in find_blocks(raw)]
    assert [
        (b.kind, b.reason, windows[b.start : b.end].replace("\r\n", "\n")) for b in find_blocks(windows)
    ] == found


@thorough
@given(articles, st.integers(0, 5))
def test_empty_lines_above_shift_every_block(raw: str, n_lines: int) -> None:
    shifted = [Block(b.kind, b.start + n_lines, b.end + n_lines, b.reason) for b in find_blocks(raw)]
    assert find_blocks("\n" * n_lines + raw) == shifted


@thorough
@given(articles)
def test_at_most_one_headline_and_nothing_counted_before_it_but_captions(raw: str) -> None:
    kinds = [b.kind for b in find_blocks(raw) if b.kind in COUNTED_KINDS]
    assert kinds.count("headline") <= 1
    assert "headline" not in kinds[1:]


# ---- what is asked first ------------------------------------------------------------------------

# Signs that count for nothing, letters that are folded to several or to another, and a mark that becomes one.
ODD = st.text(alphabet="aDſKıİßﬁ\u0345é9_-. |\n’", max_size=12)


@pytest.mark.parametrize("section", ["furniture_patterns", "credit_patterns"])
@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.data())
def test_no_line_of_a_pattern_is_passed_over(section: str, data: st.DataObject) -> None:
    listed = list(chain.from_iterable(structure_rules()[section].values()))
    found = data.draw(st.sampled_from(listed).flatmap(lambda p: st.from_regex(re.compile(p, re.IGNORECASE))))
    line = data.draw(ODD) + found + data.draw(ODD)
    short = len(line.split()) <= 40
    reasons = [reason for pattern, reason in structure._patterns(section) if short and pattern.search(line)]
    assert structure._matching_reason(section, line) == (reasons[0] if reasons else "")


def test_letters_that_count_as_others_where_case_is_ignored() -> None:
    for code in range(sys.maxunicode + 1):
        if re.match("[a-z]", chr(code), re.IGNORECASE):
            folded = structure._folded_line(chr(code))
            assert "a" <= folded <= "z" and re.fullmatch(folded, chr(code), re.IGNORECASE), hex(code)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"^your e-?mail address\b", "mail address"),
        (r"\bto (a )?comments?$", "comment"),
        (r"[.!] subscribe {2}now", " subscribe"),
        (r"(one|two) (three){2}", " "),
        (r"^one|two", None),
    ],
)
def test_letters_that_a_pattern_needs(pattern: str, needed: str | None) -> None:
    assert structure._needed_letters(pattern) == needed


def test_captions_open_with_their_openings() -> None:
    assert all(pattern.startswith("^") for pattern in structure_rules()["captions"]["openings"])


@thorough
@given(
    st.lists(st.sampled_from(["Aa bb cc", "aa-BB cc dd ee", "aabbccdd", "aabbccd d", "—"]) | ODD, max_size=8)
)
def test_prints_are_alike_where_all_letters_are(texts: list[str]) -> None:
    prints, letters = structure._prints(texts), list(map(structure._letters, texts))
    assert [[a == b for a in prints] for b in prints] == [[a == b for a in letters] for b in letters]


@thorough
@given(st.sampled_from([*structure._furniture_lines()]), st.text(alphabet="-!’|", max_size=4), st.data())
def test_furniture_lines_with_signs_in_them(line: str, signs: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(line)))
    text = line[:at].upper() + signs + line[at:]
    assert structure._furniture_reason(text) == structure._furniture_lines()[structure._bare(text)]
