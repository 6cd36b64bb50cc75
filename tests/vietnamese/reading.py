"""A naive reader of numbers in words: the oracle of number_in_words."""

UNITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5}
UNITS |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9}


def number_from_words(words: str) -> int:
    if words.startswith("âm "):
        return -number_from_words(words.removeprefix("âm "))
    before, billion, after = words.rpartition("tỷ")
    if billion:
        return number_from_words(before.strip()) * 10**9 + (number_from_words(after.strip()) if after.strip() else 0)
    total = 0
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn")):
        head, found, rest = words.partition(name)
        if found:
            total, words = total + _below_thousand(head) * scale, rest
    return total + _below_thousand(words)


def _below_thousand(words: str) -> int:
    value = pending = 0
    for word in words.split():
        if word == "trăm":
            value, pending = value + pending * 100, 0
        elif word == "mươi":
            value, pending = value + pending * 10, 0
        elif word == "mười":
            value += 10
        elif word not in ("linh", "lẻ"):
            pending = UNITS[word]
    return value + pending
