"""What the addresses of the portal speak of: one row of everything, and how to name it."""

from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.grouping import actions as grouping
from aiqyn_portal.deadlines import actions as deadlines
from aiqyn_portal.deadlines.models import Deadline, EnteredDay, Feed
from aiqyn_portal.evaluation import actions
from aiqyn_portal.evaluation.models import Answer, Entry, Objection, Rating
from aiqyn_portal.evidence.models import Audit, FindingRow, Snapshot
from aiqyn_portal.evidence.store import keep
from aiqyn_portal.notices import actions as notices
from aiqyn_portal.notices import stopping
from aiqyn_portal.notices.models import Delivery
from aiqyn_portal.sections.open_data.models import (
    Approved,
    Dataset,
    File,
    Harvested,
    Idea,
    Request,
    Reuse,
    Survey,
)
from aiqyn_portal.sections.site_audit import actions as site_audit
from aiqyn_portal.sections.site_audit.actions.replies import Words
from aiqyn_portal.sections.site_audit.models import Reply, Run
from tests import factories
from tests.portal.audits import asked_for, audited
from tests.portal.contributions.voices import Spoken, everything_said
from tests.portal.dialogue import everything as dialogue
from tests.portal.drafts.projects import Project, with_everything
from tests.portal.evaluation.trial import AFTER, AT, CRITERIA, DEADLINE, figure, plan
from tests.portal.named import (
    ANSWER_PAGES,
    AUDIT_FILES,
    AUDIT_PAGES,
    BODY_PAGES,
    DATA_BODY_PAGES,
    DRAFT_PAGES,
    FILE_PAGES,
    FINDING_PAGES,
    REUSE_PAGES,
    SET_PAGES,
)
from tests.portal.open_data.sets import (
    asked,
    harvested,
    in_preparation,
    made_of,
    mistake,
    promised,
    proposed,
    published,
    surveyed,
)


class World(NamedTuple):
    """What the addresses speak of."""

    published: str
    opened: str
    sent: str
    body: Body
    audit: Audit
    snapshot: Snapshot
    answer: Answer
    objection: Objection
    rating: Rating
    person: User
    run: Run
    finding: FindingRow
    answerable: FindingRow
    dispute: Reply
    dataset: Dataset
    file: File
    promise: Approved
    wish: Request
    reuse: Reuse
    idea: Idea
    survey: Survey
    elsewhere: Harvested
    project: Project
    talk: dialogue.Talk
    spoken: Spoken
    deadline: Deadline
    entered: EnteredDay
    dates: Feed
    told: Delivery

    def arguments(self) -> dict[str, dict[str, Any]]:
        """What `reverse` needs, by the name of the address; nothing where it is not there."""
        known = self._of_reports() | self._of_work() | self._of_accounts() | self._of_open_data()
        known |= self._of_notices() | self._of_deadlines() | self._of_drafts()
        return known | self._of_contributions() | self._of_dialogue()

    def _of_contributions(self) -> dict[str, dict[str, Any]]:
        decided, waiting, removed, appeal = self.spoken
        return {
            "contributions:write": {"kind": waiting.kind, "key": waiting.about_key},
            **{
                f"contributions:{name}": {"number": waiting.number}
                for name in ("one", "support", "withdraw", "report", "moderate", "mask")
            },
            "contributions:appeal": {"number": removed.number},
            "contributions:decide_appeal": {"pk": appeal.pk},
            "contributions:reflect": {"number": decided.number},
            "grouping:copies": {"number": waiting.number},
            "grouping:proposal": {"pk": grouping.place(waiting).fold_id},
            "contribution_json": {"number": removed.number},
            "contribution_receipt": {"number": decided.number},
        }

    def _of_drafts(self) -> dict[str, dict[str, Any]]:
        draft, said, meeting, _report = self.project
        of_draft = {"slug": draft.slug}
        of_text = {**of_draft, "number": 1, "language": "kk"}
        return {
            **dict.fromkeys(DRAFT_PAGES, of_draft),
            **{
                f"drafts:{name}": {"code": self.body.code} for name in ("body", "measures", "start")
            },
            "drafts:category": {"code": draft.category},
            "drafts:redline": {**of_draft, "older": 1, "newer": 2},
            **{f"drafts:{name}": {**of_draft, "number": 1} for name in ("version", "report_of")},
            "drafts:paragraph": {**of_draft, "key": 2},
            "drafts:reflect": {**of_draft, "number": said.number},
            **{
                f"drafts:{name}": {**of_draft, "pk": meeting.pk} for name in ("call_off", "minutes")
            },
            **{
                name: {**of_draft, "pk": draft.attachments.get().pk}
                for name in ("drafts:detach", "draft_attachment")
            },
            "drafts_feed_in": {"language": "kk"},
            "draft_version": {**of_draft, "number": 1},
            "draft_paragraph": {**of_draft, "key": 2},
            "draft_text": {**of_text, "ending": "akn"},
            "draft_original": of_text,
            "draft_card": {**of_draft, "language": "kk", "ending": "svg"},
            "draft_report_csv": {**of_draft, "number": 1},
            "draft_report_pdf": of_text,
        }

    def _of_dialogue(self) -> dict[str, dict[str, Any]]:
        talk = self.talk
        of_body, of_head = {"code": self.body.code}, {"slug": talk.head.slug}
        done = {"number": talk.answered.contribution.number}
        of_meeting, of_promise = {"slug": talk.conference.slug}, {"pk": talk.commitment.pk}
        return {
            **{f"dialogue:{name}": of_body for name in ("body", "measures", "appoint")},
            **{f"dialogue:{name}": of_head for name in ("head", "present", "announce")},
            **{f"dialogue:{name}": done for name in ("question", "mark", "promise")},
            "dialogue:pass_on": {"number": talk.waiting.contribution.number},
            **{
                f"dialogue:{name}": of_meeting
                for name in ("conference", "call_off", "results", "promise_at")
            },
            **{f"dialogue:{name}": of_promise for name in ("commitment", "move", "news", "drop")},
        }

    def _of_deadlines(self) -> dict[str, dict[str, Any]]:
        of_one, of_body = {"pk": self.deadline.pk}, {"code": self.body.code}
        acts = ("deadline", "extend", "suspend", "resume", "hand_over", "assign")
        return {
            **{f"deadlines:{name}": of_one for name in acts},
            "deadlines:body": of_body,
            "deadlines:head": of_body,
            "deadlines:year": {"number": 2026},
            "deadlines:term": {"code": "question_answer"},
            "deadlines:withdraw_day": {"pk": self.entered.pk},
            "deadlines_of_body": {"language": "kk", **of_body},
            "deadlines_of_person": {"language": "ru", "key": self.dates.key},
        }

    def _of_notices(self) -> dict[str, dict[str, Any]]:
        stop = stopping.stop_path(stopping.Stop(self.told.reader_id, ""), "kk")
        confirm = stopping.confirm_path(1, "kk")
        return {
            "search:saved": {"digest": "none"},
            "notices:open": {"pk": self.told.pk},
            "notices:stop": {"token": stop.split("/")[-2]},
            "notices:confirm": {"token": confirm.split("/")[-2]},
            "notices_feed": {"key": self.told.reader.feed_key},
        }

    def _of_reports(self) -> dict[str, dict[str, Any]]:
        pair = {"round_code": self.published, "body_code": self.body.code}
        year = {"code": "kz-openness-2020"}
        audit = {"pk": self.audit.pk}
        league = {"round_code": self.published}
        return {
            "reports:league": league,
            "reports:why": pair,
            "reports:body": {"code": self.body.code},
            "reports:methodology": year,
            "reports:difference": {"older": "kz-openness-2019", "newer": "kz-openness-2020"},
            "reports:index": {"code": "egdi"},
            **dict.fromkeys(AUDIT_PAGES, audit),
            **{key: {"code": self.body.code} for key in BODY_PAGES},
            **{key: {"pk": self.finding.pk} for key in FINDING_PAGES},
            **{key: {"pk": self.answerable.pk} for key in ANSWER_PAGES},
            **{key: {"pk": self.run.pk} for key in ("site_audit:run", "site_audit:cancel")},
            "site_audit:ruling": {"pk": self.dispute.pk},
            "site_audit:expert_part": {**audit, "part": "news"},
            "evidence_picture": {"sha256": self.snapshot.sha256},
            "site_audit:rule": {"code": "P001"},
            **dict.fromkeys(AUDIT_FILES, audit),
            "evidence:snapshot": {"sha256": self.snapshot.sha256},
            "evidence:raw": {"sha256": self.snapshot.sha256},
            **dict.fromkeys(
                ("league_csv", "league_csv_metadata", "league_json", "league_xlsx"), league
            ),
            "findings_json": pair,
            "ratings_feed_in": {"language": "ru"},
            "api:body": {"code": self.body.code},
            "api:round_": {"code": self.published},
            "api:rating": pair,
            "api:findings": pair,
            "api:methodology": {"id": "kz-openness-2020"},
            "api:index": {"id": "egdi"},
            "no_such_api": {"rest": "nothing"},
        }

    def _of_open_data(self) -> dict[str, dict[str, Any]]:
        of_set = {"name": self.dataset.name}
        of_version = {**of_set, "number": 1}
        of_file = {**of_version, "filename": "mektepter.csv"}
        of_body = {"code": self.body.code}
        return {
            **{f"open_data:{name}": of_set for name in SET_PAGES},
            **{f"open_data:{name}": {"pk": self.file.pk} for name in FILE_PAGES},
            **{f"open_data:{name}": of_body for name in DATA_BODY_PAGES},
            "open_data:review": {"pk": self.file.version_id},
            "open_data:fulfil": {"pk": self.promise.pk},
            **{f"open_data:old_{name}": {"pk": self.wish.pk} for name in ("vote", "answer")},
            "open_data:old_problem": {"pk": self.file.version.dataset.problems.get().pk},
            "open_data:request": {"number": self.wish.contribution.number},
            "open_data:survey_results": {"pk": self.survey.pk},
            "open_data:harvested": {"pk": self.elsewhere.pk},
            **{
                f"open_data:{name}": {"pk": self.elsewhere.source_id}
                for name in ("source", "switch_source")
            },
            **{name: {"pk": self.reuse.pk} for name in REUSE_PAGES},
            "open_data:version": of_version,
            "open_data:file": of_file,
            "open_data:chart": {**of_version, "filename": "mektepter.csv"},
            "open_data:embed": {**of_version, "filename": "mektepter.csv"},
            "data_table": {**of_version, "filename": "mektepter.csv", "ending": "csv"},
            "open_data:difference": {**of_set, "older": 1, "newer": 2},
            "difference_csv": {**of_set, "older": 1, "newer": 2},
            "data_set": of_set,
            "data_package": of_set,
            "data_schema": of_set,
            "ckan_action": {"name": "package_list"},
            "ckan_action_old": {"name": "package_list"},
            "dcat_catalogue": {"writing": "ttl"},
            "dcat_set": {**of_set, "writing": "ttl"},
            "data_feed_in": {"language": "kk"},
            "data_ideas_feed": {"language": "kk"},
            "open_data:idea": {"number": self.idea.contribution.number},
            "data_version": of_version,
            "data_file": of_file,
        }

    def _of_work(self) -> dict[str, dict[str, Any]]:
        opened, sent = {"code": self.opened}, {"code": self.sent}
        own = {"code": self.sent, "body": self.body.code}
        entry = {"code": self.opened, "body": self.body.code}
        return {
            **dict.fromkeys(("evaluation:round", "evaluation:gather", "evaluation:send"), opened),
            "evaluation:next_question": opened,
            "evaluation:publish": sent,
            "evaluation:entry": entry,
            "evaluation:question": {**entry, "rule": "stated:open_data"},
            "evaluation:correct": {"pk": self.rating.pk},
            "evaluation:answer_objection": {"pk": self.objection.pk},
            "evaluation:answer_file": {"pk": self.answer.pk},
            "evaluation:objection_file": {"pk": self.objection.pk},
            "evaluation:result": own,
            "evaluation:object": own,
        }

    def _of_accounts(self) -> dict[str, dict[str, Any]]:
        body = {"code": self.body.code}
        names = ("body", "edit", "rename", "close", "add_account")
        person = {"pk": self.person.pk}
        provider = {"provider_id": "nobody"}
        return {
            "accounts:person": person,
            "accounts:switch": person,
            "accounts:revoke": {"pk": self.person.memberships.get().pk},
            **{f"bodies:{name}": body for name in names},
            "accounts:end_token": {"pk": 1},
            "bodies:remove_account": {**body, "pk": self.body.accounts.get().pk},
            "account_confirm_email": {"key": "used-up"},
            "account_reset_password_from_key": {"uidb36": "1", "key": "used-up"},
            "openid_connect_login": provider,
            "openid_connect_callback": provider,
        }


PDF = actions.Attachment(name="хаттама.pdf", content=b"%PDF-1.7 ...")
COMPLAINT = actions.Complaint(item="open_data", text="Порталда 120 жиынтық бар.", attachment=PDF)


def stated(entry: Entry, evaluator: User) -> None:
    for criterion in CRITERIA:
        said = figure(criterion, "15.5", attachment=PDF)
        actions.answer(entry, said, by=evaluator, at=AT)


def build(body: Body, evaluator: User, officer: User) -> World:
    """One published round, one open, one preliminary with an objection; one audit; one page."""
    factories.AccountFactory(body=body)
    rounds = {
        code: actions.open_round(plan(body, code=code), by=evaluator, at=AT)
        for code in ("trial-2020", "trial-open", "trial-sent")
    }
    for code in ("trial-2020", "trial-sent"):
        stated(rounds[code].entries.get(), evaluator)
    actions.send_to_bodies(rounds["trial-2020"], objections_until=DEADLINE, by=evaluator, at=AT)
    actions.publish(rounds["trial-2020"], by=evaluator, at=AFTER)
    now = timezone.now()
    actions.send_to_bodies(
        rounds["trial-sent"], objections_until=timezone.localdate(now), by=evaluator, at=now
    )
    shown = rounds["trial-sent"].entries.get()
    objection = actions.file_objection(shown, COMPLAINT, by=officer, at=now)
    snapshot = keep(
        "<title>Басты бет</title>".encode(),
        body=body,
        origin=Snapshot.Origin.CRAWL,
        address="https://example.kz/",
        taken_at=AT,
        media_type="text/html",
    )
    audit = audited(body, snapshot.sha256)
    finding = FindingRow.objects.get(audit=audit, rule="P004")
    said = Words(text="Сурет безендіру үшін ғана.", link="https://example.kz/")
    dataset = published(body, officer)
    mistake(dataset, evaluator)
    return World(
        published="trial-2020",
        opened="trial-open",
        sent="trial-sent",
        body=body,
        audit=audit,
        snapshot=snapshot,
        answer=Answer.objects.filter(entry=shown)[0],
        objection=objection,
        rating=Rating.objects.get(stage="final"),
        person=evaluator,
        run=asked_for(body, evaluator),
        finding=finding,
        answerable=FindingRow.objects.get(audit=audit, rule="P009"),
        dispute=site_audit.dispute(finding, said, by=officer, at=now),
        dataset=dataset,
        file=in_preparation(dataset, officer),
        promise=promised(dataset, officer),
        wish=asked(body, evaluator),
        reuse=made_of(dataset, evaluator),
        idea=proposed(body, evaluator, [dataset]),
        survey=surveyed(body, evaluator),
        elsewhere=harvested(body, officer),
        project=with_everything(body, officer, evaluator),
        talk=dialogue.with_everything(body, officer),
        spoken=everything_said(officer, evaluator),
        told=told(evaluator),
        **due(body, officer, evaluator),
    )


def told(person: User) -> Delivery:
    """A notice in the person's cabinet, which has a feed."""
    notices.follow(person, "body:kz-akm-shymkent", at=AT)
    notices.make_feed(person, at=AT)
    title = {"kk": "Талқылау басталды", "ru": "Обсуждение началось", "en": "Discussion has begun"}
    news = notices.Notice(code="trial", key="trial", title=title, to=[person], view="reports:home")
    return notices.tell(news, at=AT).deliveries.get()


def due(body: Body, officer: User, person: User) -> dict[str, Any]:
    """A question to answer, a holiday of the calendar, an officer's own feed."""
    day = EnteredDay.Kind.ORDINARY, date(2027, 5, 16), "Бұйрық № 1"
    fields = dict(zip(("kind", "day", "source"), day, strict=True))
    title = {"kk": "Жол туралы сұрақ", "ru": "Вопрос о дороге", "en": "The road"}
    return {
        "deadline": deadlines.start("question:1", term="question_answer", body=body, title=title),
        "entered": deadlines.enter_day(fields, by=person)[0],
        "dates": deadlines.new_feed(officer),
    }
