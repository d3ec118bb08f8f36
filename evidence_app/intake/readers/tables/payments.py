"""Lists of payments, of banks and of WeChat and Alipay: told from logs of calls and messages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence_app.intake.readers.tables.headings import folded
from evidence_app.intake.readers.tables.sheets import Row

_LOOKED_AT = 40


def _headings(listed: str) -> frozenset[str]:
    return frozenset(map(folded, re.findall(r"\S+", listed)))


_WHEN = _headings("""
    交易时间 交易日期 交易创建时间 付款时间 记账日期 记账日 入账日期 日期 时间 date transactiondate
    postingdate valuedate bookingdate transactiontime time buchungstag buchungsdatum fecha
    dateoperation
""")
_MONEY = _headings("""
    金额 金额(元) 金额（元） 交易金额 交易金额(元) 收入金额 支出金额 借方发生额 贷方发生额 发生额
    收/支 余额 账户余额
    amount debit credit balance paidin paidout moneyin moneyout withdrawal deposit
    betrag saldo importe montant débit crédit solde
""")
_AMOUNT = _headings("金额 金额(元) 金额（元） 交易金额 amount betrag importe montant")
_WHAT = _headings("""
    交易对方 对方户名 对方账号 对方账户 交易对手 交易类型 交易分类 商品 商品说明 商品名称 摘要
    交易摘要
    description details payee merchant transactiontype memo reference verwendungszweck empfänger
    concepto libellé narrative
""")


def are_payments(rows: Sequence[tuple[int, Row]]) -> bool:
    """Whether one of the first rows is the heading of a list of payments."""
    return any(_is_heading(row) for _, row in rows[:_LOOKED_AT])


def _is_heading(row: Row) -> bool:
    names = {folded(cell) for cell in row}
    moneys = names & _MONEY
    has_money = len(moneys) > 1 or bool(moneys & _AMOUNT)
    return has_money and bool(names & _WHEN) and bool(names & _WHAT)
