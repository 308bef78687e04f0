from django.urls import path, register_converter
from django.urls.converters import StringConverter

from aiqyn.datastore.export import FORMATS
from aiqyn_portal.sections.open_data.api.urls import urlpatterns as api
from aiqyn_portal.sections.open_data.views import (
    asking,
    before,
    catalogue,
    demand,
    differences,
    elsewhere,
    files,
    ideas,
    plan,
    prepare,
    quality,
    reuses,
    review,
    tables,
)


class Ending(StringConverter):
    """The format of a table as the ending of an address."""

    regex = "|".join(FORMATS)


register_converter(Ending, "table")
app_name = "open_data"
urlpatterns = [
    path("open-data/", catalogue.home, name="home"),
    path("open-data/requests/", asking.requests, name="requests"),
    path("open-data/requests/new/", asking.ask, name="ask"),
    path("open-data/requests/answer/", asking.answer, name="answer"),
    path("open-data/requests/<number:number>/", asking.one_request, name="request"),
    path("open-data/requests/<int:pk>/", asking.old_request, name="request"),  # in old notices
    path("open-data/requests/<int:pk>/vote/", before.vote, name="old_vote"),
    path("open-data/requests/<int:pk>/answer/", before.answer, name="old_answer"),
    path("open-data/problems/<int:pk>/", before.problem, name="old_problem"),
    path("open-data/reuses/", reuses.reuses, name="reuses"),
    path("open-data/reuses/new/", reuses.tell_reuse, name="tell_reuse"),
    path("open-data/reuses/<int:pk>/", reuses.reuse, name="reuse"),
    path("open-data/reuses/<int:pk>/back/", reuses.take_back, name="take_reuse_back"),
    path("open-data/ideas/", ideas.ideas, name="ideas"),
    path("open-data/ideas/new/", ideas.propose, name="propose_idea"),
    path("open-data/ideas/answer/", ideas.answer, name="answer_idea"),
    path("open-data/ideas/<number:number>/", ideas.idea, name="idea"),
    path("open-data/elsewhere/", elsewhere.home, name="elsewhere"),
    path("open-data/elsewhere/<int:pk>/", elsewhere.one, name="harvested"),
    path("open-data/sources/<int:pk>/", elsewhere.source, name="source"),
    path("open-data/sources/<int:pk>/switch/", elsewhere.switch, name="switch_source"),
    path("open-data/bodies/<slug:code>/sources/", elsewhere.of_body, name="sources"),
    path("open-data/bodies/<slug:code>/sources/new/", elsewhere.add, name="add_source"),
    path("open-data/work/", review.work, name="work"),
    path("open-data/review/<int:pk>/", review.review, name="review"),
    path("open-data/bodies/<slug:code>/", catalogue.body, name="body"),
    path("open-data/bodies/<slug:code>/quality/", quality.of_body, name="body_quality"),
    path("open-data/bodies/<slug:code>/demand/", demand.demand, name="demand"),
    path("open-data/bodies/<slug:code>/demand/new/", demand.start, name="start_survey"),
    path("open-data/surveys/<int:pk>/results/", demand.results, name="survey_results"),
    path("open-data/bodies/<slug:code>/new/", prepare.start, name="start"),
    path("open-data/bodies/<slug:code>/approved/", plan.promise, name="promise"),
    path("open-data/bodies/<slug:code>/approved/table/", plan.promise_list, name="promise_list"),
    path("open-data/approved/<int:pk>/", plan.fulfil, name="fulfil"),
    path("open-data/files/<int:pk>/", catalogue.draft_file, name="draft_file"),
    path("open-data/files/<int:pk>/columns/", prepare.columns, name="columns"),
    path("open-data/files/<int:pk>/remove/", prepare.remove_file, name="remove_file"),
    path("open-data/files/<int:pk>/personal/", review.hold, name="hold"),
    path("open-data/sets/<slug:name>/", catalogue.dataset, name="set"),
    path("open-data/sets/<slug:name>/v<int:number>/", catalogue.version, name="version"),
    path("open-data/sets/<slug:name>/v<int:number>/<str:filename>/", catalogue.file, name="file"),
    path(
        "open-data/sets/<slug:name>/v<int:number>/<str:filename>/chart/",
        tables.chart,
        name="chart",
    ),
    path(
        "open-data/sets/<slug:name>/v<int:number>/<str:filename>/embed/",
        tables.embed,
        name="embed",
    ),
    path(
        "open-data/sets/<slug:name>/v<int:older>-v<int:newer>/",
        differences.difference,
        name="difference",
    ),
    path("open-data/sets/<slug:name>/quality/", quality.of_set, name="quality"),
    path("open-data/sets/<slug:name>/problem/", asking.problem, name="problem"),
    path("open-data/sets/<slug:name>/prepare/", prepare.prepare, name="prepare"),
    path("open-data/sets/<slug:name>/passport/", prepare.passport, name="passport"),
    path("open-data/sets/<slug:name>/add/", prepare.add_file, name="add_file"),
    path("open-data/sets/<slug:name>/note/", prepare.note, name="note"),
    path("open-data/sets/<slug:name>/submit/", prepare.submit, name="submit"),
    path("open-data/sets/<slug:name>/new-version/", prepare.new_version, name="new_version"),
    path("open-data/sets/<slug:name>/discard/", prepare.discard, name="discard"),
    path("open-data/sets/<slug:name>/withdraw/", prepare.withdraw, name="withdraw"),
]
plain_urlpatterns = [
    path("data/reuses/<int:pk>/picture", reuses.picture, name="reuse_picture"),
    path(
        "data/<slug:name>/v<int:older>-v<int:newer>.csv",
        differences.difference_csv,
        name="difference_csv",
    ),
    *api,
    path("feeds/data-ideas.<slug:language>.atom", ideas.feed, name="data_ideas_feed"),
    path("data/<slug:name>/", files.data_set, name="data_set"),
    path("data/<slug:name>/v<int:number>/", files.data_version, name="data_version"),
    path("data/<slug:name>/v<int:number>/<str:filename>", files.data_file, name="data_file"),
    path(
        "data/<slug:name>/v<int:number>/<str:filename>/table.<table:ending>",
        tables.table,
        name="data_table",
    ),
]
