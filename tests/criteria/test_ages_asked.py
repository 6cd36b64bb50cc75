"""At which ages the law asks what of a member."""

from households.criteria.ages_asked import ALL, ages_asked, together
from households.criteria.b1.shelf import demonstration
from households.criteria.law.shelf import standard

ND07 = ages_asked(standard("nd07-2021"))


def test_each_condition_of_the_law_bounds_the_ages_of_its_questions():
    asked = together([ND07])
    assert asked["work"] == [(15, None)]
    assert asked["nutrition"] == [(0, 16)]
    assert asked["health_insurance"] == [(6, None)]
    assert asked["certified_on_job"] == [(16, 31)]


def test_spans_that_touch_are_one():
    assert together([ND07])["studying"] == [(3, 31)]


def test_a_condition_without_an_age_asks_everybody():
    assert together([ND07])["monthly_assistance"] == [ALL]
    assert together([ND07])["disabled"] == [ALL]


def test_of_two_standards_each_asks_what_it_needs():
    with_points = ages_asked(standard("qd59-2015"), demonstration("qd59-2015"))
    asked = together([ND07, with_points])
    assert all(set(asked) >= set(one) for one in (ND07, with_points))
    assert asked["nutrition"] == [(0, 16)]
