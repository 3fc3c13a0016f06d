"""Whose a submission is."""

from __future__ import annotations

import pytest

from checker.classroom import matching
from checker.gradebook.handins import HandIn, Person, Submission
from checker.report.model import Learner

ADA = Learner(id="100", name="Ada Lovelace", email="ada@example.org", fields={"login": "countess"})
GRACE = Learner(id="101", name="Grace Hopper", email="Hopper.Grace@example.org")
JOSE = Learner(id="102", name="García Márquez, José")


def attempts(*exercises: str) -> list[HandIn]:
    return [HandIn(exercise=each, text=None) for each in exercises]


def submission(name: str, *keys: str, exercise: str = "03") -> Submission:
    """One whose only key is a name that no platform wrote."""
    return Submission(name=name, attempts=attempts(exercise), people=[Person(name=key) for key in keys])


def from_platform(platform: str, number: str, name: str, exercise: str = "03") -> Submission:
    person = Person(name=name, platform=platform, number=number)
    return Submission(name=f"{name} {number}", attempts=attempts(exercise), people=[person])


def clones(*names: str, exercise: str = "03", source: str = "") -> list[Submission]:
    """Repositories from one path; {} in it is each one's name."""
    people = {name: Person(name=name, is_repository=True) for name in names}
    return [
        Submission(name=name, attempts=attempts(exercise), people=[person], source=source.format(name))
        for name, person in people.items()
    ]


def joined(learners: list[Learner], *submissions: Submission) -> dict[str, list[str]]:
    """The ids of the learners of each submission that is given to somebody."""
    found = matching.match(learners, submissions).learners
    return {name: [learner.id for learner in given] for name, given in found.items()}


@pytest.mark.parametrize(
    "key", ["100", "ADA@example.org", "ada", "Countess", "Ada Lovelace", "lovelace, ada", "adalovelace", "lovelaceada"]
)
def test_keys(key: str) -> None:
    """An id, an address, a login, or a name in any order, with or without spaces, means the learner."""
    assert joined([GRACE, ADA], submission("it", key)) == {"it": ["100"]}


@pytest.mark.parametrize(
    "key", ["Jose Garcia Marquez", "JOSÉ GARCÍA MÁRQUEZ", "garcíamárquezjosé", "Jose\u0301 Garcia Marquez"]
)
def test_accents_do_not_matter(key: str) -> None:
    """Names are the same with and without accents, however these are written."""
    assert joined([ADA, JOSE], submission("it", key)) == {"it": ["102"]}


@pytest.mark.parametrize("key", ["", "10", "Ada L", "example.org", "Lovelace"])
def test_near_is_not_enough(key: str) -> None:
    """Part of an id or of a name means nobody."""
    assert joined([ADA, GRACE], submission("it", key)) == {}


def test_who_handed_in_nothing() -> None:
    """Learners whose submission was not found are missing, in the order of the roster."""
    matches = matching.match([GRACE, ADA, JOSE], [submission("x", "100"), submission("unknown", "nobody")])
    assert matches.learners == {"x": [ADA]}
    assert matches.missing == [GRACE, JOSE]
    assert list(matches.ambiguous) == ["unknown"]


def test_an_earlier_level_decides() -> None:
    """What is one learner's id and another's login means the first."""
    assert joined([ADA, Learner(id="ada", name="Somebody")], submission("it", "ada")) == {"it": ["ada"]}


def test_namesakes_are_nobody_s() -> None:
    """Two learners may be meant: neither is chosen, neither is missing, and it is said."""
    namesake = Learner(id="101", name="Ada Lovelace")
    matches = matching.match([ADA, namesake], [submission("it", "Ada Lovelace")])
    assert (matches.learners, matches.missing) == ({}, [])
    assert matches.ambiguous == {"it": "it may be from Ada Lovelace (100) or Ada Lovelace (101)"}


def test_two_submissions_of_one_learner() -> None:
    """Which one counts is not for the checker to choose: both are told, and the learner is not missing."""
    matches = matching.match([ADA], [submission("a", "ada"), submission("b", "ADA")])
    assert (matches.learners, matches.missing) == ({}, [])
    assert list(matches.ambiguous) == ["a", "b"]
    assert "so may another submission" in matches.ambiguous["a"]


@pytest.mark.parametrize("exercise", ["03", "11"])
def test_a_weaker_claim_harms_only_its_sender(exercise: str) -> None:
    """Who is called like somebody else takes nothing from whom a stronger key means, and gives nothing, either."""
    mallory = submission("mallory", "Ada Lovelace", exercise=exercise)
    matches = matching.match([ADA], [submission("hers", "100"), mallory])
    assert matches.learners == {"hers": [ADA]}
    assert "by a key that tells more" in matches.ambiguous["mallory"]


def test_no_exercise_in_common_is_no_conflict() -> None:
    """Together in one week, alone or with somebody else in the next; by keys of different strength, too."""
    found = [
        submission("both", "ada@example.org", "101"),
        submission("a", "100", exercise="11"),
        submission("b", "hopper.grace@example.org", "102", exercise="11"),
    ]
    assert joined([ADA, GRACE, JOSE], *found) == {"both": ["100", "101"], "a": ["100"], "b": ["101", "102"]}


def test_a_conflict_at_one_exercise_is_one() -> None:
    """The partner, whom nobody else claims, keeps the mark; and what is of another exercise is not in doubt."""
    found = [submission("both", "100", "101"), submission("a", "100"), submission("later", "100", exercise="11")]
    assert joined([ADA, GRACE], *found) == {"both": ["101"], "later": ["100"]}
    assert matching.match([ADA, GRACE], found).ambiguous.keys() == {"both", "a"}


def test_who_matches_nobody_is_told_the_nearest() -> None:
    """A misspelt name is listed with whom it may mean."""
    matches = matching.match([ADA, GRACE, JOSE], [submission("it", "Grase Hoper")])
    assert "the nearest: Grace Hopper (101)" in matches.ambiguous["it"]


# --- platforms -----------------------------------------------------------------------------------

MIA = [
    Learner(id=str(number), name="Lopez, Mia", fields={"Student": "Lopez, Mia", "ID": str(number)})
    for number in (5009, 5010)
]


def test_canvas_ids_beat_names() -> None:
    """Two called Lopez, Mia are told apart by Canvas's numbers; a number that the roster has not is nobody's."""
    found = [from_platform("canvas", number, "lopezmia") for number in ("5010", "5009", "7")]
    assert joined(MIA, *found) == {"lopezmia 5010": ["5010"], "lopezmia 5009": ["5009"]}


def test_a_number_of_canvas_is_no_student_number() -> None:
    """In a roster from elsewhere the same number may be somebody else's, so the name has to agree."""
    assert joined([ADA, GRACE], from_platform("canvas", "100", "hoppergrace")) == {"hoppergrace 100": ["101"]}


def test_blind_marking() -> None:
    """The participant's number, as the worksheet has it; the name says nothing."""
    people = [Learner(id=f"Participant {n}", fields={"Identifier": f"Participant {n}"}) for n in (1, 2)]
    assert joined(people, from_platform("moodle", "2", "Participant")) == {"Participant 2": ["Participant 2"]}
    assert joined([ADA], from_platform("moodle", "2", "Participant")) == {}


def test_groups() -> None:
    """A group's work is that of all its members; who is only called like the group takes nothing from them."""
    team = [Learner(id=f"{n}", name=f"P{n}", fields={"Group": "Team 1"}) for n in (1, 2)]
    assert joined(team, from_platform("moodle", "77", "Team 1")) == {"Team 1 77": ["1", "2"]}
    own = [from_platform("moodle", n, f"P{n}") for n in "12"]
    assert joined(team, *own, from_platform("moodle", "3", "Team 1")) == {"P1 1": ["1"], "P2 2": ["2"]}


@pytest.mark.parametrize("platform", ["canvas", "moodle"])
def test_a_group_in_one_week_and_alone_in_the_next(platform: str) -> None:
    """Each learner has the group's exercise, and the own one."""
    fields = [{"Student": f"P{n}", "ID": n, "Identifier": f"Participant {n}", "Group Name": "Team 1"} for n in "12"]
    team = [Learner(id=n, name=f"P{n}", fields=each) for n, each in zip("12", fields, strict=True)]
    of_all = from_platform(platform, *{"canvas": ("2", "team1"), "moodle": ("77", "Team 1")}[platform])
    found = joined(team, of_all, from_platform(platform, "1", "p1", "11"), from_platform(platform, "2", "p2", "11"))
    assert found == {of_all.name: ["1", "2"], "p1 1": ["1"], "p2 2": ["2"]}


def test_a_group_s_work_on_canvas_has_a_member_s_number() -> None:
    """Canvas calls it by the group's name."""
    team = [Learner(id=n, name=f"P{n}", fields={"Student": f"P{n}", "ID": n, "Group Name": "Team 1"}) for n in "12"]
    assert joined(team, from_platform("canvas", "2", "team1")) == {"team1 2": ["1", "2"]}


# --- repositories --------------------------------------------------------------------------------

ALICE = Learner(id="1", name="Alice A", fields={"login": "alice"})
X_ALICE = Learner(id="2", name="Xavier", fields={"login": "x-alice"})


def test_a_login_with_dashes_is_nobody_else_s() -> None:
    """What all repositories begin with is the assignment; the whole rest is the login."""
    found = joined([ALICE, X_ALICE], *clones("kata-1-alice", "kata-1-x-alice", "kata-1-bob"))
    assert found == {"kata-1-alice": ["1"], "kata-1-x-alice": ["2"]}
    assert joined([ALICE], *clones("kata-alice", "kata-x-alice", "kata-y-alice")) == {"kata-alice": ["1"]}


def test_one_repository_called_otherwise_moves_nobody() -> None:
    """A shorter name has less in common with the others; it is its own learner who is not found."""
    found = matching.match([ALICE, X_ALICE], clones("kata-1-alice", "kata-1-x-alice", "kata-1-bob", "kata-eve"))
    assert {name: [each.id for each in given] for name, given in found.learners.items()} == {
        "kata-1-alice": ["1"],
        "kata-1-x-alice": ["2"],
    }
    assert {"kata-1-bob", "kata-eve"} == found.ambiguous.keys()


def test_a_branch_is_no_part_of_a_login() -> None:
    """GitHub's zips end in -main; who has a login that does is meant first."""
    assert joined([ALICE], *clones("kata-alice-main", "kata-bob-main")) == {"kata-alice-main": ["1"]}
    mains = Learner(id="3", fields={"login": "alice-main"})
    assert joined([ALICE, mains], *clones("kata-alice-main", "kata-bob")) == {"kata-alice-main": ["3"]}


def test_only_the_roster_says_whose_a_login_is() -> None:
    """With GitHub's own column, a login that is called like somebody else's id or name is nobody's."""
    people = [
        Learner(id="ada", name="Ada", fields={"identifier": "ada", "github_username": "countess"}),
        Learner(id="ben", name="Ben", fields={"identifier": "ben", "github_username": ""}),
    ]
    assert joined(people, *clones("kata-countess", "kata-ada", "kata-ben")) == {"kata-countess": ["ada"]}


def test_folders_by_other_names_count_for_more() -> None:
    """Where most are not called like repositories, one that ends like a name takes nothing from it."""
    found = joined([ALICE], *clones("alice", "bob", "cleo", "x-alice", "x-bob"))
    assert found == {"alice": ["1"]}


def test_of_a_repository_alone_the_login_is_the_longest() -> None:
    """kata-x-alice may be x-alice's, so it is not alice's."""
    assert joined([ALICE], *clones("kata-x-alice")) == {}
    assert joined([ALICE], *clones("kata-alice", "fay")) == {"kata-alice": ["1"]}


BOB = Learner(id="3", name="Bob B", fields={"login": "bob"})
EVE = Learner(id="4", name="Eve E", fields={"login": "eve"})


@pytest.mark.parametrize("source", ["/w/{}", "/w/{}/{{}}.zip"], ids=["folder", "zips"])
def test_each_week_has_an_assignment(source: str) -> None:
    """The prefix is that of a path's repositories, or of zips beside each other; some skip a week."""
    first = clones("kata-1-alice", "kata-1-x-alice", "kata-1-bob", source=source.format(1))
    second = clones("kata-2-alice", "kata-2-bob", "kata-2-eve", exercise="11", source=source.format(2))
    assert joined([ALICE, X_ALICE, BOB, EVE], *first, *second) == {
        "kata-1-alice": ["1"], "kata-1-x-alice": ["2"], "kata-1-bob": ["3"],
        "kata-2-alice": ["1"], "kata-2-bob": ["3"], "kata-2-eve": ["4"],
    }  # fmt: skip


def test_zips_far_from_each_other_are_one_class() -> None:
    """A folder for each of them says nothing of the assignment."""
    found = clones("kata-1-alice", "kata-1-bob", "kata-1-eve", source="/w/{}/it.zip")
    assert joined([ALICE, BOB, EVE], *found) == {"kata-1-alice": ["1"], "kata-1-bob": ["3"], "kata-1-eve": ["4"]}


def test_a_late_zip_is_of_its_class() -> None:
    """Alone at its path, it has the assignment of whichever class begins like that."""
    first = clones("kata-1-alice", "kata-1-bob", source="/w/1")
    second = clones("kata-2-alice", "kata-2-bob", exercise="11", source="/w/2")
    late = [*clones("kata-1-eve", source="/late/a.zip"), *clones("kata-2-eve", exercise="11", source="/late/b.zip")]
    for found in ([*first, *second, *late], [*late, *second, *first]):
        assert joined([ALICE, BOB, EVE], *found) == {
            "kata-1-alice": ["1"], "kata-1-bob": ["3"], "kata-2-alice": ["1"], "kata-2-bob": ["3"],
            "kata-1-eve": ["4"], "kata-2-eve": ["4"],
        }  # fmt: skip


@pytest.mark.parametrize("exercise", ["03", "11"])
def test_a_zip_with_an_assignment_of_its_own_takes_nothing(exercise: str) -> None:
    """Beside a class of folders that are called by logins, somebody's folders with a dash count for less."""
    found = [*clones("alice", "bob", "cleo", source="/w"), *clones("x-alice", "x-bob", exercise=exercise, source="/z")]
    assert joined([ALICE, BOB], *found) == {"alice": ["1"], "bob": ["3"]}
