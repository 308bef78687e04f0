"""Electronic signatures: what can be verified is, and what cannot is said.

    verify(signature, content, trust=Trust(roots), at=now) → Result

`CmsVerifier` reads CMS and CAdES-BES with RSA and ECDSA. It cannot compute the algorithms of
GOST, which most signatures made with Kazakh keys use, and says so; a program that can is put
beside it behind the interface `Verifier`. Certificates of roots are the caller's: none are here.
"""

from aiqyn.signatures.judging import CmsVerifier
from aiqyn.signatures.result import Outcome, Remark, Result, Signature, Verifier
from aiqyn.signatures.trust import Trust

__all__ = ["CmsVerifier", "Outcome", "Remark", "Result", "Signature", "Trust", "Verifier"]
