"""The lexicon against labelled messages, disguised spellings, contexts and hostile lengths."""

from __future__ import annotations

import json
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from evidence_app import resources
from evidence_app.rulebook.lexicon import Lexicon, Speaker, Strength, lexicon
from evidence_app.rulebook.lexicon_data import LexiconError, load
from evidence_app.rulebook.lexicon_patterns import Classes, PatternError, compile_pattern, keys_of
from evidence_app.rulebook.lexicon_resemblance import resemblance, write

_LABELLED = Path(__file__).parent / "labelled"
_AIM = (0.95, 0.95)
# Types whose precision or recall on these messages stays below that, and what is reached. The
# model learned from these messages and the patterns were written while looking at them, so that
# this holds what was reached and says nothing about messages of others (README of the lexicons).
_REACHED: dict[str, tuple[float, float]] = {
    "abusive_visit": (0.91, 0.95),
    "false_legal_threat": (0.93, 0.95),
    "forged_documents": (0.94, 0.95),
}
# What the rules count, and what these messages were not labelled for.
_NOT_LABELLED = {"outside_hours_contact", "excessive_contact", "induce_new_borrowing"}
_SPEAKERS = {
    "theirs": Speaker.COLLECTOR,
    "own": Speaker.ME,
    "third": Speaker.OTHER,
    "unknown": Speaker.UNKNOWN,
}


def _rows(names: str = "*") -> list[dict[str, object]]:
    return [
        json.loads(line)
        for path in sorted(_LABELLED.glob(f"{names}.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _speaker(row: dict[str, object]) -> Speaker:
    return _SPEAKERS[str(row.get("side", "theirs" if row["labels"] else "unknown"))]


def _strong(text: str, speaker: Speaker = Speaker.UNKNOWN) -> set[str]:
    matches = lexicon().classify(text, speaker)
    return {code for code, match in matches.items() if match.strength is Strength.STRONG}


def test_labelled_set_is_as_large_as_claimed() -> None:
    chinese, english = _rows("dev_zh"), _rows("dev_en")
    assert len(chinese) >= 400
    assert len(english) >= 250
    for rows in (chinese, english):
        assert sum(not row["labels"] for row in rows) >= 0.4 * len(rows)


def test_precision_and_recall_of_each_type() -> None:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row in _rows("dev_*"):
        labels = row["labels"]
        assert isinstance(labels, list)
        types = _strong(str(row["text"]), _speaker(row)) - _NOT_LABELLED
        right.update(types & set(labels))
        wrong.update(types - set(labels))
        missed.update(set(labels) - types)
    below = []
    for code in sorted(set(right) | set(wrong) | set(missed)):
        precision = right[code] / (right[code] + wrong[code])
        recall = right[code] / (right[code] + missed[code])
        print(f"{code}: precision {precision:.3f}, recall {recall:.3f}")
        least_precision, least_recall = _REACHED.get(code, _AIM)
        if precision < least_precision or recall < least_recall:
            below.append(code)
    assert below == []


def test_few_harmless_messages_are_flagged() -> None:
    harmless = [row for row in _rows() if not row["labels"]]
    flagged = [row for row in harmless if _strong(str(row["text"]), _speaker(row)) - _NOT_LABELLED]
    assert len(flagged) <= 0.02 * len(harmless), flagged


def test_a_text_that_says_the_opposite_resembles_nothing() -> None:
    text = "We will not call your boss or your mother"
    assert resemblance("en").scores(text)["third_party_contact"] > -0.3
    assert _strong(text, Speaker.COLLECTOR) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("你那个妹夫的电话我刚打通了，他说你们早不来往了", "third_party_contact"),
        ("Your godmother was glad to hear from us this morning", "third_party_contact"),
    ],
)
def test_a_text_that_resembles_others_shows_the_clause_that_weighs_most(
    text: str, code: str
) -> None:
    match = lexicon().classify(text, Speaker.COLLECTOR)[code]
    assert match.strength is Strength.STRONG
    assert match.quote in text


def test_an_amount_is_cut_out_of_no_clause() -> None:
    text = "good morning, we told your boss at 10:30 that you owe 2,400 to us, bye"
    model = resemblance("en")
    quotes = {text[slice(*model.passage(text, code))] for code in model.codes}
    assert " we told your boss at 10:30 that you owe 2,400 to us" in quotes
    assert quotes <= {
        "good morning",
        " we told your boss at 10:30 that you owe 2,400 to us",
        " bye",
    }


def test_the_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    model = resemblance("en")
    path = tmp_path / "model.tsv"
    write(path, model)
    source = resources.path("lexicons", "resemblance.en.tsv")
    assert path.read_bytes() == source.read_bytes()


def test_a_long_text_takes_little_time() -> None:
    rows = [str(row["text"]) for row in _rows()]
    texts = [text[at:] + text[:at] for at in (3, 7, 11) for text in rows]
    text = "\n".join(texts)[:200_000]
    lexicon().classify("\n".join(rows))
    begin = time.process_time()
    lexicon().classify(text)
    assert time.process_time() - begin < 3


def test_an_entry_can_say_what_refutes_it(tmp_path: Path) -> None:
    source = resources.path("lexicons")
    for name in ("spelling.toml", "traditional.txt"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    (tmp_path / "zh.toml").write_text(
        'language = "zh"\nnegations = ["不会"]\naddresses = ["你"]\n'
        '[[entry]]\nid = "zh.x"\nviolation = "abusive_visit"\n'
        'patterns = ["上门 & 今晚"]\nunless = ["燃气"]\n',
        encoding="utf-8",
    )
    lexicon_of_one = Lexicon(load(tmp_path))
    for text, is_shown in [
        ("今晚我们上门找你", True),
        ("上门找你,今晚", True),
        ("上门找你。今晚", False),
        ("燃气公司今晚上门,你在家吗", False),
    ]:
        matches = lexicon_of_one.classify(text, Speaker.COLLECTOR)
        assert ("zh.x" in [id for match in matches.values() for id in match.entries]) is is_shown


@pytest.mark.parametrize(
    ("text", "code", "quote"),
    [
        ("再不还款，公 安 今晚就去抓 你", "threat_of_arrest", "公 安 今晚就去抓"),
        ("弓安今晚就去抓你", "threat_of_arrest", "弓安今晚就去抓"),
        ("警-察马上到你家抓你", "threat_of_arrest", "警-察马上"),
        ("再不還錢，就爆你通訊錄", "third_party_contact", "爆你通訊錄"),
        ("法\u200b院已经查\u200b封你的房产", "false_legal_threat", "法\u200b院已"),
        ("起🔥诉材料已经递交法院", "false_legal_threat", "递交法院"),
        ("你这个煞笔", "insult_obscenity", "煞笔"),
        ("Ｓ Ｂ，还钱", "insult_obscenity", "Ｓ Ｂ"),
        ("F U C K you", "insult_obscenity", "F U C K you"),
        ("you b*tch, pay up", "insult_obscenity", "b*tch"),
        ("f*** you", "insult_obscenity", "f*** you"),
        ("p0lice will arr3st you", "threat_of_arrest", "p0lice will arr3st"),
        ("Tumhare ghar police aa rahi hai", "threat_of_arrest", "police aa rahi"),
    ],
)
def test_disguised_words_are_found_and_quoted_as_written(text: str, code: str, quote: str) -> None:
    match = lexicon().classify(text, Speaker.COLLECTOR)[code]
    assert match.strength is Strength.STRONG
    assert match.quote in text
    assert quote in match.quote


def test_every_quote_stands_in_its_text() -> None:
    for row in _rows()[::5]:
        text = str(row["text"])
        for match in lexicon().classify(text).values():
            assert match.quote
            assert match.quote in text


@pytest.mark.parametrize(
    "text",
    [
        "我们不会报警，也不会联系您的家人",
        "我行将依法提起诉讼，如有异议请联系客服",
        "We may take legal action if we do not hear from you within 30 days",
        "你再骂我就报警",
        "他说要弄死我，我该怎么办",
        "They told me I would be arrested, what can I do?",
        "警方提示：凡是自称公检法要求转账的都是诈骗",
        "lol I'm gonna kill you if you eat my fries",
        "We will not contact your employer",
        "【XX银行】验证码 123456，请勿泄露",
    ],
)
def test_harmless_contexts_show_nothing(text: str) -> None:
    assert _strong(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "We will not ring your boss, your mother and your neighbours",
        "Nobody will visit your home, call your work or tell your family",
        "Our agents may never phone your employer, text your friends or post your photo",
        "It is against our rules to visit your workplace, text your relatives or shame you",
        "No one here is going to call your sister, or your manager, or wait at your door",
        "We do not seize cars, freeze accounts, or have anybody arrested",
    ],
)
def test_a_negation_reaches_across_a_list(text: str) -> None:
    assert _strong(text, Speaker.COLLECTOR) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We will not wait, your boss will hear of it", "workplace_harassment"),
        ("We will not call you again, your mother gets the next call", "third_party_contact"),
        ("I will not tell you twice, I am calling your boss now", "workplace_harassment"),
        ("We do not call you any more, we visit your house every night", "abusive_visit"),
        ("Nobody will help you, the police will arrest you tomorrow", "threat_of_arrest"),
        ("You will not visit your family, you will be in jail", "threat_of_arrest"),
        (
            "We will not sue, only tell your boss and your mother what you owe",
            "third_party_contact",
        ),
    ],
)
def test_a_negation_ends_where_the_list_ends(text: str, code: str) -> None:
    assert code in _strong(text, Speaker.COLLECTOR)


@pytest.mark.parametrize(
    "text",
    [
        "There is no police, no court and no bailiff in this, only a bill that we can split.",
        "Your boss called the house, you left your badge on the desk.",
        "The sheriff came to our school today and the children sat in his car.",
        "The fee of 20 was removed from your account, sorry for the error.",
        "Your neighbour has your parcel, the courier left it at her door.",
    ],
)
def test_words_in_a_text_that_resembles_no_violation_show_nothing(text: str) -> None:
    assert _strong(text, Speaker.COLLECTOR) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Diesel is cheap and your stall is made of wood.",
        "Somebody is going to get knifed over this money.",
        "People who dodge us tend to disappear.",
        "tere bhai ki taang tod denge",
    ],
)
def test_violence_by_hint_or_in_hindi_is_shown_whatever_the_text_resembles(text: str) -> None:
    match = lexicon().classify(text, Speaker.COLLECTOR)["threat_of_violence"]
    assert match.strength is Strength.STRONG
    assert not {"en.violence.hint", "en.violence.plain", "hi.violence"}.isdisjoint(match.entries)


@pytest.mark.parametrize(
    "text",
    [
        "不会联系您的单位、家人和邻居，只和您本人沟通。",
        "我行绝不会报警抓您，也不会冻结您的银行卡、工资卡、微信。",
        "我们从不在网上公开客户的照片、身份证和住址。",
        "不起诉、不冻结、不上征信，您按约定还款即可。",
        "我行不打电话给您的亲友，也不上门，更不去单位。",
        "放心吧，没有人会去你单位闹，欠条上写的明年还就是明年还。",
    ],
)
def test_what_is_denied_is_denied_to_the_end_of_the_list(text: str) -> None:
    assert _strong(text, Speaker.COLLECTOR) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我不会联系你家人，我直接去你公司找你领导", "workplace_harassment"),
        ("我们不会起诉你，我们会把你照片发到网上让大家看看。", "public_shaming"),
        ("我不联系你，我联系你老婆、你爸和你老板。", "third_party_contact"),
        ("不还钱我不会停，你妈、你老婆、你领导我一个一个打。", "third_party_contact"),
    ],
)
def test_a_promise_does_not_silence_what_is_done_instead(text: str, code: str) -> None:
    assert code in _strong(text, Speaker.COLLECTOR)


@pytest.mark.parametrize("speaker", [Speaker.ME, Speaker.OTHER])
def test_only_the_collectors_words_count(speaker: Speaker) -> None:
    text = "再骂一句我弄死你，傻逼"
    assert {"threat_of_violence", "insult_obscenity"} <= _strong(text, Speaker.COLLECTOR)
    assert _strong(text, speaker) == set()


def test_one_weak_hit_is_shown_but_not_suggested_and_two_are() -> None:
    once = lexicon().classify("骗子很多", Speaker.COLLECTOR)["insult_obscenity"]
    assert once.strength is Strength.WEAK
    entries = lexicon().classify("傻逼，垃圾", Speaker.COLLECTOR)["insult_obscenity"].entries
    assert "zh.insult.hard" in entries
    assert "zh.insult.soft" in entries


@pytest.mark.parametrize(
    ("text", "is_urged"),
    [
        ("你怎么不去死，跳楼一了百了", True),
        ("Just kill yourself, nobody would miss you", True),
        ("你这种人活着有什么用，不如从楼上跳下去", True),
        ("自我了断吧，别连累家人", True),
        ("想死就死远点，死之前先把钱还了", True),
        ("Take the whole bottle of pills and be done with it", True),
        ("别做傻事，钱可以慢慢还", False),
        ("他说要跳楼，你快来", False),
        ("喝药别忘了，一天三次", False),
        ("Take two pills after dinner", False),
        ("如果您有自杀的念头，请拨打12356", False),
        ("If you feel suicidal please call 988", False),
        ("今天不还钱就弄死你", False),
    ],
)
def test_urging_to_self_harm_is_told_apart(text: str, is_urged: bool) -> None:
    assert (lexicon().urges_self_harm(text) is not None) is is_urged


def test_a_thousand_messages_take_little_time() -> None:
    texts = [(str(row["text"]) * 4)[:100] for row in _rows()]
    texts = (texts * 2)[:1000]
    lexicon().classify("起诉")
    begin = time.process_time()
    for text in texts:
        lexicon().classify(text)
    assert time.process_time() - begin < 8


@pytest.mark.parametrize(
    "unit", ["公安抓", "a b ", "我你他", "1,", "no ", "call your ", "。", "f*", "不" * 50, "👍"]
)
def test_time_grows_with_length_and_not_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        begin = time.process_time()
        lexicon().classify(text)
        return time.process_time() - begin

    lexicon().classify(unit)
    short, long = seconds(5_000), seconds(40_000)
    assert long < 24 * max(short, 0.02)


def test_the_lexicon_cites_no_law() -> None:
    fields = (
        "id",
        "violation",
        "also",
        "strength",
        "certain",
        "keeps_negated",
        "patterns",
        "unless",
    )
    for path in resources.path("lexicons").glob("*.toml"):
        for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("entry", []):
            assert set(entry) <= set(fields)
            assert {"id", "violation", "patterns"} <= set(entry)


def test_wrong_lexicons_are_named(tmp_path: Path) -> None:
    source = resources.path("lexicons")
    for name in ("spelling.toml", "traditional.txt"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    entry = '[[entry]]\nid = "zh.x"\nviolation = "{}"\npatterns = [{}]\n'
    for violation, pattern in [
        ("nonsense", "'起诉'"),
        ("abusive_visit", "'(起诉'"),
        ("abusive_visit", ""),
    ]:
        (tmp_path / "zh.toml").write_text(
            'language = "zh"\nnegations = ["不会"]\naddresses = ["你"]\n'
            + entry.format(violation, pattern),
            encoding="utf-8",
        )
        with pytest.raises(LexiconError, match=r"zh\.toml: zh\.x"):
            load(tmp_path)


@pytest.mark.parametrize("source", ["(a", "a)", "{nobody}", "a?b??", "~99x", "~5", "x|"])
def test_wrong_patterns_are_refused(source: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(source, Classes({}, "zh"))


def test_the_quick_test_never_hides_a_match() -> None:
    entries = load().entries[::6]
    for row in _rows()[::60]:
        text = str(row["text"]).lower()
        keys = keys_of(text)
        for entry in entries:
            for pattern in entry.patterns:
                if not pattern.may_match(keys):
                    assert next(pattern.spans(text), None) is None, (entry.id, text)


@pytest.mark.parametrize("speaker", [Speaker.COLLECTOR, Speaker.UNKNOWN])
@pytest.mark.parametrize(
    "text",
    [
        "出门注意安全",
        "最近下雨，上班路上注意安全哦",
        "天气冷了，路上注意安全，多穿点",
        "司机师傅开车注意安全，您的订单已接单",
        "请您保管好密码，注意资金安全",
        "台风来了，请您和孩子注意安全",
        "您下班路上慢点，早点休息",
        "请问您孩子在哪上学",
        "Take care on your way home.",
        "Drive safely, see you tomorrow!",
    ],
)
def test_a_friendly_word_of_care_shows_nothing(text: str, speaker: Speaker) -> None:
    assert _strong(text, speaker) == set()


@pytest.mark.parametrize(
    "text",
    [
        "你最好注意安全，我们知道你住哪",
        "今晚走夜路注意安全，欠钱的人容易出事",
        "走路小心点，注意安全，别出什么意外",
        "你女儿在实验小学三年级对吧，让她注意安全",
        "你孩子在哪上学我们清楚",
        "我们都知道你女儿几点放学",
    ],
)
def test_care_that_is_meant_as_a_menace_is_found(text: str) -> None:
    assert "threat_of_violence" in _strong(text, Speaker.COLLECTOR)
