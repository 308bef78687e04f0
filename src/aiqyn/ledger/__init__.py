"""What was written stays written, and anybody can check it.

`chain`         each record commits to all before it
`commitments`   a digest in place of what may have to be erased
`trees`         one root for a day, and proof that a record is under it
`receipts`      what a citizen keeps, and how it is verified
"""

from aiqyn.ledger.chain import GENESIS, first_break, link

__all__ = ["GENESIS", "first_break", "link"]
