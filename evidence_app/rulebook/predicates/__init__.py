"""What rules count: few and general predicates, pure functions over the contacts of a case.

Each module has a class of parameters, read from a rulebook by `pydantic`-free plain checks, with
one method ``hits`` from the contacts to what breaks the rule.
"""
