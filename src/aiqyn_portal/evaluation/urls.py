from django.urls import path

from aiqyn_portal.evaluation.views import entries, files, objections, office, rounds

app_name = "evaluation"
urlpatterns = [
    path("work/", rounds.rounds, name="rounds"),
    path("work/rounds/new/", rounds.open_round, name="open_round"),
    path("work/rounds/<slug:code>/", rounds.round_page, name="round"),
    path("work/rounds/<slug:code>/gather/", rounds.gather, name="gather"),
    path("work/rounds/<slug:code>/send/", rounds.send, name="send"),
    path("work/rounds/<slug:code>/publish/", rounds.publish, name="publish"),
    path("work/rounds/<slug:code>/next/", rounds.next_question, name="next_question"),
    path("work/rounds/<slug:code>/bodies/<slug:body>/", entries.entry, name="entry"),
    path(
        "work/rounds/<slug:code>/bodies/<slug:body>/<str:rule>/", entries.question, name="question"
    ),
    path("work/ratings/<int:pk>/correct/", entries.correct, name="correct"),
    path("work/objections/", objections.objections, name="objections"),
    path("work/objections/<int:pk>/", objections.answer_objection, name="answer_objection"),
    path("work/files/answers/<int:pk>/", files.answer_file, name="answer_file"),
    path("work/files/objections/<int:pk>/", files.objection_file, name="objection_file"),
    path("office/", office.office, name="office"),
    path("office/<slug:code>/<slug:body>/", office.result, name="result"),
    path("office/<slug:code>/<slug:body>/object/", office.object_to, name="object"),
]
