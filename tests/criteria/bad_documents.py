"""Wrong documents, each with the line and a part of the sentence that refuses it."""

from dataclasses import dataclass

from households.criteria.law.shelf import content


@dataclass(frozen=True)
class Bad:
    """``changes`` to a shipped document give one fault, in the line of ``marker`` (the ``nth`` such line)."""

    changes: tuple[tuple[str, str], ...]
    marker: str
    says: str
    code: str = "nd07-2021"
    nth: int = 1


NEAR_POOR_WITHOUT = (('up_to = "poor"\ndeprivations_below = 3\n', 'up_to = "poor"\n'),)
SHAPE = {
    "a key that nobody knows": Bad(
        (("leap_birthday", "leap_day = 1\nleap_birthday"),),
        "leap_day",
        "không có khóa “leap_day” ở đây; có phải “leap_birthday”?",
    ),
    "text for a number": Bad(
        (("rural = 1_500_000", 'rural = "1.500.000"'),),
        'rural = "1.500.000"',
        "Mức thu nhập 1 (poor), rural: phải là một số nguyên, không đặt trong ngoặc kép, đang ghi “1.500.000”.",
    ),
    "a decimal for an amount": Bad((("rural = 140", "rural = 140.5"),), "rural = 140.5", "phải là một số nguyên"),
    "true for a number": Bad((("rural = 140", "rural = true"),), "rural = true", "đang ghi true"),
    "a number for text": Bad(
        (('number = "Nghị định 07', 'number = 7 # "'),), "number = 7", "phải là chữ trong ngoặc kép"
    ),
    "a negative amount": Bad((("rural = 140", "rural = -140"),), "rural = -140", "ghi -140, phải từ 1 đến"),
    "an amount nobody can mean": Bad((("rural = 140", "rural = 9999999999999"),), "rural = 99", "phải từ 1 đến"),
    "an empty name": Bad(
        (('name = "Dinh dưỡng"', 'name = " "'),), 'name = " "', "Chỉ số 3 (nutrition), name: để trống."
    ),
    "a name over two lines": Bad(
        (('name = "Dinh dưỡng"', 'name = "Dinh\\ndưỡng"'),), "Dinh\\ndưỡng", "có ký tự ẩn hoặc xuống dòng"
    ),
    "a day as text": Bad(
        (("date = 2021-01-27", 'date = "27/01/2021"'),), 'date = "27', "phải là một ngày dạng 2021-01-27"
    ),
    "a moment for a day": Bad((("date = 2021-01-27", "date = 2021-01-27T00:00:00"),), "T00", "phải là một ngày dạng"),
    "a cut-off without urban": Bad(
        (("urban = 2_000_000\n", ""),),
        "[[lines]]",
        "Mức thu nhập 1 (poor): thiếu mức cho khu vực thành thị (“urban”): cả hai khu vực đều phải có mức.",
    ),
    "a B1 cut-off without rural": Bad(
        (("rural = 140\n", ""),), "[[score_lines]]", "Mức điểm B1 1 (poor): thiếu mức cho khu vực nông thôn"
    ),
    "a unit that does not exist": Bad(
        (('unit = "month"', 'unit = "week"'),), 'unit = "week"', "không có đơn vị “week”"
    ),
    "a year nobody can mean": Bad((("to = 2025", "to = 999999999999"),), "to = 9", "phải từ 1993 đến 2100"),
    "letters with loose marks": Bad((("Dinh dưỡng", "Dinh d\u01b0\u0303ng"),), "Dinh d", "Unicode dựng sẵn"),
    "a form without items": Bad(
        (('items = ["01", "02", "03", "04", "05", "06", "07", "08", "09"]', "items = []"),),
        "items",
        "chưa có tiêu chí nào",
    ),
    "a member test without members": Bad(
        (("[[indicators.test.who]]\nage = { from = 15 }\nwork", "[indicators.test.whom]\nwork"),),
        "[indicators.test]",
        "cần ít nhất một bảng [[….who]]",
    ),
    "an empty list of answers": Bad((('["seeking", "no_contract"]', "[]"),), "work = []", "danh sách trống"),
    "an answer twice": Bad(
        (('["seeking", "no_contract"]', '["seeking", "seeking"]'),), "work =", "“seeking” ghi hai lần"
    ),
    "an amount per person with two bounds": Bad(
        (("below = 8\n", "below = 8\nup_to = 8\n"),), "[indicators.test]", "“below” (nhỏ hơn) hoặc “up_to”", nth=8
    ),
    "a word where a table belongs": Bad(
        (
            (
                (
                    '[[indicators.test.parts]]\nkind = "answer"\nfield = "phone"\nis = false\n[[indicators.test.parts]]\n'
                    'kind = "answer"\nfield = "internet"\nis = false\n'
                ),
                'parts = ["phone", "internet"]\n',
            ),
        ),
        'parts = ["phone"',
        "phải là một bảng, đang ghi “phone”",
        code="qd59-2015",
    ),
    "low-income workers without a text": Bad(
        (("[income_survey.worker]", "[income_survey.labourer]"),),
        "[income_survey]",
        "“worker_up_to” và bảng [income_survey.worker]",
    ),
    "a code list without entries": Bad(
        (('entries = [\n  ["social', 'entries = [] # ["social'), ('không có khả năng lao động)"],\n]', "")),
        "entries = []",
        "danh mục chưa có dòng nào",
        code="qd59-2015",
    ),
    "no version": Bad((("version = 1\n", ""),), "# Chuẩn nghèo", "thiếu “version”: cần một số nguyên"),
    "no years": Bad(
        (('[[applies]]\npurpose = "closing"\nfrom = 2011\nto = 2015\n', ""),),
        "# Chuẩn hộ nghèo",
        "thiếu “applies”",
        code="qd09-2011",
    ),
    "no provenance": Bad(
        (('[provenance]\nbasis = "nd07"\narticle = "Điều 3"\nconfidence = "recalled"\nchecked = 2026-11-22\n', ""),),
        "# Chuẩn nghèo",
        "Căn cứ chung: thiếu bảng [provenance]",
    ),
    "no basis": Bad(
        (('basis = "nd07"\narticle = "Điều 3"\n', 'article = "Điều 3"\n'),), "[provenance]", "thiếu “basis”"
    ),
    "no confidence": Bad((('confidence = "recalled"\nchecked', "checked"),), "[provenance]", "thiếu “confidence”"),
    "no day of the last check": Bad((("checked = 2026-11-22\n", ""),), "[provenance]", "thiếu “checked”"),
    "a text that is not listed": Bad(
        (('basis = "tt07"\narticle = "Phụ lục II"', 'basis = "tt7"\narticle = "Phụ lục II"'),),
        'basis = "tt7"',
        "không có văn bản “tt7” trong [texts]; có phải “tt07”?",
    ),
    "a confidence that does not exist": Bad(
        (('confidence = "recalled"', 'confidence = "sure"'),), 'confidence = "sure"', "không có “sure”"
    ),
    "verified without an article": Bad(
        (('basis = "nd30"\narticle = "Điều 1"\n', 'basis = "nd30"\n'),),
        "[income_survey.worker]",
        "ghi “verified” (đã đối chiếu) thì phải ghi điều, khoản hoặc phụ lục",
    ),
    "a class that does not exist": Bad(
        (('class = "average"', 'class = "middle"'),), 'class = "middle"', "Có: poor, near_poor, average, not_poor."
    ),
    "a rule without either half": Bad(
        (('[rules.income]\nover = "poor"\nup_to = "average"\n', ""),), "[[rules]]", "cần ít nhất một nửa", nth=3
    ),
    "an unknown kind of test": Bad(
        (('kind = "per_person"', 'kind = "average"'),), 'kind = "average"', "không có loại phép thử “average”"
    ),
    "a share with two bounds": Bad(
        (("over = 50", "over = 50\nfrom = 40"),), "[indicators.test]", "cần đúng một trong hai", nth=2
    ),
    "a share that nobody reaches": Bad((("over = 50", "over = 100"),), "over = 100", "100% không bao giờ đạt được"),
    "an area with three decimals": Bad(
        (("below = 8\n", "below = 7.995\n"),), "below = 7.995", "nhiều nhất hai chữ số thập phân"
    ),
    "a test without a condition": Bad(
        (
            (
                "[[indicators.test.who]]\nage = { from = 15 }\nwork",
                "[[indicators.test.who]]\n[[indicators.test.who]]\nwork",
            ),
        ),
        "[[indicators.test.who]]",
        "bảng who này chưa có điều kiện nào",
    ),
    "an age without a bound": Bad(
        (("age = { from = 15 }", "age = {}"),), "age = {}", "cần “from” (kể cả) hoặc “below”"
    ),
    "more parts than there are": Bad(
        (("at_least = 2", "at_least = 4"),), "at_least = 4", "cần 4 phần đúng nhưng chỉ có 3 phần"
    ),
    "an answer tested in two ways": Bad(
        (("is = false", 'is = false\nin = ["x"]'),), "[indicators.test]", "cần đúng một trong ba", nth=11
    ),
    "a dimension that does not exist": Bad(
        (('dimension = "information"', 'dimension = "news"'),), 'dimension = "news"', "không có chiều “news”"
    ),
    "more ticks to stop than the form has": Bad(
        (("stop_at = 4", "stop_at = 10"),),
        "stop_at = 10",
        "Phiếu A, stop_at: cần 10 tiêu chí để dừng nhưng phiếu chỉ có 9",
    ),
    "an entry of a code list without a name": Bad(
        (('["8", "Nguyên nhân khác"]', '["8"]'),), '["8"]', "Danh mục 1 (causes), entries[8]: mỗi dòng phải là"
    ),
    "a leap birthday of another day": Bad(
        (('leap_birthday = "02-28"', 'leap_birthday = "02-29"'),), "02-29", "tròn tuổi “02-28” hoặc “03-01”"
    ),
    "a province by name": Bad((("scope = []", 'scope = ["Sơn La"]'),), "Sơn La", "không phải mã tỉnh hai chữ số"),
    "a code with capitals": Bad((('code = "nd07-2021"', 'code = "ND07"'),), "ND07", "chỉ chữ thường không dấu"),
}
MEANING = {
    "an indicator asks what nobody is asked": Bad(
        (('field = "internet"', 'field = "wifi"'),),
        'field = "wifi"',
        "Chỉ số 11 (telecom), test.field: không hỏi “wifi” ở hộ",
    ),
    "a member is asked what only a household answers": Bad(
        (("health_insurance = false", "internet = false"),), "internet = false", "không hỏi “internet” ở thành viên"
    ),
    "an answer that does not exist": Bad(
        (('"no_contract"]', '"no_contrat"]'),),
        "no_contrat",
        "không có câu trả lời “no_contrat”; có phải “no_contract”?",
    ),
    "an answer of a list that does not exist": Bad(
        (('"tablet", "smartphone"]', '"tablet", "fax"]'),), "fax", "“devices” không có câu trả lời “fax”"
    ),
    "yes or no asked as a list": Bad(
        (("certified_on_job = false", 'certified_on_job = ["no"]'),), 'certified_on_job = ["no"]', "là câu có/không"
    ),
    "a choice asked as yes or no": Bad(
        (('nutrition = ["stunted", "underweight", "both"]', "nutrition = true"),),
        "nutrition = true",
        "câu trả lời “true”",
    ),
    "every answer counts": Bad(
        (('in = ["other", "none"]', 'in = ["septic", "pour_flush", "improved_pit", "double_vault", "other", "none"]'),),
        "septic",
        "phép thử luôn đúng",
    ),
    "nobody has that age": Bad(
        (("age = { from = 16, below = 18 }", "age = { from = 18, below = 16 }"),),
        "from = 18, below = 16",
        "không ai từ đủ 18",
    ),
    "an age of years ago": Bad((("age = { from = 15 }", "age = { from = 1500 }"),), "1500", "tuổi phải từ 0 đến 130"),
    "a name for a condition": Bad((("health_insurance = false", 'name = ["A"]'),), 'name = ["A"]', "không dùng được"),
    "an amount per person of what is no amount": Bad(
        (('field = "floor_area"', 'field = "toilet"'),),
        'field = "toilet"',
        "không phải diện tích hỏi được của hộ; Có: floor_area",
    ),
    "a household of no size": Bad(
        (('kind = "answer"\nfield = "water_source"\nin = ["other"]', 'kind = "size"\nfrom = 6\nbelow = 3'),),
        "[indicators.test]",
        "không hộ nào có từ 6 người mà dưới 3 người",
        nth=9,
    ),
    "a list asked of what is one choice": Bad(
        (('in = ["other", "none"]', 'none_of = ["other"]'),), "none_of", "“toilet” không phải câu chọn nhiều"
    ),
    "a list asked of nothing": Bad((('field = "devices"', 'field = "things"'),), "things", "không hỏi “things” ở hộ"),
    "years of an amount upside down": Bad(
        (("from = 2021\nto = 2024", "from = 2024\nto = 2021"),),
        "to = 2021",
        "năm cuối 2021 trước năm đầu 2024",
        "tphcm-2021",
    ),
    "no year of results": Bad(
        (('purpose = "closing"', 'purpose = "opening"'),), "[[applies]]", "thiếu năm áp dụng", "qd09-2011"
    ),
    "a kind of near-poor households": Bad(
        (('class = "near_poor"', 'class = "near_poor"\nkind = "income"'),),
        'kind = "income"',
        "loại nghèo chỉ ghi cho quy tắc của hộ nghèo",
        "qd59-2015",
        nth=2,
    ),
    "only one bound of the average": Bad(
        (('average_over = "poor"\n', ""),), "[income_survey]", "“average_over” và “average_up_to” đi cùng nhau"
    ),
    "no source of income": Bad(
        (
            (
                "[[income_survey.sources]]"
                + content("qd59-2015").partition("[[income_survey.sources]]")[2].partition("[[code_lists]]")[0],
                "",
            ),
        ),
        "[income_survey]",
        "phiếu chưa có nguồn thu nhập nào",
        "qd59-2015",
    ),
    "a code twice": Bad(
        (('code = "toilet"', 'code = "water"'),), 'code = "water"', "Chỉ số 10 (water), code: mã “water” đã dùng", nth=2
    ),
    "a code with a space": Bad((('code = "toilet"', 'code = "nhà tiêu"'),), "nhà tiêu", "chỉ chữ không dấu, số"),
    "a cause twice": Bad((('["8", "Nguyên', '["7", "Nguyên'),), '["7", "Nguyên', "mã “7” đã dùng ở trên"),
    "a line that does not exist": Bad(
        (('over = "poor"', 'over = "rich"'),),
        'over = "rich"',
        "Quy tắc 3 (average), income.over: không có mức “rich” trong lines",
    ),
    "a line of Phụ lục VIII that does not exist": Bad(
        (('worker_up_to = "average"', 'worker_up_to = "worker"'),), "worker_up_to", "không có mức “worker” trong lines"
    ),
    "lines of a month and of a year": Bad(
        (('unit = "month"\nrural = 2_250', 'unit = "year"\nrural = 2_250'),),
        'unit = "year"',
        "mọi mức phải cùng đơn vị",
    ),
    "an end before the beginning": Bad((("to = 2025", "to = 2020"),), "to = 2020", "năm cuối 2020 trước năm đầu 2022"),
    "an opening after the closing": Bad(
        (("from = 2021\nto = 2021", "from = 2022\nto = 2022"),), "to = 2022", "phải ở trước năm 2022"
    ),
    "years twice in one document": Bad(
        (("from = 2026\nto = 2026", "from = 2025\nto = 2026"),),
        "[[applies]]",
        "trùng với một bảng [[applies]] ở trên",
        nth=2,
    ),
    "a dimension without indicators": Bad(
        (
            (
                '[[dimensions]]\ncode = "employment"',
                '[[dimensions]]\ncode = "land"\nname = "Đất"\n[[dimensions]]\ncode = "employment"',
            ),
        ),
        "[[dimensions]]",
        "chiều “land” không có chỉ số nào",
    ),
    "a kind that is not named": Bad(
        (('class = "poor"', 'class = "poor"\nkind = "land"'),), 'kind = "land"', "không có loại nghèo “land”"
    ),
    "a kind that no rule gives": Bad(
        (("[kinds]", '[kinds]\nland = "Thiếu đất"'),), "Thiếu đất", "không có quy tắc nào dùng"
    ),
    "points that do not fit the count": Bad(
        (("b2_from = 30", "b2_from = 20"), ("b2_below = 30", "b2_below = 30")),
        "b2_from = 20",
        "không khớp nửa theo thu nhập: phải là 30 điểm (3 chỉ số × 10 điểm)",
    ),
    "indicators of different weight where they are counted too": Bad(
        (("points = 10", "points = 20"),), "[rules.scores]", "các chỉ số không cùng số điểm"
    ),
    "an upper bound below the lower": Bad(
        (
            ('code = "average"\nname = "Mức', 'code = "higher"\nname = "Mức'),
            ('average_up_to = "average"', 'average_up_to = "poor"'),
            ('worker_up_to = "average"', 'worker_up_to = "higher"'),
            ('up_to = "average"\n\n', 'up_to = "higher"\n\n'),
        ),
        "average_up_to",
        "mức trên không cao hơn mức dưới",
    ),
}
CASES = SHAPE | MEANING
