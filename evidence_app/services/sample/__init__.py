"""The sample case: invented files, and the case made from them."""
