from aiqyn_portal.contributions import actions, queries, sealing
from aiqyn_portal.contributions.models import Root, Seal
from tests.portal.contributions.voices import KIND, said


def test_smoke(body, citizen, officer, evaluator):
    c = said(citizen)
    assert c.number.endswith(f"{c.pk:06}")
    d = said(citizen, "Тағы бір пікір")
    assert [s.what for s in c.steps.all()] == ["received", "registered"]
    assert queries.counts(KIND, ["one"])["one"].total == 2
    actions.group([c, d], by=officer)
    actions.decide([c, d], by=officer, outcome="accepted", reason="improves", words="Рахмет")
    assert c.outcome == "accepted"
    actions.reflect(c, by=officer, where={"article": "5"})
    actions.finish([c, d])
    actions.moderate(c, by=evaluator, rule="insult", words="былапыт")
    actions.appeal(c, by=citizen, words="Неге?")
    assert sealing.seal_all() == 13, Seal.objects.count()
    assert queries.counts(KIND, ["one"])["one"].accepted == 1
