"""All checks, in the order in which an official goes through a form. Plain Python."""

from collections.abc import Callable, Iterator

from households.surveys.checks.causes.cause_of_illness import cause_of_illness
from households.surveys.checks.causes.cause_of_labour import cause_of_labour
from households.surveys.checks.causes.cause_of_land import cause_of_land
from households.surveys.checks.causes.causes_named import causes_named
from households.surveys.checks.causes.causes_of_others import causes_of_others
from households.surveys.checks.causes.labour_group import labour_group
from households.surveys.checks.causes.minority_group import minority_group
from households.surveys.checks.causes.needs_named import needs_named
from households.surveys.checks.causes.too_many_causes import too_many_causes
from households.surveys.checks.health.ground_of_assistance import ground_of_assistance
from households.surveys.checks.health.insured_by_law import insured_by_law
from households.surveys.checks.health.measured_nutrition import measured_nutrition
from households.surveys.checks.health.poor_without_insurance import poor_without_insurance
from households.surveys.checks.health.pupil_without_insurance import pupil_without_insurance
from households.surveys.checks.health.right_to_assistance import right_to_assistance
from households.surveys.checks.house.class_of_house import class_of_house
from households.surveys.checks.house.floor_area import floor_area
from households.surveys.checks.house.flush_without_water import flush_without_water
from households.surveys.checks.house.internet_by_what import internet_by_what
from households.surveys.checks.house.phone_by_what import phone_by_what
from households.surveys.checks.kin.age_of_child import age_of_child
from households.surveys.checks.kin.age_of_parent import age_of_parent
from households.surveys.checks.kin.age_to_marry import age_to_marry
from households.surveys.checks.kin.in_law_alone import in_law_alone
from households.surveys.checks.kin.late_child import late_child
from households.surveys.checks.kin.not_related import not_related
from households.surveys.checks.kin.spouses_of_one_sex import spouses_of_one_sex
from households.surveys.checks.kin.two_generations import two_generations
from households.surveys.checks.kin.two_spouses import two_spouses
from households.surveys.checks.last_year.area_changed import area_changed
from households.surveys.checks.last_year.diploma_lost import diploma_lost
from households.surveys.checks.last_year.disability_gone import disability_gone
from households.surveys.checks.last_year.house_worse import house_worse
from households.surveys.checks.last_year.insurance_lost import insurance_lost
from households.surveys.checks.last_year.same_answers import same_answers
from households.surveys.checks.money.cost_over_revenue import cost_over_revenue
from households.surveys.checks.money.farming_by_sources import farming_by_sources
from households.surveys.checks.money.unit_of_amounts import unit_of_amounts
from households.surveys.checks.money.unit_of_income import unit_of_income
from households.surveys.checks.money.wages_of_nobody import wages_of_nobody
from households.surveys.checks.numbers.number_against_person import number_against_person
from households.surveys.checks.numbers.number_missing import number_missing
from households.surveys.checks.numbers.number_of_another import number_of_another
from households.surveys.checks.numbers.number_twice import number_twice
from households.surveys.checks.numbers.number_well_formed import number_well_formed
from households.surveys.checks.paper.day_in_round import day_in_round
from households.surveys.checks.paper.quick_sheet import quick_sheet
from households.surveys.checks.paper.respondent_of_household import respondent_of_household
from households.surveys.checks.paper.reviewer_named import reviewer_named
from households.surveys.checks.paper.reviewer_of_household import reviewer_of_household
from households.surveys.checks.parts import Finding, Known
from households.surveys.checks.registry.another_person import another_person
from households.surveys.checks.registry.belongs_elsewhere import belongs_elsewhere
from households.surveys.checks.registry.died_before import died_before
from households.surveys.checks.registry.many_came_or_went import many_came_or_went
from households.surveys.checks.registry.nobody_known import nobody_known
from households.surveys.checks.registry.old_people_split_off import old_people_split_off
from households.surveys.checks.registry.other_ethnicity import other_ethnicity
from households.surveys.checks.roster.children_alone import children_alone
from households.surveys.checks.roster.day_of_birth import day_of_birth
from households.surveys.checks.roster.head_grown_up import head_grown_up
from households.surveys.checks.roster.one_head import one_head
from households.surveys.checks.roster.real_names import real_names
from households.surveys.checks.roster.roster_complete import roster_complete
from households.surveys.checks.roster.same_person_twice import same_person_twice
from households.surveys.checks.roster.sex_of_name import sex_of_name
from households.surveys.checks.roster.very_old import very_old
from households.surveys.checks.schooling.child_out_of_school import child_out_of_school
from households.surveys.checks.schooling.diploma_too_early import diploma_too_early
from households.surveys.checks.schooling.school_too_early import school_too_early
from households.surveys.checks.schooling.school_too_late import school_too_late
from households.surveys.checks.schooling.study_against_diploma import study_against_diploma
from households.surveys.checks.scores.class_jump import class_jump
from households.surveys.checks.scores.income_against_points import income_against_points
from households.surveys.checks.scores.near_the_line import near_the_line
from households.surveys.checks.scores.pay_of_the_state import pay_of_the_state
from households.surveys.checks.scores.score_jump import score_jump
from households.surveys.checks.scores.standards_apart import standards_apart
from households.surveys.checks.scores.total_of_b1 import total_of_b1
from households.surveys.checks.scores.wages_against_class import wages_against_class
from households.surveys.checks.seen import Seen
from households.surveys.checks.working.certified_without_employer import certified_without_employer
from households.surveys.checks.working.child_at_work import child_at_work
from households.surveys.checks.working.jobless_past_age import jobless_past_age
from households.surveys.checks.working.many_jobless import many_jobless
from households.surveys.checks.working.pension_too_young import pension_too_young
from households.surveys.checks.working.pupil_seeking_work import pupil_seeking_work
from households.surveys.checks.working.state_job import state_job
from households.surveys.checks.working.work_without_ability import work_without_ability

Check = Callable[[Seen, Known], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    one_head,
    roster_complete,
    head_grown_up,
    children_alone,
    same_person_twice,
    very_old,
    real_names,
    sex_of_name,
    day_of_birth,
    age_of_child,
    age_of_parent,
    age_to_marry,
    in_law_alone,
    late_child,
    not_related,
    spouses_of_one_sex,
    two_generations,
    two_spouses,
    number_against_person,
    number_missing,
    number_of_another,
    number_twice,
    number_well_formed,
    another_person,
    belongs_elsewhere,
    died_before,
    many_came_or_went,
    nobody_known,
    old_people_split_off,
    other_ethnicity,
    child_out_of_school,
    diploma_too_early,
    school_too_early,
    school_too_late,
    study_against_diploma,
    certified_without_employer,
    child_at_work,
    jobless_past_age,
    many_jobless,
    pension_too_young,
    pupil_seeking_work,
    state_job,
    work_without_ability,
    ground_of_assistance,
    insured_by_law,
    measured_nutrition,
    poor_without_insurance,
    pupil_without_insurance,
    right_to_assistance,
    class_of_house,
    floor_area,
    flush_without_water,
    internet_by_what,
    phone_by_what,
    class_jump,
    income_against_points,
    near_the_line,
    pay_of_the_state,
    score_jump,
    standards_apart,
    total_of_b1,
    wages_against_class,
    cost_over_revenue,
    farming_by_sources,
    unit_of_amounts,
    unit_of_income,
    wages_of_nobody,
    cause_of_illness,
    cause_of_labour,
    cause_of_land,
    causes_named,
    causes_of_others,
    labour_group,
    minority_group,
    needs_named,
    too_many_causes,
    day_in_round,
    quick_sheet,
    respondent_of_household,
    reviewer_named,
    reviewer_of_household,
    area_changed,
    diploma_lost,
    disability_gone,
    house_worse,
    insurance_lost,
    same_answers,
)
