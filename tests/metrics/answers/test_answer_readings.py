"""Spellings and endings that a second author's batches brought up, each with what it must not become."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.metrics.answers import check_answer, find_values
from jtextkit.metrics.quantities.words import read_hiragana

DIGITS = dict(enumerate("いち に さん よん ご ろく なな はち きゅう".split(), 1))  # noqa: SIM905


def spoken(number: int) -> str:
    """A number from 1 to 99,999 in hiragana, the way it is said."""
    special = {
        300: "さんびゃく",
        600: "ろっぴゃく",
        800: "はっぴゃく",
        3000: "さんぜん",
        8000: "はっせん",
    }
    man, rest = divmod(number, 10_000)
    out = DIGITS[man] + "まん" if man else ""
    for unit, name in ((1000, "せん"), (100, "ひゃく"), (10, "じゅう"), (1, "")):
        digit = rest // unit % 10
        if not digit:
            continue
        plain = (DIGITS[digit] if digit > 1 or not name else "") + name
        out += special.get(digit * unit, plain)
    return out


@given(st.integers(10, 99_999))
def test_hiragana_numerals_are_read_as_they_are_said(number: int) -> None:
    assert read_hiragana(spoken(number)) == number
    assert check_answer(f"こたえは　{spoken(number)}えん", f"{number}円").correct
    assert not check_answer(f"こたえは　{spoken(number)}えん", f"{number + 1}円").correct


@pytest.mark.parametrize(
    "numeral", ["いちに", "ごろく", "じゅうひゃく", "まん", "いちまんまん", "にに"]
)
def test_what_makes_no_numeral(numeral: str) -> None:
    assert read_hiragana(numeral) is None


@pytest.mark.parametrize(
    "text",
    [
        "じゅうぶんな時間です", "せんせいは言いました", "にせんせいが来た", "さんぽに行く", "まんがを読む",
        "わかりません。ごぜんちゅうに", "にほんじゅうで", "しせんをそらす", "じゅうしょを書く", "ごせんぞさま",
    ],
)  # fmt: skip
def test_words_in_hiragana_are_no_numerals(text: str) -> None:
    assert find_values(text) == []


def only(text: str) -> list[str]:
    return [str(value.value) for value in find_values(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("10⁻²m", ["1/100"]), ("7.5×10³g", ["7500"]), ("2**8通り", ["256"]),
        ("答えは**12**です", ["12"]), ("**2**8通り", ["2", "8"]),
        ("一・二億円", ["120000000"]), ("二・三年生", ["2", "3"]), ("八・五", ["17/2"]),
        ("百飛んで五", ["105"]), ("千飛び八円", ["1008"]), ("飛んで五匹", ["5"]),
        ("営業損益は△120億円", ["-12000000000"]), ("△1.8％", ["-9/500"]), ("△5を求める", ["5"]),
        ("□＋△3", ["3"]), ("過半数の51%", ["51/100"]), ("半数の50人", ["1/2", "50"]),
        ("2、3割の人", ["1/5", "3/10"]), ("1個、3割", ["1", "3/10"]), ("2、5割", ["2", "1/2"]),
        ("年5分の利息", ["1/20"]), ("5分の遅れ", ["5"]), ("5分後の利息", ["5"]),
        ("一等賞と二等賞", ["1", "2"]), ("二等分する", []), ("3等分する", ["3"]),
        ("猫二匹と犬一頭", ["2", "1"]), ("統一人", []), ("十の位は7", ["7"]),
        ("ひとつまみの塩", []), ("ひとつ食べる", ["1"]), ("〇から九まで", ["0", "9"]), ("〇に入る数", []),
        ("W120×D60×H72cm", ["120", "60", "72"]), ("A4の紙", []), ("70vol%", ["7/10"]),
        ("十二三歳", ["(Fraction(12, 1), Fraction(13, 1))"]), ("二、三十人", ["20", "30"]),
        ("一、二、三", ["1", "2", "3"]), ("二、三人", ["2", "3"]), ("2、30人", ["2", "30"]),
        ("三十二人", ["32"]), ("6.02x10^23", [str(602 * 10**21)]), ("10^(-3)", ["1/1000"]),
        ("10のマイナス3乗", ["1/1000"]), ("–5", ["-5"]), ("3–5", ["3", "5"]), ("⑴ 5cm", ["1", "5"]),
        ("二十歳の弟", ["20"]), ("2√3", []), ("√3/2", []), ("\\frac{\\sqrt{3}}{2}", []), ("2×3", ["2", "3"]),
        ("三位一体の改革", []), ("千分率で5‰", ["1/200"]),
    ],
)  # fmt: skip
def test_spellings_and_what_looks_like_them(text: str, values: list[str]) -> None:
    assert only(text) == values


@pytest.mark.parametrize(
    ("prediction", "gold"),
    [
        ("5 R 3", "5あまり3"), ("5R3", "5…3"), ("38÷7＝5 R3", "5余り3"), ("答え：5 r 3", "5あまり3"),
    ],
)  # fmt: skip
def test_a_remainder_written_with_r(prediction: str, gold: str) -> None:
    assert check_answer(prediction, gold).correct
    assert not check_answer(prediction, "5あまり2").correct
    assert not check_answer(prediction, "3あまり5").correct


@pytest.mark.parametrize(
    ("prediction", "gold", "wrong"),
    [
        ("答えは18ドルで、1週間なら126ドル", "18ドル", "126ドル"),
        ("したがって、毎日18ドルを稼ぎます。", "18ドル", "17ドル"),
        ("毎分12Lの水が入ります。", "12L", "13L"),
        ("4.5L入ります。\nもし20分なら6Lです。", "4.5L", "6L"),
        ("12kmです。\n行きが5km、帰りが7kmだからです。", "12km", "7km"),
        ("18ドルです。朝食で3個、マフィンで4個使うからです。", "18ドル", "4"),
        ("7個だと思います。\nなぜなら、12個から5個を引くと7個になるためです。", "7個", "5個"),
        ("式を立てる。\n1000－600＝400\n　　A. 400mL", "400mL", "600mL"),
        ("残りは50円。\n（1000円を出すとおつりは50円になる。）", "50円", "1000円"),
        ("8×5＝40\n（40本）", "40本", "8本"),
        ("男子は20人、女子は28人で、学年全体は48人です。", "48人", "28人"),
        ("解答\n長さは3cmと4cmで、\n3×4＝12\nよって12cm²", "12cm²", "4cm"),
        ("解答\n12cm\n\n3×4＝12", "12cm", "3cm"),
    ],
)  # fmt: skip
def test_what_follows_the_answer_does_not_take_its_place(
    prediction: str, gold: str, wrong: str
) -> None:
    assert check_answer(prediction, gold).correct, check_answer(prediction, gold)
    assert not check_answer(prediction, wrong).correct


@pytest.mark.parametrize(
    ("prediction", "gold", "correct"),
    [
        ("10円玉3枚、5円玉2枚", "5円玉が2枚、10円玉が3枚", True),
        ("10円玉3枚、5円玉2枚", "10円玉4枚、5円玉2枚", False),
        ("10円玉3枚、5円玉2枚", "10円玉2枚、5円玉3枚", False),
        ("答え：10円玉が3枚", "3枚", True),
        ("5個または6個", "6個または5個", True),
        ("5個または6個", "4個または6個", False),
        ("5個または6個", "6個", False),  # a hedge
        ("60分または1時間", "60分", True),  # said twice
        ("3年2組", "3年2組", True),
        ("3年2組", "4年2組", False),
        ("2√3", "2", False),
        ("\\frac{\\sqrt{3}}{2}", "2", False),
    ],
)
def test_every_part_of_an_answer_counts(prediction: str, gold: str, correct: bool) -> None:
    verdict = check_answer(prediction, gold)
    assert verdict.correct is correct, verdict


def test_a_speed_is_not_a_length() -> None:
    assert not check_answer("分速80m", "80m").correct
    assert not check_answer("毎分80m", "80m").correct
    assert check_answer("毎分80m", "80m/分").correct


@pytest.mark.parametrize(
    "piece", ["さんじゅう", "いち", "せん", "1 R ", "**2", "△1", "12月15日", "（は", "からです"]
)
def test_time_grows_with_the_length_and_no_more(piece: str) -> None:
    def seconds(times: int) -> float:
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            find_values(piece * times)
            check_answer(piece * times, "3")
            best = min(best, time.process_time() - start)
        return best

    small, large = seconds(300), seconds(2400)
    assert large < 30 * max(small, 0.002)


@pytest.mark.parametrize(
    ("prediction", "gold"),
    [
        (r"5枚と8枚を合わせて、シールは \(5 + 8 = 13\) 枚です。", "13枚"),
        (r"1人分は \( 24 \div 3 \) 、つまり\( 8 \)個です。", "8個"),
        (r"代金は\(80 \times (2+1) = 240\)円です。", "240円"),
        (r"箱は\(3\)つと\(2\)つで、全部で\(5\)つです。", "5つ"),
        (r"答えは8個（\(4+4\)）です。", "8個"),
        (r"答えは8個(\(4+4\))です。", "8個"),
        ("答えは8個（4+5ではない）です。", "8個"),
    ],
)
def test_latex_is_no_aside(prediction: str, gold: str) -> None:
    assert check_answer(prediction, gold).correct
