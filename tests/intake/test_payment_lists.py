"""Lists of payments are said to be such: no call log, no question that nobody can answer."""

import io

import pytest

from evidence_app.intake.detect import detect
from evidence_app.intake.records import EventRecord, Notice, Source
from evidence_app.messages import MessageCode
from evidence_app.model.evidence import TextBlock
from evidence_app.model.question import Question

BILLS = {
    "WeChat": (
        "微信支付账单明细,,,,\n微信昵称：[测试],,,,\n----微信支付账单明细列表----,,,,\n"
        "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号\n"
        "2025-03-02 21:35:09,商户消费,某某金融,还款,支出,¥500.00,零钱,支付成功,"
        "1000039501180331000\t\n"
    ),
    "Alipay": (
        "支付宝交易记录明细查询\n账号:[x@example.com]\n---交易记录明细列表---\n"
        "交易号    ,交易创建时间    ,交易对方  ,商品名称 ,金额（元）  ,收/支   ,交易状态  ,\n"
        "2025030222001400001 ,2025-03-02 10:30:00 ,某某金融 ,还款 ,500.00 ,支出 ,交易成功 ,\n"
        "-----------\n共1笔记录\n"
    ),
    "a bank": "Date,Description,Debit,Credit,Balance\n03/02/2025,某某金融,500.00,,1200.00\n",
}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", BILLS)
def test_payments_are_kept_as_text_and_said_to_be_payments(name: str, encoding: str) -> None:
    data = BILLS[name].encode(encoding)
    source = Source(io.BytesIO(data), len(data), "x.csv", "CN")
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == "call_table"
    source.stream.seek(0)
    records = list(file_format.reader()(source))
    notices = [record.message.code for record in records if isinstance(record, Notice)]
    assert notices == [MessageCode.PAYMENT_LIST]
    assert not any(isinstance(record, EventRecord | Question) for record in records)
    assert "某某金融" in "".join(block.text for block in records if isinstance(block, TextBlock))
